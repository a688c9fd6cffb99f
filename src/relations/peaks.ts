/** Of spans of days the article that shows best what a relation was about then. */
import type { View } from './archive/view';
import type { Day, Days } from './days';
import { summedSalience } from './salience';
import { eachCarrier, type Scan } from './scan';

interface Candidate {
  readonly key: number;
  readonly salience: number;
  readonly listedAt: number;
}

/**
 * The key of the article with the greatest summed salience of the asked topics in each of the spans, the newest on a
 * tie; null where there is none. The spans do not overlap.
 */
export async function peaks(scan: Scan, spans: readonly Days[]): Promise<(number | null)[]> {
  const spanOf = placesByDay(scan.asked.days, spans);
  const best: (Candidate | undefined)[] = spans.map(() => undefined);
  await eachCarrier(scan, (view, row) => {
    const place = spanOf[view.segment.dayOf(row) - scan.asked.days.from] ?? -1;
    if (place < 0) return;
    const candidate = candidateOf(scan, view, row);
    if (isBetter(candidate, best[place])) best[place] = candidate;
  });
  return best.map((candidate) => candidate?.key ?? null);
}

/** The same, worked out when the first of them is asked for. */
export function peaksOnDemand(scan: Scan, spans: readonly Days[]): (place: number) => Promise<number | null> {
  let found: Promise<(number | null)[]> | undefined;
  return async (place) => {
    found ??= peaks(scan, spans);
    return (await found)[place] ?? null;
  };
}

/** By day the place of the span that it is in, or -1. */
function placesByDay({ from, to }: Days, spans: readonly Days[]): Int32Array {
  const places = new Int32Array(Math.max(0, to - from)).fill(-1);
  for (const [place, span] of spans.entries()) {
    for (let day: Day = Math.max(span.from, from); day < Math.min(span.to, to); day++)
      places[day - from] = place;
  }
  return places;
}

function candidateOf({ asked }: Scan, { segment }: View, row: number): Candidate {
  return {
    key: segment.keys[row] ?? 0,
    salience: summedSalience(segment, row, asked.topics),
    listedAt: segment.listedAt[row] ?? 0,
  };
}

function isBetter(a: Candidate, b: Candidate | undefined): boolean {
  if (b === undefined) return true;
  return (a.salience - b.salience || a.listedAt - b.listedAt || a.key - b.key) > 0;
}
