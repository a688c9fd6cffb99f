import type { TimeBucket } from '../core/calendar';
import { badInput } from '../core/errors';
import { bucketsOf, type Days, wholeBuckets } from './days';
import { surprises } from './formulas/surprise';
import { peaksOnDemand } from './peaks';
import type { Scan } from './scan';
import type { Window } from './window';

/** What was covered in one bucket. */
export interface Coverage {
  readonly days: Days;
  readonly count: number;
  readonly total: number;
  readonly share: number;
  /** Null, as z, in the first bucket. */
  readonly baseline: number | null;
  readonly z: number | null;
  /** The key of the article that shows it best, or null. */
  representative(): Promise<number | null>;
}

export const MAX_BUCKETS = 4_000;

/**
 * The window in buckets of UTC without a gap. An end of the window that nobody asked for is that of a whole bucket;
 * one that somebody did cuts its bucket.
 * @throws DatelineError BAD_USER_INPUT for more than 4000 buckets
 */
export function timeline(scan: Scan, window: Window, bucket: TimeBucket): Coverage[] {
  const buckets = bucketsOf(bucket, bucketedDays(window, bucket));
  if (buckets.length > MAX_BUCKETS) {
    throw badInput(
      'bucket',
      `The window has ${buckets.length} buckets of one ${bucket}; at most ${MAX_BUCKETS} are allowed. Ask for longer ones, or for a shorter window.`,
    );
  }
  const sums = buckets.map((days) => ({
    count: sumOf(scan.counts, scan, days),
    total: sumOf(scan.totals, scan, days),
  }));
  const found = surprises(sums);
  const peak = peaksOnDemand(scan, buckets);
  return buckets.map((days, place) => {
    const { count, total } = sums[place] ?? { count: 0, total: 0 };
    return {
      ...{ days, count, total, share: total === 0 ? 0 : count / total },
      ...{ baseline: found[place]?.baseline ?? null, z: found[place]?.z ?? null },
      representative: () => peak(place),
    };
  });
}

function bucketedDays({ days, from, to }: Window, bucket: TimeBucket): Days {
  const whole = wholeBuckets(bucket, days);
  return { from: from ?? whole.from, to: to ?? whole.to };
}

/** Of the days that were scanned; beyond them there is nothing. */
function sumOf(byDay: Uint32Array, { asked }: Scan, { from, to }: Days): number {
  let sum = 0;
  for (let day = Math.max(from, asked.days.from); day < Math.min(to, asked.days.to); day++) {
    sum += byDay[day - asked.days.from] ?? 0;
  }
  return sum;
}
