import { type Loader, oneLoader } from '../core/batch';
import type { Reader } from '../database';
import type { Kept, KeptWhole, Memory } from './memory';

/** What is told at once where it is at hand. */
export type Told<R> = readonly R[] | Promise<readonly R[]>;

/** The same of one; null where there is none. */
export type ToldOne<R> = R | null | Promise<R | null>;

/** What `make` makes of each that is told. */
export function told<R, V>(rows: Told<R>, make: (row: R) => V): V[] | Promise<V[]> {
  return rows instanceof Promise ? rows.then((all) => all.map(make)) : rows.map(make);
}

/** What `make` makes of the one that is told. */
export function toldOne<R, V>(row: ToldOne<R>, make: (row: R) => V): ToldOne<V> {
  const made = (known: R | null) => known && make(known);
  return row instanceof Promise ? row.then(made) : made(row);
}

/** One request's way to what is kept: it looks at the log once, and takes what is there for true from then on. */
export class Recall {
  private looking: Promise<void> | null = null;
  private hasLooked = false;

  constructor(
    private readonly memory: Memory,
    readonly reader: Reader,
  ) {}

  /** Whether something may be taken out of memory. */
  get isSure(): boolean {
    return this.hasLooked;
  }

  /** Told by what was read for the request how far the log was then: most often that is all there is to look at. */
  saw(head: number): void {
    if (this.memory.isAt(head)) this.hasLooked = true;
  }

  makeSure(): Promise<void> {
    this.looking ??= this.memory.catchUp(this.reader).then(() => {
      this.hasLooked = true;
    });
    return this.looking;
  }
}

/** What one request asks of one kind. */
export class Recalled<R extends { readonly id: number }> {
  private readonly missing: Loader<number, R | null>;

  constructor(
    private readonly recall: Recall,
    private readonly kept: Kept<R>,
    read: (reader: Reader, params: { ids: number[] }) => Promise<readonly R[]>,
  ) {
    this.missing = oneLoader(
      (ids) => kept.through(() => read(recall.reader, { ids: [...ids] })),
      (row) => row.id,
    );
  }

  /** Those with the keys, in that order, where all of them are at hand; else null. */
  atHand(keys: readonly number[]): readonly R[] | null {
    if (!this.recall.isSure) return null;
    const found: R[] = [];
    for (const key of keys) {
      const row = this.kept.get(key);
      if (row === undefined) return null;
      found.push(row);
    }
    return found;
  }

  /** The one with the key: at once where it is at hand. */
  known(key: number): ToldOne<R> {
    return (this.recall.isSure ? this.kept.get(key) : undefined) ?? this.one(key);
  }

  /** The one with the key; null where there is none. */
  async one(key: number): Promise<R | null> {
    await this.recall.makeSure();
    return this.kept.get(key) ?? this.missing.load(key);
  }

  /** What the row of an article names by their keys, in that order: at once where all of them are at hand. */
  ofArticle(article: number, keys: readonly number[], tied: Loader<number, readonly R[]>): Told<R> {
    return this.atHand(keys) ?? this.readFor(article, keys, tied);
  }

  private async readFor(
    article: number,
    keys: readonly number[],
    tied: Loader<number, readonly R[]>,
  ): Promise<readonly R[]> {
    const found = await Promise.all(keys.map((key) => this.one(key)));
    const there = found.filter((row) => row !== null);
    // One has become part of another since the row was read: its ties know of which.
    return there.length === found.length ? there : tied.load(article);
  }
}

/** What one request asks of what is made of all of a kind. */
export class RecalledWhole<T extends object> {
  private reading: Promise<T> | null = null;

  constructor(
    private readonly recall: Recall,
    private readonly kept: KeptWhole<T>,
    private readonly read: () => Promise<T>,
  ) {}

  /** Null where it has to be read, or the log was not looked at yet. */
  get atHand(): T | null {
    return this.recall.isSure ? this.kept.atHand : null;
  }

  /** Read at most once a request. */
  get(): Promise<T> {
    const { atHand } = this;
    if (atHand) return Promise.resolve(atHand);
    this.reading ??= this.recall.makeSure().then(() => this.kept.through(this.read));
    return this.reading;
  }
}
