/**
 * What the row of an article repeats of its own ties: its authors, categories and topics, without what they inherit. A
 * page of articles is read with them, for to look up the ties of twenty takes longer than to read all else of them. It
 * can be recomputed from the ties, and a test says that it always equals that.
 */
import { sql } from 'drizzle-orm';
import { prepared, type StoredMark, type Tx, toJson } from '../database';
import type { TopicMark } from './article';
import type { ArticleTies } from './article.content';

export interface WrittenTies {
  readonly authorIds: number[];
  readonly categoryIds: number[];
  readonly topicMarks: StoredMark[];
}

/** Of the ties that are given; nothing of the others. */
export function written({ authorIds, categoryIds, topics }: Partial<ArticleTies>): Partial<WrittenTies> {
  return {
    ...(authorIds && { authorIds: [...authorIds] }),
    ...(categoryIds && { categoryIds: [...categoryIds] }),
    ...(topics && { topicMarks: topics.map(storedMark).sort(bySalience) }),
  };
}

function storedMark({ topicId, salience, mentions, source }: TopicMark): StoredMark {
  return [topicId, salience, mentions, source];
}

function bySalience([oneId, one]: StoredMark, [otherId, other]: StoredMark): number {
  return other - one || oneId - otherId;
}

/** What the rows of the articles have to repeat, by the ties that they have now. */
export async function writtenAnew(tx: Tx, articles: readonly number[]): Promise<Map<number, WrittenTies>> {
  const found = new Map(
    articles.map((id): [number, WrittenTies] => [id, { authorIds: [], categoryIds: [], topicMarks: [] }]),
  );
  for (const { articleId, authorId } of await authorsOf(tx, { articles })) {
    found.get(articleId)?.authorIds.push(authorId);
  }
  for (const { articleId, categoryId } of await categoriesOf(tx, { articles })) {
    found.get(articleId)?.categoryIds.push(categoryId);
  }
  for (const { articleId, ...mark } of await topicsOf(tx, { articles })) {
    found.get(articleId)?.topicMarks.push(storedMark(mark));
  }
  return found;
}

/** Articles that are written out at once. */
const AT_ONCE = 1_000;

/** Has the rows of the articles repeat the ties that they have now. */
export async function writeTies(tx: Tx, articles: readonly number[]): Promise<void> {
  for (let start = 0; start < articles.length; start += AT_ONCE) {
    const anew = await writtenAnew(tx, articles.slice(start, start + AT_ONCE));
    const rows = [...anew].map(([id, { authorIds, categoryIds, topicMarks }]) => ({
      id,
      authors: toJson(authorIds),
      categories: toJson(categoryIds),
      topics: toJson(topicMarks),
    }));
    const { portable } = tx;
    const types = { id: 'int', authors: 'text', categories: 'text', topics: 'text' } as const;
    await tx.execute(
      sql`update articles set author_ids = ${portable.json(sql`r.authors`)}, category_ids = ${portable.json(sql`r.categories`)}, topic_marks = ${portable.json(sql`r.topics`)} from ${portable.rows('rows', 'r', types)} where articles.id = r.id`,
      { rows: toJson(rows) },
    );
  }
}

const authorsOf = prepared(({ tables: { articleAuthors: t }, portable }) => ({
  select: { articleId: t.articleId, authorId: t.authorId },
  from: sql`${t} where ${portable.among(t.articleId, 'articles')} order by ${t.articleId}, ${t.position}, ${t.authorId}`,
}));

const categoriesOf = prepared(({ tables: { articleCategories: t }, portable }) => ({
  select: { articleId: t.articleId, categoryId: t.categoryId },
  from: sql`${t} where ${portable.among(t.articleId, 'articles')} and ${t.direct} order by ${t.articleId}, ${t.position}, ${t.categoryId}`,
}));

const topicsOf = prepared(({ tables: { articleTopics: t }, portable }) => ({
  select: {
    articleId: t.articleId,
    ...{ topicId: t.topicId, salience: t.salience, mentions: t.mentions, source: t.source },
  },
  from: sql`${t} where ${portable.among(t.articleId, 'articles')} and ${t.direct} order by ${t.articleId}, ${t.salience} desc, ${t.topicId}`,
}));
