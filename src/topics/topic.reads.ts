import type { ArticleRow } from '../articles';
import { type Kept, type Recall, Recalled, type Told } from '../changes';
import { type Loader, LoadersByKey, manyLoader, oneLoader, pagesLoader, totalsLoader } from '../core/batch';
import { type Page, type Slice, toSlice } from '../core/paging';
import { compareTexts } from '../core/text';
import type { Reader, StoredMark } from '../database';
import { slugLoader } from '../slugs';
import type { CarriedTopic, TopicFacts, TopicNameRow, TopicOrder, TopicRow } from './topic';
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
  topicsToKeep,
} from './topic.store';

/** What one request may read of the topics, batched. */
export class TopicReads {
  readonly byId: Loader<number, TopicRow | null>;
  readonly bySlug: Loader<string, TopicRow | null>;
  readonly namesById: Loader<number, readonly TopicNameRow[]>;
  readonly childCount: Loader<number, number>;
  private readonly recalled: Recalled<TopicFacts>;
  private readonly tied: Loader<number, readonly TiedTopic[]>;
  private readonly childPages = new LoadersByKey<Loader<number, Slice<TopicRow>>>();

  constructor(
    private readonly reader: Reader,
    recall: Recall,
    kept: Kept<TopicFacts>,
  ) {
    this.recalled = new Recalled(recall, kept, topicsToKeep);
    this.tied = manyLoader(
      (articles) => topicsOfArticles(reader, { articles }),
      (row) => row.articleId,
    );
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

  /** The topics that an article carries itself, the most salient first: at once where they are at hand. */
  ofArticle({ id, topicMarks }: Pick<ArticleRow, 'id' | 'topicMarks'>): Told<CarriedTopic> {
    const rows = this.recalled.atHand(topicMarks.map(([topicId]) => topicId));
    return rows ? carriedBy(topicMarks, rows) : this.readFor(id, topicMarks);
  }

  private async readFor(article: number, marks: readonly StoredMark[]): Promise<readonly CarriedTopic[]> {
    const found = await Promise.all(marks.map(([topicId]) => this.recalled.one(topicId)));
    const rows = found.filter((row) => row !== null);
    if (rows.length === marks.length) return carriedBy(marks, rows);
    // One has become part of another since the row was read: its ties know of which.
    return (await this.tied.load(article)).map(({ salience, mentions, source, ...topic }) => ({
      ...{ topic, salience, mentions, source },
    }));
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

type TiedTopic = Awaited<ReturnType<typeof topicsOfArticles>>[number];

/** By salience, then by name, as `topicsOfArticles` has them. */
function carriedBy(marks: readonly StoredMark[], rows: readonly TopicFacts[]): readonly CarriedTopic[] {
  const carried: CarriedTopic[] = [];
  for (const [at, [, salience, mentions, source]] of marks.entries()) {
    const topic = rows[at];
    if (topic) carried.push({ topic, salience, mentions, source });
  }
  return carried.sort(
    (a, b) =>
      b.salience - a.salience || compareTexts(a.topic.sortName, b.topic.sortName) || a.topic.id - b.topic.id,
  );
}
