import type { Instant } from '../core/clock';

/** What answers are read from: nodes, and the comments below one article. */
export type Room = 'article' | 'author' | 'category' | 'collection' | 'comments' | 'image' | 'topic';

/** The tag of whatever is found by looking through all of a room, and of what was not found there. */
export const WHOLE: Readonly<Record<Room, string>> = {
  article: 'articles',
  author: 'authors',
  category: 'categories',
  collection: 'collections',
  comments: 'comments',
  image: 'images',
  topic: 'topics',
};

/** Stands for every answer there is. */
export const EVERYTHING = 'dateline';

/** Characters of all tags of an answer: proxies take 8 KiB of headers as a rule. */
const MAX_CHARACTERS = 4_000;

export function tagOf(room: Room, key: number): string {
  return `${room}-${key}`;
}

/**
 * What one answer was read from: what can change it is a change of one of these, or a date that comes. To name too
 * much only makes an answer short-lived; whatever is read without being named here must `refuse`.
 */
export class Footprint {
  private readonly nodes = new Map<Room, Set<number>>();
  private readonly rooms = new Set<Room>();
  private next = Number.POSITIVE_INFINITY;
  private isRefused = false;

  /** @param onRefusal told, once, as soon as it is known that the answer cannot be kept */
  constructor(private readonly onRefusal: () => void = () => undefined) {}

  /** One node was looked up by its key, whether or not there is one. */
  node(room: Room, key: number): void {
    if (this.rooms.has(room)) return;
    let keys = this.nodes.get(room);
    if (keys === undefined) {
      keys = new Set();
      this.nodes.set(room, keys);
    }
    keys.add(key);
  }

  /** Any change in the room may change the answer: a list, a count, or a name that nobody has. */
  room(room: Room): void {
    this.rooms.add(room);
    this.nodes.delete(room);
  }

  /** From this instant on the answer may be another, though nothing is written; null for never. */
  until(instant: Instant | null, now: Instant): void {
    if (instant !== null && instant > now) this.next = Math.min(this.next, instant);
  }

  /** The answer depends on who asks, or on what no change is told of: it must not be kept. */
  refuse(): void {
    if (this.isRefused) return;
    this.isRefused = true;
    this.onRefusal();
  }

  get refused(): boolean {
    return this.isRefused;
  }

  /** Infinity for never. */
  get validUntil(): Instant {
    return this.next;
  }

  /** With the whole of a room in place of its nodes where there are too many of them. */
  tags(): string[] {
    const fewestFirst = [...this.nodes]
      .map(([room, keys]) => ({ room, tags: [...keys].map((key) => tagOf(room, key)) }))
      .sort((a, b) => a.tags.length - b.tags.length);
    const tags = [...this.rooms].map((room) => WHOLE[room]);
    let left = MAX_CHARACTERS;
    for (const { room, tags: own } of fewestFirst) {
      left -= own.reduce((sum, tag) => sum + tag.length + 1, 0);
      if (left >= 0) for (const tag of own) tags.push(tag);
      else tags.push(WHOLE[room]);
    }
    return tags;
  }
}
