import { inSlices } from '../core/slices';
import {
  type Bits,
  clearBit,
  countBits,
  intersection,
  lowest,
  noBits,
  onesIn,
  onlyRows,
} from './archive/bits';
import type { Moment } from './archive/moment';
import type { TopicNumber } from './archive/segment';
import type { Rows, View } from './archive/view';
import type { Days } from './days';
import type { Tally } from './formulas/association';

/** Which topics are looked for, when. */
export interface Asked {
  /** Null for one that no article has ever carried. Five at most: there are counts for every set of them. */
  readonly topics: readonly (TopicNumber | null)[];
  readonly days: Days;
  /** Whether an article about Karachi carries Pakistan. */
  readonly includeDescendants: boolean;
}

/** Which of the asked topics every article of the days carries, and how that adds up. */
export interface Scan {
  readonly moment: Moment;
  readonly asked: Asked;
  readonly tally: Tally;
  /** By day from the first one on: articles that carry all, and all articles. */
  readonly counts: Uint32Array;
  readonly totals: Uint32Array;
  readonly parts: readonly ScannedPart[];
}

/** The rows of one segment. */
export interface ScannedPart {
  readonly view: View;
  readonly rows: Rows;
  /** Rows that carry all of the topics, and those that carry any; without what readers do not see. */
  readonly all: Bits;
  readonly any: Bits;
}

/** Words of bits that are counted before the time is looked at. */
const STEP = 4_096;
/** Days that are, with some three hundred articles each. */
const DAYS = 1_000;

export async function scan(moment: Moment, asked: Asked): Promise<Scan> {
  const { topics, days } = asked;
  const counts = new Uint32Array(Math.max(0, days.to - days.from));
  const totals = new Uint32Array(counts.length);
  const carrying = new Uint32Array(1 << topics.length);
  const parts: ScannedPart[] = [];
  for (const view of moment.views) {
    const rows = view.rowsOf(days);
    const carriers = carriersIn(view, rows, asked);
    const part = { view, rows, ...(await combined(carriers, carrying)) };
    await addUpDays(part, days, { counts, totals });
    parts.push(part);
  }
  const total = totals.reduce((sum, each) => sum + each, 0);
  carrying[0] = total;
  return {
    ...{ moment, asked, counts, totals, parts },
    tally: { topics: topics.length, total, bySet: exactly(carrying) },
  };
}

/** Of each view the rows that carry all of the topics. */
export function carriersOfAll(moment: Moment, asked: Asked): { view: View; all: Bits }[] {
  return moment.views.map((view) => {
    const carriers = carriersIn(view, view.rowsOf(asked.days), asked);
    return { view, all: carriers.reduce((all, each) => intersection(all, each)) };
  });
}

/** By place of the topic the rows that carry it and readers see; they are a copy. */
function carriersIn(view: View, rows: Rows, { topics, includeDescendants }: Asked): Bits[] {
  const { segment } = view;
  const hidden = view.hiddenIn(rows);
  return topics.map((topic) => {
    if (topic === null) return noBits(segment.size);
    const carriers = onlyRows(segment.carriers(topic, includeDescendants), rows);
    for (const row of hidden) clearBit(carriers, row);
    return carriers;
  });
}

/** The carriers of all and of any; adds to `carrying`, by set of topics, how many carry all of the set, whatever else. */
async function combined(carriers: readonly Bits[], carrying: Uint32Array): Promise<{ all: Bits; any: Bits }> {
  const all = new Int32Array(carriers[0]?.length ?? 0);
  const any = new Int32Array(all.length);
  await inSlices(0, all.length, STEP, (from, to) => combineWords(carriers, { from, to }, all, any, carrying));
  return { all, any };
}

/** By itself: what a loop takes from around a closure is looked up each time round. */
function combineWords(
  carriers: readonly Bits[],
  { from, to }: Rows,
  all: Bits,
  any: Bits,
  carrying: Uint32Array,
): void {
  const sets = carrying.length;
  // The rows of a word that carry all topics of each set; all rows carry all of none.
  const common = new Int32Array(sets).fill(-1);
  for (let word = from; word < to; word++) {
    let union = 0;
    for (let place = 0; place < carriers.length; place++) {
      const rows = carriers[place]?.[word] ?? 0;
      union |= rows;
      const one = 1 << place;
      for (let rest = 0; rest < one; rest++) {
        const both = (common[rest] ?? 0) & rows;
        common[one + rest] = both;
        if (both !== 0) carrying[one + rest] = (carrying[one + rest] ?? 0) + onesIn(both);
      }
    }
    if (union === 0) continue;
    any[word] = union;
    all[word] = common[sets - 1] ?? 0;
  }
}

/** Out of how many carry all of each set, whatever else, how many carry exactly that. */
function exactly(carrying: Uint32Array): Uint32Array {
  const bySet = carrying.slice();
  for (let bit = 1; bit < bySet.length; bit <<= 1) {
    for (let set = 0; set < bySet.length; set++) {
      if ((set & bit) === 0) bySet[set] = (bySet[set] ?? 0) - (bySet[set | bit] ?? 0);
    }
  }
  return bySet;
}

async function addUpDays(
  { view, rows, all }: ScannedPart,
  days: Days,
  { counts, totals }: Pick<Scan, 'counts' | 'totals'>,
): Promise<void> {
  await inSlices(days.from, days.to, DAYS, (from, to) => {
    let first = view.firstOn(from);
    for (let day = from; day < to; day++) {
      const end = view.firstOn(day + 1);
      const place = day - days.from;
      counts[place] = (counts[place] ?? 0) + countBits(all, first, end);
      totals[place] = (totals[place] ?? 0) + end - first;
      first = end;
    }
  });
  for (const row of view.hiddenIn(rows)) {
    const place = view.segment.dayOf(row) - days.from;
    totals[place] = (totals[place] ?? 0) - 1;
  }
}

/** Calls `visit` with every row that carries all of the topics, in each view from the first on. */
export async function eachCarrier(
  parts: readonly Pick<ScannedPart, 'view' | 'all'>[],
  visit: (view: View, row: number) => void,
): Promise<void> {
  for (const { view, all } of parts) {
    await inSlices(0, all.length, STEP, (from, to) => eachRow(all, { from, to }, (row) => visit(view, row)));
  }
}

function eachRow(bits: Bits, { from, to }: Rows, visit: (row: number) => void): void {
  for (let word = from; word < to; word++) {
    for (let left = bits[word] ?? 0; left !== 0; left &= left - 1) visit(word * 32 + lowest(left));
  }
}
