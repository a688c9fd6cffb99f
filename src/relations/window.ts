import type { Instant } from '../core/clock';
import { badInput } from '../core/errors';
import { DAY, type Day, type Days, dayOf } from './days';

/** What a client asks for: both ends may be open. */
export interface DateRange {
  readonly from?: Instant | null | undefined;
  /** Exclusive. */
  readonly to?: Instant | null | undefined;
}

/** Days that are looked at, and which of their ends somebody has asked for. */
export interface Window {
  readonly days: Days;
  readonly from: Day | null;
  readonly to: Day | null;
}

/** Some two hundred years: what is worked out by day has a length. */
const LONGEST = 73_050;

/**
 * Whole days of UTC, half-open: an instant within a day is widened to the whole of it. An end that is open is that of
 * the archive.
 * @param span the days of the archive
 * @throws DatelineError BAD_USER_INPUT for a window that ends before it begins, or is longer than 200 years, unless the
 *   archive itself is
 */
export function windowOf(range: DateRange | null | undefined, span: Days): Window {
  const from = range?.from == null ? null : dayOf(range.from);
  const to = range?.to == null ? null : Math.ceil(range.to / DAY);
  if (from !== null && to !== null && to < from) throw badInput('window', '"window" ends before it begins.');
  const first = from ?? Math.min(span.from, to ?? span.from);
  const days = { from: first, to: to ?? Math.max(span.to, first) };
  const isBeyond = from !== null || (to !== null && to > span.to);
  if (isBeyond && days.to - days.from > LONGEST) {
    throw badInput('window', `"window" has ${days.to - days.from} days; at most ${LONGEST} are allowed.`);
  }
  return { days, from, to };
}
