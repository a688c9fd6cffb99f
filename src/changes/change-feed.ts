import { faultReport, publicError } from '../core/faults';
import type { Log } from '../core/log';
import type { Database } from '../database';
import { type ChangeEntry, ChangesLost } from './change';
import { headOfLog, readChanges } from './change.store';
import { tellSeen } from './seen';

/** Entries that are read at once. */
const PAGE = 500;
/** The newest entries, kept for all who follow: those who are up to date read nothing themselves. */
const KEPT = 1_000;
/** Milliseconds before the log is read again when the database did not answer. */
const RETRY = 500;

/** Entries one after the other, in pages of one or more, for as long as the reader wants. */
export interface ChangeStream extends AsyncIterableIterator<readonly ChangeEntry[], undefined> {
  return(): Promise<IteratorReturnResult<undefined>>;
}

export interface ChangeFeedParts {
  readonly database: Database;
  readonly log: Log;
}

/**
 * Follows the change log on behalf of all its readers in this process. A reader is a number, that of the last
 * entry it has seen: nothing is queued for it, so that a slow one costs nothing, and one that stops can go on
 * from there in another process.
 */
export class ChangeFeed {
  /** The newest entries without a gap; the last of them has the number `position`. */
  private recent: ChangeEntry[] = [];
  /** The last entry that the feed has read; null while nobody follows. */
  private position: number | null = null;
  private readonly followers = new Set<Follower>();
  private unwatch: () => void = () => undefined;
  private reading: Promise<void> | null = null;
  private stale = false;
  private retry: NodeJS.Timeout | undefined;
  private failing = false;
  private closed = false;

  constructor(private readonly parts: ChangeFeedParts) {}

  /** The number of the last entry that was read; null while nobody follows. */
  get readTo(): number | null {
    return this.position;
  }

  /** The number of the last entry: who goes on after it sees what happens from now on. */
  head(): Promise<number> {
    return headOfLog(this.parts.database);
  }

  /**
   * Every entry after the one with the number `after`, as soon as it is committed, in whatever process. Ends when
   * it is told to return, or the feed is closed; while the database does not answer it waits.
   * `next` throws ChangesLost where the log does not go on after `after`.
   */
  follow(after: number): ChangeStream {
    const follower = new Follower(after, {
      entriesAfter: (seq) => this.entriesAfter(seq),
      leave: () => this.leave(follower),
    });
    if (this.closed) follower.end();
    else this.enter(follower);
    return follower;
  }

  /** Ends every stream. */
  close(): void {
    this.closed = true;
    for (const follower of [...this.followers]) follower.end();
  }

  private enter(follower: Follower): void {
    this.followers.add(follower);
    if (this.followers.size > 1) return;
    this.unwatch = this.parts.database.watch(() => this.look());
    this.look();
  }

  private leave(follower: Follower): void {
    if (!this.followers.delete(follower) || this.followers.size > 0) return;
    this.unwatch();
    clearTimeout(this.retry);
    this.position = null;
    this.recent = [];
  }

  /** Reads what is new. Told while it reads, it reads once more. */
  private look(): void {
    this.stale = true;
    this.reading ??= this.read().finally(() => {
      this.reading = null;
      // Told between its last look and now.
      if (this.stale && this.followers.size > 0) this.look();
    });
  }

  private async read(): Promise<void> {
    while (this.stale && this.followers.size > 0) {
      this.stale = false;
      try {
        await this.readOn();
        this.failing = false;
      } catch (error) {
        this.lookLater(error);
        return;
      }
    }
  }

  private async readOn(): Promise<void> {
    const { database } = this.parts;
    if (this.position === null) {
      // Whoever is behind that reads for itself.
      const head = await headOfLog(database);
      if (this.followers.size > 0) this.advance(head, []);
      return;
    }
    for (;;) {
      const entries = await readChanges(database, this.position, PAGE);
      const last = entries.at(-1);
      // Everybody may have left meanwhile.
      if (last === undefined || this.position === null) return;
      tellSeen('feed', entries);
      this.advance(last.seq, entries);
    }
  }

  private advance(position: number, entries: readonly ChangeEntry[]): void {
    this.recent.push(...entries);
    if (this.recent.length >= 2 * KEPT) this.recent = this.recent.slice(-KEPT);
    this.position = position;
    this.wakeAll();
  }

  private wakeAll(): void {
    for (const follower of [...this.followers]) follower.wake();
  }

  private lookLater(error: unknown): void {
    if (error instanceof ChangesLost) {
      this.parts.log.error({ after: error.after, head: error.head }, 'The change log was put back');
      // Each of those who follow finds out for itself.
      this.recent = [];
      this.advance(error.head, []);
      return;
    }
    // Once, and not every half second as long as the database is away.
    if (!this.failing) this.parts.log.warn({ fault: faultReport(error) }, 'The change log cannot be read');
    this.failing = true;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      this.wakeAll();
      this.look();
    }, RETRY);
    this.retry.unref();
  }

  /** Null when there are none yet, or it cannot be told now: then the follower is woken. */
  private async entriesAfter(after: number): Promise<readonly ChangeEntry[] | null> {
    const oldest = this.recent[0]?.seq;
    if (after === this.position) return null;
    if (oldest !== undefined && after >= oldest - 1) {
      const entries = this.recent.slice(after + 1 - oldest, after + 1 - oldest + PAGE);
      if (entries.length > 0) return entries;
    }
    try {
      const entries = await readChanges(this.parts.database, after, PAGE);
      return entries.length > 0 ? entries : null;
    } catch (error) {
      if (publicError(error)?.code !== 'SERVICE_UNAVAILABLE') throw error;
      this.lookLater(error);
      return null;
    }
  }
}

interface FollowerParts {
  entriesAfter(seq: number): Promise<readonly ChangeEntry[] | null>;
  leave(): void;
}

/** One reader: asked for the next page it waits until there is one. */
class Follower implements ChangeStream {
  private ended = false;
  /** Whether something may have happened since the log was last asked. */
  private woken = false;
  private stopWaiting: () => void = () => undefined;

  constructor(
    private position: number,
    private readonly parts: FollowerParts,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<readonly ChangeEntry[], undefined>> {
    while (!this.ended) {
      this.woken = false;
      const entries = await this.read();
      const last = entries?.at(-1);
      if (this.ended) break;
      if (entries && last) {
        this.position = last.seq;
        return { done: false, value: entries };
      }
      await this.wait();
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorReturnResult<undefined>> {
    this.end();
    return { done: true, value: undefined };
  }

  wake(): void {
    this.woken = true;
    this.stopWaiting();
  }

  end(): void {
    this.ended = true;
    this.parts.leave();
    this.stopWaiting();
  }

  private async read(): Promise<readonly ChangeEntry[] | null> {
    try {
      return await this.parts.entriesAfter(this.position);
    } catch (error) {
      this.end();
      throw error;
    }
  }

  private wait(): Promise<void> {
    if (this.woken || this.ended) return Promise.resolve();
    return new Promise((resolve) => {
      this.stopWaiting = resolve;
    });
  }
}
