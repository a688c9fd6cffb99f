import type { Instant } from '../../core/clock';

/** What relations need to know of an article that stands in lists, or will. */
export interface ArticleFacts {
  readonly id: number;
  /** From when on it stands in lists. */
  readonly listedAt: Instant;
  readonly updatedAt: Instant;
  readonly embargoUntil: Instant | null;
  readonly expiresAt: Instant | null;
  /** What it carries itself or through something below, each once, packed: see `unpackTie`. */
  readonly ties: readonly number[];
  /** Keys of others that stand in lists, or will, and have nearly the same text, rising; each of them has this one. */
  readonly copies: readonly number[];
}

/** Ten-thousandths of salience have room in this. */
export const SALIENCE_ROOM = 16_384;

/** How an article carries a topic. */
export interface TopicTie {
  /** The key of the topic. */
  readonly topic: number;
  /** 1 where it does so itself, and not only through something below the topic. */
  readonly direct: number;
  /** In ten-thousandths, from 0 to 10,000: whole numbers add up alike in any order. */
  readonly salience: number;
}

/** A tie is one number, (2 topic + direct) 16384 + salience: millions of them are read at a start. */
export function unpackTie(packed: number): TopicTie {
  const tie = Math.floor(packed / SALIENCE_ROOM);
  return { topic: Math.floor(tie / 2), direct: tie % 2, salience: packed % SALIENCE_ROOM };
}
