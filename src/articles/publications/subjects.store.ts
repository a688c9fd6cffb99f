import { sql } from 'drizzle-orm';
import { prepared, type Reader } from '../../database';
import { FACETS, type Facet } from '../article.query';

/** What an article carries of one kind: the key of each, and whether it is there as such or above one that is. */
export type Carried = ReadonlyMap<number, boolean>;
export type Subjects = Readonly<Record<Facet, Carried>>;

interface CarriedRow {
  readonly articleId: number;
  readonly subjectId: number;
  readonly direct: boolean;
}

/** What the articles carry, ancestors included: one statement a facet. Those that carry nothing have empty maps. */
export async function subjectsOfArticles(
  reader: Reader,
  articles: readonly number[],
): Promise<Map<number, Subjects>> {
  const [author, category, topic] = await Promise.all(
    FACETS.map(async (facet) => grouped(await CARRIED[facet](reader, { articles: [...articles] }))),
  );
  const nothing: Carried = new Map();
  return new Map(
    articles.map((id) => [
      id,
      {
        author: author?.get(id) ?? nothing,
        category: category?.get(id) ?? nothing,
        topic: topic?.get(id) ?? nothing,
      },
    ]),
  );
}

function grouped(rows: readonly CarriedRow[]): Map<number, Map<number, boolean>> {
  const found = new Map<number, Map<number, boolean>>();
  for (const { articleId, subjectId, direct } of rows) {
    const carried = found.get(articleId) ?? new Map<number, boolean>();
    found.set(articleId, carried.set(subjectId, direct));
  }
  return found;
}

const categories = prepared(({ tables: { articleCategories: t }, portable }) => ({
  select: { articleId: t.articleId, subjectId: t.categoryId, direct: t.direct },
  from: sql`${t} where ${portable.among(t.articleId, 'articles')}`,
}));

const topics = prepared(({ tables: { articleTopics: t }, portable }) => ({
  select: { articleId: t.articleId, subjectId: t.topicId, direct: t.direct },
  from: sql`${t} where ${portable.among(t.articleId, 'articles')}`,
}));

const authors = prepared(({ tables: { articleAuthors: t }, portable }) => ({
  select: { articleId: t.articleId, subjectId: t.authorId },
  from: sql`${t} where ${portable.among(t.articleId, 'articles')}`,
}));

type Params = { readonly articles: number[] };

const CARRIED: Readonly<Record<Facet, (reader: Reader, params: Params) => Promise<readonly CarriedRow[]>>> = {
  author: async (reader, params) => (await authors(reader, params)).map((row) => ({ ...row, direct: true })),
  category: categories,
  topic: topics,
};
