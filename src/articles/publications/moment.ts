import { nothingRead, type ReadsMemo, type RoomReads } from '../../context';
import type { Actor } from '../../core/actor';
import { type Loader, lookupLoader } from '../../core/batch';
import type { Instant } from '../../core/clock';
import { type Audience, audienceOf } from '../article.visibility';
import type { Subjects } from './subjects.store';

export interface MomentParts {
  /** The instant that counts for what is public. */
  readonly now: Instant;
  /** When it was made, by the clock of this process. */
  readonly readAt: Instant;
  /** The last entry of the change log that it knows of. */
  readonly seq: number;
  /** What viewers of an audience may read at an instant, remembered in `memo`. */
  reads(audience: Audience, now: Instant, memo: ReadsMemo): RoomReads;
  subjects(articles: readonly number[]): Promise<ReadonlyMap<number, Subjects>>;
}

/** What the newsroom is at an instant, read once for all viewers who may read the same. */
export class Moment {
  readonly now: Instant;
  readonly readAt: Instant;
  readonly seq: number;
  readonly subjects: Loader<number, Subjects | null>;
  private readonly memos: Readonly<Record<Audience, ReadsMemo>> = {
    PUBLIC: nothingRead(),
    NEWSROOM: nothingRead(),
  };

  constructor(private readonly parts: MomentParts) {
    this.now = parts.now;
    this.readAt = parts.readAt;
    this.seq = parts.seq;
    this.subjects = lookupLoader(parts.subjects);
  }

  /** What has been read, for whoever reads on in the actor's name: of comments not everybody sees the same. */
  memoFor(actor: Actor): ReadsMemo {
    const audience = audienceOf(actor);
    if (actor.kind === 'ANONYMOUS') return this.memos[audience];
    const { articles, authors, categories, collections, images, topics } = this.reads(audience);
    return { ...nothingRead(), articles, authors, categories, collections, images, topics };
  }

  reads(audience: Audience): RoomReads {
    return this.parts.reads(audience, this.now, this.memos[audience]);
  }
}
