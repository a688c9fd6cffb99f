/** Of spans of days the article that shows best what a relation was about then. */

import { inSlices } from '../core/slices';
import { nextBit } from './archive/bits';
import type { Days } from './days';
import { summedSalience } from './salience';
import type { Asked, Scan, ScannedPart } from './scan';

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
  const best: (Candidate | undefined)[] = spans.map(() => undefined);
  for (const part of scan.parts) {
    await inSlices(0, spans.length, 1, (from) => {
      const span = spans[from];
      if (span) best[from] = better(best[from], bestIn(scan.asked, part, span));
    });
  }
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

function bestIn({ topics }: Asked, { view, all }: ScannedPart, days: Days): Candidate | undefined {
  const { segment } = view;
  const { from, to } = view.rowsOf(days);
  let best: Candidate | undefined;
  for (let row = nextBit(all, from); row !== -1 && row < to; row = nextBit(all, row + 1)) {
    const salience = summedSalience(segment, row, topics);
    // Later rows are newer, or of the same instant with a higher key.
    if (best === undefined || salience >= best.salience) {
      best = { key: segment.keys[row] ?? 0, salience, listedAt: segment.listedAt[row] ?? 0 };
    }
  }
  return best;
}

function better(a: Candidate | undefined, b: Candidate | undefined): Candidate | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return (a.salience - b.salience || a.listedAt - b.listedAt || a.key - b.key) > 0 ? a : b;
}
