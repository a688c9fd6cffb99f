import type { Instant } from '../../core/clock';

/** What relations need to know of an article that stands in lists, or will. */
export interface ArticleFacts {
  readonly id: number;
  /** From when on it stands in lists. */
  readonly listedAt: Instant;
  readonly updatedAt: Instant;
  readonly embargoUntil: Instant | null;
  readonly expiresAt: Instant | null;
  /** What it carries itself or through something below, each once. */
  readonly topics: readonly TopicTie[];
}

export interface TopicTie {
  /** The key of the topic. */
  readonly topic: number;
  /** Not only through something below the topic. */
  readonly direct: boolean;
  /** In ten-thousandths, from 0 to 10,000: whole numbers add up alike in any order. */
  readonly salience: number;
}
