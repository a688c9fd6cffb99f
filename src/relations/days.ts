import type { TimeBucket } from '../core/calendar';
import type { Instant } from '../core/clock';

/** A whole day of UTC, counted from 1970-01-01, which is 0. */
export type Day = number;

export const DAY = 86_400_000;

/** Days one after the other, half-open. */
export interface Days {
  readonly from: Day;
  readonly to: Day;
}

export function dayOf(instant: Instant): Day {
  return Math.floor(instant / DAY);
}

/** Midnight at its beginning. */
export function startOf(day: Day): Instant {
  return day * DAY;
}

/** The first day of the bucket that the day is in. Weeks begin on Monday, as ISO 8601 has it. */
export function bucketStart(bucket: TimeBucket, day: Day): Day {
  switch (bucket) {
    case 'DAY':
      return day;
    case 'WEEK':
      // 1970-01-01 was a Thursday.
      return day - ((((day + 3) % 7) + 7) % 7);
    case 'MONTH':
      return dayOf(new Date(startOf(day)).setUTCDate(1));
    case 'YEAR':
      return dayOf(new Date(startOf(day)).setUTCMonth(0, 1));
  }
}

/** The first day of the bucket after the one that begins on `start`. */
export function nextBucket(bucket: TimeBucket, start: Day): Day {
  switch (bucket) {
    case 'DAY':
      return start + 1;
    case 'WEEK':
      return start + 7;
    case 'MONTH':
      // A month has no more than 31 days, and two of them more.
      return bucketStart('MONTH', start + 31);
    case 'YEAR':
      return bucketStart('YEAR', start + 366);
  }
}

/** The buckets that the days fall into, the first and the last cut to the days; they follow one another without a gap. */
export function bucketsOf(bucket: TimeBucket, { from, to }: Days): Days[] {
  const buckets: Days[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(nextBucket(bucket, bucketStart(bucket, start)), to);
    buckets.push({ from: start, to: end });
    start = end;
  }
  return buckets;
}

/** The days widened to whole buckets. */
export function wholeBuckets(bucket: TimeBucket, { from, to }: Days): Days {
  if (to <= from) return { from, to };
  return { from: bucketStart(bucket, from), to: nextBucket(bucket, bucketStart(bucket, to - 1)) };
}
