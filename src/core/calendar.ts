/** The days, weeks, months and years of time zones, as instants: clock changes make some longer than others. */
import { Temporal } from 'temporal-polyfill';
import type { Instant } from './clock';

export type TimeBucket = 'DAY' | 'WEEK' | 'MONTH' | 'YEAR';

/** Half-open: the end does not belong to it. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** Whether it is the name of a time zone of the IANA database, such as "Asia/Kabul"; a bare offset is none. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/**
 * The days, or weeks from Monday on, or months or years of a time zone into which a period falls, one after the other
 * and without a gap. The first and the last are cut where the period begins and ends. A day begins with its first
 * instant, which is not midnight where clocks are put forward then; one that a zone has skipped is none.
 */
export function* dividedBy(bucket: TimeBucket, { from, to }: Period, timeZone: string): Generator<Period> {
  const first = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone).toPlainDate();
  let date = beginning(bucket, first);
  for (let start = from; start < to; ) {
    date = date.add(LENGTHS[bucket]);
    const end = Math.min(date.toZonedDateTime(timeZone).epochMilliseconds, to);
    if (end > start) yield { from: start, to: end };
    start = Math.max(start, end);
  }
}

const LENGTHS = {
  DAY: { days: 1 },
  WEEK: { weeks: 1 },
  MONTH: { months: 1 },
  YEAR: { years: 1 },
} as const satisfies Readonly<Record<TimeBucket, object>>;

/** The first day of what the day is in. */
function beginning(bucket: TimeBucket, date: Temporal.PlainDate): Temporal.PlainDate {
  switch (bucket) {
    case 'DAY':
      return date;
    case 'WEEK':
      return date.subtract({ days: date.dayOfWeek - 1 });
    case 'MONTH':
      return date.with({ day: 1 });
    case 'YEAR':
      return date.with({ month: 1, day: 1 });
  }
}
