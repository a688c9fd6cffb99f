/** Articles as they are just before they are changed, held for whoever changes them. */
import { getTableColumns, sql } from 'drizzle-orm';
import { type ArticleState, prepared, type Reader, type RowOf, type Tx } from '../../database';

/** Every column of an article. */
export type CurrentArticle = RowOf<ReturnType<typeof articleColumns>>;

const articleColumns = ({ articles }: Tx['tables']) => getTableColumns(articles);

const rowsToChange = prepared<{ ids: readonly number[] }, ReturnType<typeof articleColumns>>(
  ({ tables, portable }) => ({
    select: articleColumns(tables),
    // In one order, so that transactions on PostgreSQL seldom wait for one another in a circle.
    from: sql`${tables.articles} where ${portable.among(tables.articles.id, 'ids')} order by ${tables.articles.id} ${portable.forUpdate}`,
  }),
);

/**
 * The articles by their keys; those that are not there are absent. Nobody else changes them before the
 * transaction ends, so that what is read of them from now on stays true.
 */
export async function holdArticles(tx: Tx, ids: readonly number[]): Promise<Map<number, CurrentArticle>> {
  const rows = await rowsToChange(tx, { ids });
  return new Map(rows.map((row) => [row.id, row]));
}

/** What the articles are, but their bodies: what a revision remembers of them. */
export async function statesOf(
  reader: Reader,
  articles: readonly CurrentArticle[],
): Promise<Map<number, ArticleState>> {
  const ids = articles.map(({ id }) => id);
  const authors = byArticle(await authorsOf(reader, { ids }));
  const categories = byArticle(await categoriesOf(reader, { ids }));
  const topics = byArticle(await topicsOf(reader, { ids }));
  const primaries = byKey(
    await categoriesByKey(reader, { ids: articles.flatMap((article) => article.primaryCategoryId ?? []) }),
  );
  const images = byKey(
    await imagesByKey(reader, { ids: articles.flatMap((article) => article.leadImageId ?? []) }),
  );
  return new Map(
    articles.map((article) => [
      article.id,
      {
        article: revised(article),
        primaryCategory: primaries.get(article.primaryCategoryId ?? 0) ?? null,
        leadImage: images.get(article.leadImageId ?? 0) ?? null,
        authors: authors.get(article.id) ?? [],
        categories: categories.get(article.id) ?? [],
        topics: topics.get(article.id) ?? [],
      },
    ]),
  );
}

/** What of the columns belongs to a revision: the rest counts, or tells of the revision itself. */
function revised({
  id,
  revision,
  createdBy,
  revisedAt,
  revisedBy,
  revisedOp,
  previewEpoch,
  commentCount,
  authorIds,
  categoryIds,
  topicMarks,
  ...article
}: CurrentArticle): ArticleState['article'] {
  return article;
}

const authorsOf = prepared(({ tables: { articleAuthors: t, authors: s }, portable }) => ({
  select: { articleId: t.articleId, id: s.id, slug: s.slug },
  from: sql`${t} join ${s} on ${s.id} = ${t.authorId} where ${portable.among(t.articleId, 'ids')} order by ${t.articleId}, ${t.position}, ${t.authorId}`,
}));

const categoriesOf = prepared(({ tables: { articleCategories: t, categories: s }, portable }) => ({
  select: { articleId: t.articleId, id: s.id, slug: s.slug },
  from: sql`${t} join ${s} on ${s.id} = ${t.categoryId} where ${portable.among(t.articleId, 'ids')} and ${t.direct} order by ${t.articleId}, ${t.position}, ${t.categoryId}`,
}));

const topicsOf = prepared(({ tables: { articleTopics: t, topics: s }, portable }) => ({
  select: {
    articleId: t.articleId,
    id: s.id,
    slug: s.slug,
    salience: t.salience,
    mentions: t.mentions,
    source: t.source,
  },
  from: sql`${t} join ${s} on ${s.id} = ${t.topicId} where ${portable.among(t.articleId, 'ids')} and ${t.direct} order by ${t.articleId}, ${t.salience} desc, ${t.topicId}`,
}));

const categoriesByKey = prepared(({ tables: { categories: c }, portable }) => ({
  select: { id: c.id, slug: c.slug },
  from: sql`${c} where ${portable.among(c.id, 'ids')}`,
}));

const imagesByKey = prepared(({ tables: { images: i }, portable }) => ({
  select: { id: i.id, url: i.url },
  from: sql`${i} where ${portable.among(i.id, 'ids')}`,
}));

function byArticle<R extends { readonly articleId: number }>(
  rows: readonly R[],
): Map<number, Omit<R, 'articleId'>[]> {
  const found = new Map<number, Omit<R, 'articleId'>[]>();
  for (const { articleId, ...row } of rows) {
    const group = found.get(articleId);
    if (group) group.push(row);
    else found.set(articleId, [row]);
  }
  return found;
}

function byKey<R extends { readonly id: number }>(rows: readonly R[]): Map<number, R> {
  return new Map(rows.map((row) => [row.id, row]));
}
