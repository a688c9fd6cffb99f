import { LoadersByKey } from '../core/batch';
import type { Instant } from '../core/clock';
import type { TopicKind } from '../database';
import type { ArchiveIndex } from './archive/archive-index';
import type { Moment } from './archive/moment';
import type { Days } from './days';
import { type FoundArticle, type RelatedArticlesQuery, relatedArticles } from './related-articles';
import { type FoundTopic, type RelatedMode, relatedTopics } from './related-topics';
import { Relation } from './relation';
import { type FoundTrend, type TrendWindow, trending } from './trending';
import { type DateRange, windowOf } from './window';

/**
 * What one request may read of relations. All of it is worked out from one state of the archive, so that no two
 * fields of an answer disagree; and for everybody from what readers see, so that a draft moves no number.
 */
export class RelationReads {
  private moment: Promise<Moment> | undefined;
  private readonly relations = new LoadersByKey<Relation>();

  constructor(
    private readonly archive: ArchiveIndex,
    private readonly now: Instant,
  ) {}

  /**
   * @param topics their keys, each once
   * @throws DatelineError BAD_USER_INPUT for a window that cannot be
   */
  async relation(
    topics: readonly number[],
    range: DateRange | null | undefined,
    includeDescendants: boolean,
  ): Promise<Relation> {
    const moment = await this.archived();
    const window = windowOf(range, moment.span);
    const key = JSON.stringify([topics, window, includeDescendants]);
    return this.relations.get(key, () => new Relation(moment, { topics, window, includeDescendants }));
  }

  /** @throws DatelineError BAD_USER_INPUT for a window that cannot be */
  async relatedTopics(topic: number, asked: RelatedTopicsArgs): Promise<FoundTopic[]> {
    const moment = await this.archived();
    const { days, from, to } = windowOf(asked.window, moment.span);
    const { mode, kind, first } = asked;
    return relatedTopics(moment, { topic, mode, kind, first, days, isWindow: from !== null || to !== null });
  }

  /** @param query its topics are those that the article carries itself */
  async relatedArticles({ topics, ...query }: RelatedArticlesQuery): Promise<FoundArticle[]> {
    const moment = await this.archived();
    const carried = topics.flatMap((topic) => [...moment.topics.lineOf(topic)]);
    return relatedArticles(moment, { ...query, topics: carried });
  }

  async trending(first: number, window: TrendWindow, kind: TopicKind | null): Promise<FoundTrend[]> {
    return trending(await this.archived(), { first, window, kind });
  }

  /** The days of the archive, from that of the first article to that of the newest. */
  async span(): Promise<Days> {
    return (await this.archived()).span;
  }

  private archived(): Promise<Moment> {
    this.moment ??= this.archive.at(this.now);
    return this.moment;
  }
}

export interface RelatedTopicsArgs {
  readonly mode: RelatedMode;
  readonly kind: TopicKind | null;
  readonly window: DateRange | null;
  readonly first: number;
}
