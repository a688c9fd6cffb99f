/** How much the newsroom publishes, for those who work in it. */
import type { Actor } from '../core/actor';
import { dividedBy, isTimeZone, type Period, type TimeBucket } from '../core/calendar';
import type { Clock, Instant } from '../core/clock';
import { badInput } from '../core/errors';
import type { Database } from '../database';
import { assertMayReadStats } from './stats.policy';
import { StatsReads } from './stats.reads';

/** What a year has of days, and some more. */
export const MAX_BUCKETS = 400;

export interface StatsQuery {
  readonly window: { readonly from?: Instant | null; readonly to?: Instant | null };
  readonly bucket: TimeBucket;
  readonly timeZone: string;
}

export class StatsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Nothing is counted before it is asked for.
   * @throws DatelineError FORBIDDEN; BAD_USER_INPUT for a window that is none, an unknown time zone, too many buckets
   */
  open(actor: Actor, { window, bucket, timeZone }: StatsQuery): StatsReads {
    assertMayReadStats(actor);
    const now = this.clock.now();
    const { from } = window;
    const to = window.to ?? now;
    if (from == null) throw badInput('window', '"window" has to say "from" when on.');
    if (from >= to) throw badInput('window', '"window" ends before it has begun.');
    if (!isTimeZone(timeZone))
      throw badInput('timeZone', `"timeZone" is no time zone of the IANA database: "${timeZone}".`);
    return new StatsReads(this.database, now, bucketsOf(bucket, { from, to }, timeZone));
  }
}

function bucketsOf(bucket: TimeBucket, window: Period, timeZone: string): Period[] {
  const buckets: Period[] = [];
  for (const each of dividedBy(bucket, window, timeZone)) {
    if (buckets.push(each) <= MAX_BUCKETS) continue;
    const message = `"window" has more than ${MAX_BUCKETS} buckets of one ${bucket}. Ask for a shorter one, or longer buckets.`;
    throw badInput('bucket', message);
  }
  return buckets;
}
