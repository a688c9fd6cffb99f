import type { Moment } from './archive/moment';
import type { Segment, TopicNumber } from './archive/segment';
import { inSlices } from './archive/slices';
import type { Rows, View } from './archive/view';
import type { Days } from './days';
import { everyTopic, type Tally } from './formulas/association';

/** Which topics are looked for, when. */
export interface Asked {
  /** Null for one that no article has ever carried. Five at most: a set of them is a mask of a byte. */
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
  /** By row from the first one on, the topics that it carries as a mask; 0 of what readers do not see. */
  readonly sets: Uint8Array;
}

/** Rows that are counted before the time is looked at. */
const STEP = 100_000;
/** Days that are, with some three hundred articles each. */
const DAYS = 365;

export async function scan(moment: Moment, asked: Asked): Promise<Scan> {
  const { topics, days } = asked;
  const parts = await markedParts(moment, asked);
  const bySet = new Uint32Array(1 << topics.length);
  const counts = new Uint32Array(Math.max(0, days.to - days.from));
  const totals = new Uint32Array(counts.length);
  for (const part of parts) await addUp(part, asked, { bySet, counts, totals });
  let total = 0;
  for (const each of totals) total += each;
  let carrying = 0;
  for (let set = 1; set < bySet.length; set++) carrying += bySet[set] ?? 0;
  bySet[0] = total - carrying;
  return { moment, asked, tally: { topics: topics.length, total, bySet }, counts, totals, parts };
}

/** The same without counts. */
export async function markedParts(
  moment: Moment,
  { topics, days, includeDescendants }: Asked,
): Promise<ScannedPart[]> {
  const parts: ScannedPart[] = [];
  for (const view of moment.views) {
    const rows = view.rowsOf(days);
    const sets = new Uint8Array(rows.to - rows.from);
    for (const [place, topic] of topics.entries()) {
      if (topic !== null)
        await mark(view.segment, topic, { rows, sets, bit: 1 << place, includeDescendants });
    }
    for (const row of view.hiddenIn(rows)) sets[row - rows.from] = 0;
    parts.push({ view, rows, sets });
  }
  return parts;
}

interface Marking {
  readonly rows: Rows;
  readonly sets: Uint8Array;
  readonly bit: number;
  readonly includeDescendants: boolean;
}

async function mark(segment: Segment, topic: TopicNumber, marking: Marking): Promise<void> {
  const { rows, sets, bit, includeDescendants } = marking;
  const postings = within(segment.postings(topic), rows);
  const least = includeDescendants ? 0 : 1;
  await inSlices(0, postings.length, STEP, (from, to) =>
    markRows(postings.subarray(from, to), sets, rows.from, bit, least),
  );
}

/** By itself, as `countSets` is: what a loop takes from around a closure is looked up each time round. */
function markRows(postings: Uint32Array, sets: Uint8Array, first: number, bit: number, least: number): void {
  for (let place = 0; place < postings.length; place++) {
    const posting = postings[place] ?? 0;
    if ((posting & 1) < least) continue;
    const row = (posting >>> 1) - first;
    sets[row] = (sets[row] ?? 0) | bit;
  }
}

/** The postings of these rows. */
export function within(postings: Uint32Array, { from, to }: Rows): Uint32Array {
  return postings.subarray(firstPosting(postings, from), firstPosting(postings, to));
}

function firstPosting(postings: Uint32Array, row: number): number {
  let low = 0;
  let high = postings.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((postings[middle] ?? 0) >>> 1 < row) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface Sums {
  readonly bySet: Uint32Array;
  readonly counts: Uint32Array;
  readonly totals: Uint32Array;
}

async function addUp({ view, rows, sets }: ScannedPart, { topics, days }: Asked, sums: Sums): Promise<void> {
  const { bySet, counts, totals } = sums;
  const { segment } = view;
  const all = everyTopic({ topics: topics.length });
  await inSlices(days.from, days.to, DAYS, (from, to) => {
    for (let day = from; day < to; day++) {
      const { from: first, to: end } = view.rowsOf({ from: day, to: day + 1 });
      const count = countSets(sets, first - rows.from, end - rows.from, all, bySet);
      counts[day - days.from] = (counts[day - days.from] ?? 0) + count;
      totals[day - days.from] = (totals[day - days.from] ?? 0) + end - first;
    }
  });
  for (const row of view.hiddenIn(rows)) {
    const place = segment.dayOf(row) - days.from;
    totals[place] = (totals[place] ?? 0) - 1;
  }
}

/** Adds to `bySet` how often each set is there, and returns how often it is that of all. */
function countSets(sets: Uint8Array, from: number, to: number, all: number, bySet: Uint32Array): number {
  let count = 0;
  for (let place = from; place < to; place++) {
    const set = sets[place] ?? 0;
    if (set === all) count++;
    else if (set !== 0) bySet[set] = (bySet[set] ?? 0) + 1;
  }
  bySet[all] = (bySet[all] ?? 0) + count;
  return count;
}

/** Calls `visit` with every row that carries all of the topics. */
export async function eachCarrier(
  { tally, parts }: Pick<Scan, 'tally' | 'parts'>,
  visit: (view: View, row: number) => void,
): Promise<void> {
  const all = everyTopic(tally);
  for (const { view, rows, sets } of parts) {
    await inSlices(0, sets.length, STEP, (from, to) => {
      for (let place = from; place < to; place++) if (sets[place] === all) visit(view, rows.from + place);
    });
  }
}
