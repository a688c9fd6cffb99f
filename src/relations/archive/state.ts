import type { Instant } from '../../core/clock';
import type { ArticleFacts } from './facts';
import { Moment } from './moment';
import type { Segment } from './segment';
import type { TopicNumbers } from './topic-numbers';
import type { TopicTree } from './topic-tree';
import { hiddenAt, View } from './view';

/** A segment, and its rows that do not count any more: their articles were changed or went. Rising. */
export interface Layer {
  readonly segment: Segment;
  readonly gone: Uint32Array;
}

/**
 * The archive after an entry of the change log: a large segment, and a small one with what was changed since that was
 * made. It never changes, so whoever works with it may take its time.
 */
export class ArchiveState {
  private known: { readonly from: Instant; readonly until: Instant; readonly hidden: Uint32Array[] } | null =
    null;

  constructor(
    /** The number of the last entry that it knows. */
    readonly seq: number,
    readonly topics: TopicTree,
    readonly numbers: TopicNumbers,
    readonly base: Layer,
    /** What was changed since, by key; null for what stands in lists no more. */
    readonly changed: ReadonlyMap<number, ArticleFacts | null>,
    readonly fresh: Segment,
  ) {}

  /** The same articles, after entries of the log that were about other things. */
  after(seq: number, topics: TopicTree): ArchiveState {
    const { numbers, base, changed, fresh } = this;
    const state = new ArchiveState(seq, topics, numbers, base, changed, fresh);
    state.known = this.known;
    return state;
  }

  /** Whether both have the same articles, and these carry the same. */
  isLike(other: ArchiveState): boolean {
    return this.base === other.base && this.fresh === other.fresh;
  }

  /** As readers see it at an instant. */
  at(now: Instant): Moment {
    const layers = [this.base, { segment: this.fresh, gone: NONE }];
    if (this.known === null || now < this.known.from || now >= this.known.until) {
      const found = layers.map(({ segment, gone }) => hiddenAt(segment, gone, now));
      this.known = {
        from: now,
        until: Math.min(...found.map(({ until }) => until)),
        hidden: found.map(({ rows }) => rows),
      };
    }
    const { hidden } = this.known;
    const views = layers.map(({ segment }, place) => new View(segment, now, hidden[place] ?? NONE));
    return new Moment(views, this.topics, this.numbers);
  }

  /** Its parts as the newsroom sees what is published at an instant: under embargo and expired as well. */
  publishedAt(now: Instant): View[] {
    const { base, fresh } = this;
    return [new View(base.segment, now, base.gone), new View(fresh, now, NONE)];
  }

  /** How many articles it has, also those that readers do not see now. */
  get size(): number {
    return this.base.segment.size - this.base.gone.length + this.fresh.size;
  }

  get bytes(): number {
    return this.base.segment.bytes + this.fresh.bytes;
  }
}

const NONE = new Uint32Array(0);
