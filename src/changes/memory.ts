import type { ChangeEntity, Reader } from '../database';
import { ChangesLost } from './change';
import { headOfLog, readChanged } from './change.store';

/** Entries of the log that are looked through; who is further behind forgets everything. */
const MOST_NEWS = 10_000;

/**
 * What pages of articles need again and again and what seldom changes, such as authors: kept in memory until the change
 * log tells that it has become another. Nothing is taken out of it before the log was looked at (`Recall`), so that
 * whoever asks sees what was committed before they did, by whatever process.
 */
export class Memory {
  private readonly kinds = new Map<ChangeEntity, Forgetful[]>();
  /** Told only of what happens to all of a kind. */
  private readonly wholes = new Map<ChangeEntity, Forgetful[]>();
  /** The number of the last entry of the log that was looked at; null before the first. */
  private position: number | null = null;
  /** Rises whenever something may have been forgotten. */
  private age = 0;
  private advancing: Promise<void> | null = null;

  /** Keeps so many of a kind, at most. To be called before anything is recalled. */
  keep<R>(entity: ChangeEntity, max: number): Kept<R> {
    return this.added(entity, new Kept<R>(max, () => this.age));
  }

  /**
   * Keeps one thing that is made of all of a kind.
   * @param other a kind of which it has only what is said of all of them: what changes under the key zero
   */
  keepWhole<T extends object>(entity: ChangeEntity, other?: ChangeEntity): KeptWhole<T> {
    const kept = this.added(entity, new KeptWhole<T>(() => this.age));
    if (other) add(this.wholes, other, kept);
    return kept;
  }

  /** Whether all is known up to an entry of the log, and no more. */
  isAt(head: number): boolean {
    return this.position === head;
  }

  /** Forgets what was changed until now. @throws DatelineError SERVICE_UNAVAILABLE when the log cannot be read */
  async catchUp(reader: Reader): Promise<void> {
    const before = this.position;
    const head = await headOfLog(reader);
    // The database is one of an earlier time.
    if (before !== null && head < before) this.startAnew(head);
    while (this.position === null || this.position < head) {
      this.advancing ??= this.advance(reader, head).finally(() => {
        this.advancing = null;
      });
      await this.advancing;
    }
  }

  private added<F extends Forgetful>(entity: ChangeEntity, kept: F): F {
    add(this.kinds, entity, kept);
    return kept;
  }

  private async advance(reader: Reader, head: number): Promise<void> {
    const news = this.position === null ? null : await this.newsAfter(reader, this.position);
    if (news === null) return this.startAnew(head);
    for (const { entity, id } of news.changed) {
      for (const kept of this.kinds.get(entity) ?? []) kept.forget(id);
      if (id === 0) for (const kept of this.wholes.get(entity) ?? []) kept.forgetAll();
    }
    this.age++;
    this.position = news.last;
  }

  /** Null where nobody can say what has happened, or too much has. */
  private async newsAfter(reader: Reader, from: number) {
    try {
      const wanted = { each: [...this.kinds.keys()], whole: [...this.wholes.keys()] };
      const news = await readChanged(reader, wanted, from, MOST_NEWS);
      return news.last - from < MOST_NEWS ? news : null;
    } catch (error) {
      if (error instanceof ChangesLost) return null;
      throw error;
    }
  }

  private startAnew(head: number): void {
    for (const kept of [...this.kinds.values()].flat()) kept.forgetAll();
    this.age++;
    this.position = head;
  }
}

function add(to: Map<ChangeEntity, Forgetful[]>, entity: ChangeEntity, kept: Forgetful): void {
  const others = to.get(entity);
  if (others) others.push(kept);
  else to.set(entity, [kept]);
}

interface Forgetful {
  /** @param key of what has changed; zero stands for many */
  forget(key: number): void;
  forgetAll(): void;
}

/** What is kept of one kind, by key. */
class Kept<R> implements Forgetful {
  private readonly byKey = new Map<number, R>();

  constructor(
    private readonly max: number,
    private readonly age: () => number,
  ) {}

  get(key: number): R | undefined {
    return this.byKey.get(key);
  }

  /** Reads, and keeps what was found; but not where somebody has learned meanwhile that it may be another by now. */
  async through<F extends R & { readonly id: number }>(
    read: () => Promise<readonly F[]>,
  ): Promise<readonly F[]> {
    const asOf = this.age();
    const found = await read();
    if (this.age() === asOf) for (const row of found) this.put(row.id, row);
    return found;
  }

  forget(key: number): void {
    if (key === 0) this.forgetAll();
    else this.byKey.delete(key);
  }

  forgetAll(): void {
    this.byKey.clear();
  }

  private put(key: number, row: R): void {
    this.byKey.delete(key);
    const [oldest] = this.byKey.size >= this.max ? this.byKey.keys() : [];
    if (oldest !== undefined) this.byKey.delete(oldest);
    this.byKey.set(key, row);
  }
}

/** What is made of all of one kind. */
class KeptWhole<T extends object> implements Forgetful {
  private whole: T | null = null;

  constructor(private readonly age: () => number) {}

  get atHand(): T | null {
    return this.whole;
  }

  /** What is kept, or else what is read; the latter is kept unless it may be another by then. */
  async through(read: () => Promise<T>): Promise<T> {
    if (this.whole) return this.whole;
    const asOf = this.age();
    const whole = await read();
    if (this.age() === asOf) this.whole = whole;
    return whole;
  }

  forget(): void {
    this.whole = null;
  }

  forgetAll(): void {
    this.whole = null;
  }
}

export type { Kept, KeptWhole };
