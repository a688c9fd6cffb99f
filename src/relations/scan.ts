import { inSlices } from '../core/slices';
import { type Bits, clearBit, countBits, lowest, noBits, onesIn, setRows } from './archive/bits';
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
  /** By place of the topic what carries it, of any time and whoever may see it; not to be changed. */
  readonly carriers: readonly Bits[];
  /** Rows that carry all of the topics, without what readers do not see. */
  readonly all: Bits;
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
  for (const part of partsOf(moment, asked)) {
    const scanned = { ...part, all: await combined(part, carrying) };
    await addUpDays(scanned, days, { counts, totals });
    parts.push(scanned);
  }
  const total = totals.reduce((sum, each) => sum + each, 0);
  carrying[0] = total;
  return {
    ...{ moment, asked, counts, totals, parts },
    tally: { topics: topics.length, total, bySet: exactly(carrying) },
  };
}

/** Of each view the rows that carry all of the topics. */
export async function carriersOfAll(
  moment: Moment,
  asked: Asked,
): Promise<Pick<ScannedPart, 'view' | 'all'>[]> {
  const parts: Pick<ScannedPart, 'view' | 'all'>[] = [];
  const carrying = new Uint32Array(1 << asked.topics.length);
  for (const part of partsOf(moment, asked))
    parts.push({ view: part.view, all: await combined(part, carrying) });
  return parts;
}

/** Rows that carry any of the topics; without what readers do not see. */
export async function carriersOfAny({ view, rows, carriers }: ScannedPart): Promise<Bits> {
  const any = noBits(view.segment.size);
  await eachPiece(view, rows, ({ from, to }, seen) => {
    for (const each of carriers)
      for (let word = from; word < to; word++)
        any[word] = (any[word] ?? 0) | ((each[word] ?? 0) & (seen[word - from] ?? 0));
  });
  return any;
}

type Part = Omit<ScannedPart, 'all'>;

function partsOf(moment: Moment, { topics, days, includeDescendants }: Asked): Part[] {
  return moment.views.map((view) => {
    const { segment } = view;
    const carriers = topics.map((topic) =>
      topic === null ? noBits(segment.size) : segment.carriers(topic, includeDescendants),
    );
    return { view, rows: view.rowsOf(days), carriers };
  });
}

/** The carriers of all; adds to `carrying`, by set of topics, how many carry all of the set, whatever else. */
async function combined({ view, rows, carriers }: Part, carrying: Uint32Array): Promise<Bits> {
  const all = noBits(view.segment.size);
  await eachPiece(view, rows, (words, seen) => combineWords(carriers, words, seen, all, carrying));
  return all;
}

/** By itself: what a loop takes from around a closure is looked up each time round. */
function combineWords(
  carriers: readonly Bits[],
  { from, to }: Words,
  seen: Bits,
  all: Bits,
  carrying: Uint32Array,
): void {
  const sets = carrying.length;
  // The rows of a word that carry all topics of each set; all rows carry all of none.
  const common = new Int32Array(sets).fill(-1);
  for (let word = from; word < to; word++) {
    const mask = seen[word - from] ?? 0;
    for (let place = 0; place < carriers.length; place++) {
      const rows = (carriers[place]?.[word] ?? 0) & mask;
      const one = 1 << place;
      for (let rest = 0; rest < one; rest++) {
        const both = (common[rest] ?? 0) & rows;
        common[one + rest] = both;
        if (both !== 0) carrying[one + rest] = (carrying[one + rest] ?? 0) + onesIn(both);
      }
    }
    all[word] = common[sets - 1] ?? 0;
  }
}

/** Words of bits one after the other, half-open. */
type Words = Rows;

/** Which of the rows of a piece are asked for and seen: of one after the other, so that no part of the archive is copied. */
const mask = noBits(STEP * 32);

/** Calls `visit` with piece by piece of the words that the rows are in, and which of these rows readers see. */
function eachPiece(view: View, rows: Rows, visit: (words: Words, seen: Bits) => void): Promise<void> {
  const end = rows.from < rows.to ? ((rows.to - 1) >>> 5) + 1 : 0;
  return inSlices(rows.from >>> 5, end, STEP, (from, to) => {
    const [first, last] = [Math.max(rows.from, from * 32), Math.min(rows.to, to * 32)];
    setRows(mask, { from: first - from * 32, to: last - from * 32 });
    for (const row of view.hiddenIn({ from: first, to: last })) clearBit(mask, row - from * 32);
    visit({ from, to }, mask);
  });
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
