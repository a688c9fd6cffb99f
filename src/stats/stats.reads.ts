import type { Facet } from '../articles';
import { type Loader, LoadersByKey, manyLoader } from '../core/batch';
import type { Period } from '../core/calendar';
import type { Instant } from '../core/clock';
import type { CommentStatus, Reader } from '../database';
import { countComments, medianWait, mostDiscussed, STATUSES } from './discussion.store';
import { type Count, countByBucket, countByLanguage, countBySubject, mostListed } from './stats.store';

/** How many articles are in a language: in the whole window, and in each of its buckets. */
export interface CountedLanguage {
  readonly language: string;
  readonly articleCount: number;
  readonly perBucket: readonly number[];
}

/** How many comments have a status: of those written in the whole window, and in each of its buckets. */
export interface CountedComments {
  readonly status: CommentStatus;
  readonly commentCount: number;
  readonly perBucket: readonly number[];
}

/** The same of an author, a category or a topic; its buckets are counted when they are asked for. */
export interface CountedSubject {
  readonly id: number;
  readonly articleCount: number;
  readonly perBucket: () => Promise<readonly number[]>;
}

/** How much was published in the buckets of one window. Each number is counted when it is first asked for. */
export class StatsReads {
  private whole: Promise<readonly number[]> | undefined;
  private discussed: Promise<readonly CountedComments[]> | undefined;
  private readonly series = new LoadersByKey<Loader<number, readonly Count<number>[]>>();

  /** @param buckets at least one, one after the other */
  constructor(
    private readonly reader: Reader,
    private readonly now: Instant,
    readonly buckets: readonly Period[],
  ) {}

  /** Articles in each bucket. */
  articles(): Promise<readonly number[]> {
    this.whole ??= countByBucket(this.reader, this.now, this.buckets).then((rows) => this.inOrder(rows));
    return this.whole;
  }

  /** The languages of the articles, those with the most of them first. */
  async languages(): Promise<CountedLanguage[]> {
    const byLanguage = new Map<string, Count<string>[]>();
    for (const count of await countByLanguage(this.reader, this.now, this.buckets))
      byLanguage.set(count.key, [...(byLanguage.get(count.key) ?? []), count]);
    const counted = [...byLanguage].map(([language, counts]) => {
      const perBucket = this.inOrder(counts);
      return { language, perBucket, articleCount: perBucket.reduce((sum, total) => sum + total, 0) };
    });
    return counted.sort((a, b) => b.articleCount - a.articleCount || (a.language < b.language ? -1 : 1));
  }

  /** The authors, categories or topics with the most articles; of equal ones those that came first. */
  async most(facet: Facet, first: number): Promise<CountedSubject[]> {
    const rows = await mostListed(this.reader, this.now, facet, this.window(), first);
    return rows.map(({ id, total }) => ({
      ...{ id, articleCount: total },
      perBucket: () => this.perBucket(facet, id),
    }));
  }

  /** Comments by their status, all of which are told. */
  comments(): Promise<readonly CountedComments[]> {
    this.discussed ??= countComments(this.reader, this.buckets).then((rows) =>
      STATUSES.map((status) => {
        const perBucket = this.inOrder(rows.filter(({ key }) => key === status));
        return { status, perBucket, commentCount: perBucket.reduce((sum, total) => sum + total, 0) };
      }),
    );
    return this.discussed;
  }

  /** The keys of the articles that were discussed most. */
  async mostDiscussed(first: number): Promise<number[]> {
    return (await mostDiscussed(this.reader, this.window(), first)).map(({ id }) => id);
  }

  /** Whole seconds that comments have waited for a decision, the median; null where none was made. */
  async medianModerationSeconds(): Promise<number | null> {
    const wait = await medianWait(this.reader, this.window());
    return wait === null ? null : Math.round(wait / 1_000);
  }

  private window(): Period {
    return { from: this.buckets.at(0)?.from ?? 0, to: this.buckets.at(-1)?.to ?? 0 };
  }

  /** Several are counted together. */
  private async perBucket(facet: Facet, id: number): Promise<readonly number[]> {
    const read = (subjects: readonly number[]) =>
      countBySubject(this.reader, this.now, facet, subjects, this.buckets);
    return this.inOrder(await this.series.get(facet, () => manyLoader(read, ({ key }) => key)).load(id));
  }

  private inOrder(counts: readonly { readonly place: number; readonly total: number }[]): number[] {
    const totals = this.buckets.map(() => 0);
    for (const { place, total } of counts) totals[place] = total;
    return totals;
  }
}
