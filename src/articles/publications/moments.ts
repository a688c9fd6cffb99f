import type { ReadsMemo, RoomReads } from '../../context';
import type { Clock, Instant } from '../../core/clock';
import type { Reader } from '../../database';
import type { Audience } from '../article.visibility';
import { Moment } from './moment';
import { subjectsOfArticles } from './subjects.store';

/** Milliseconds for which what has been read of the newsroom does for another viewer. */
const FRESH = 1_000;
/** Milliseconds by which the clock of who made a change may be ahead of ours. */
const MAX_SKEW = 5_000;

export interface MomentsParts {
  readonly database: Reader;
  readonly clock: Clock;
  /** What viewers of an audience may read at an instant, remembered in `memo`. */
  reads(audience: Audience, now: Instant, memo: ReadsMemo): RoomReads;
}

/** What has been read lately of the newsroom, for all who are told of the same entries of the change log. */
export class Moments {
  /** Those of the last second, the oldest first. */
  private moments: Moment[] = [];

  constructor(private readonly parts: MomentsParts) {}

  /** What was read when the entry was, unless that is too long ago. */
  for(seq: number): Moment {
    return this.fresh().find((moment) => moment.seq >= seq) ?? this.begin(seq, 0);
  }

  /** @param at when the entry was written, by the clock of who did it */
  begin(seq: number, at: Instant): Moment {
    const { database, clock, reads } = this.parts;
    const readAt = clock.now();
    const moment = new Moment({
      seq,
      readAt,
      now: Math.max(readAt, Math.min(at, readAt + MAX_SKEW)),
      reads,
      subjects: (articles) => subjectsOfArticles(database, articles),
    });
    this.moments = [...this.fresh(), moment];
    return moment;
  }

  /** For one that could not be read: it remembers that. */
  drop(moment: Moment): void {
    this.moments = this.moments.filter((each) => each !== moment);
  }

  private fresh(): Moment[] {
    const now = this.parts.clock.now();
    return this.moments.filter(({ readAt }) => Math.abs(now - readAt) <= FRESH);
  }
}
