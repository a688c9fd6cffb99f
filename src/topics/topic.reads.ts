import { type Loader, LoadersByKey, manyLoader, oneLoader, pagesLoader, totalsLoader } from '../core/batch';
import { type Page, type Slice, toSlice } from '../core/paging';
import type { Reader } from '../database';
import { slugLoader } from '../slugs';
import type { CarriedTopic, TopicNameRow, TopicOrder, TopicRow } from './topic';
import { topicColumnsFor } from './topic.columns';
import {
  countChildren,
  countTopics,
  listChildren,
  listTopics,
  namesOfTopics,
  type TopicQuery,
  topicsById,
  topicsBySlug,
  topicsOfArticles,
} from './topic.store';

/** What one request may read of the topics, batched. */
export class TopicReads {
  readonly byId: Loader<number, TopicRow | null>;
  readonly bySlug: Loader<string, TopicRow | null>;
  readonly namesById: Loader<number, readonly TopicNameRow[]>;
  readonly childCount: Loader<number, number>;
  private readonly articles = new LoadersByKey<Loader<number, readonly CarriedTopic[]>>();
  private readonly childPages = new LoadersByKey<Loader<number, Slice<TopicRow>>>();

  constructor(private readonly reader: Reader) {
    this.byId = oneLoader(
      (ids) => topicsById(reader, { ids: [...ids] }),
      (row) => row.id,
    );
    this.bySlug = slugLoader(reader, { kind: 'topic', bySlug: topicsBySlug, byId: topicsById });
    this.namesById = manyLoader(
      (topics) => namesOfTopics(reader, { topics: [...topics] }),
      (row) => row.topicId,
    );
    this.childCount = totalsLoader((parents) => countChildren(reader, { parents: [...parents] }));
  }

  /** The topics that an article carries itself, the most salient first, with the fields that are asked for. */
  ofArticle(article: number, fields: ReadonlySet<string>): Promise<readonly CarriedTopic[]> {
    const columns = topicColumnsFor(fields);
    return this.articles
      .get(columns.join(), () =>
        manyLoader(
          (articles) => topicsOfArticles(this.reader, articles, columns),
          (row) => row.articleId,
        ),
      )
      .load(article);
  }

  async page(query: TopicQuery, order: TopicOrder, page: Page): Promise<Slice<TopicRow>> {
    return toSlice(await listTopics(this.reader, query, order, page), page);
  }

  total(query: TopicQuery): Promise<number> {
    return countTopics(this.reader, query);
  }

  /** One page of a topic's children by name; pages of several topics, asked for alike, are read together. */
  children(parent: number, page: Page): Promise<Slice<TopicRow>> {
    return this.childPages
      .get(JSON.stringify(page), () =>
        pagesLoader((parents) => listChildren(this.reader, parents, page), page),
      )
      .load(parent);
  }
}
