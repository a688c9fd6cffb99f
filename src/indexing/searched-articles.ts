/** Articles as they are now, for the index. */
import { sql } from 'drizzle-orm';
import { prepared, type Reader, type Tables } from '../database';
import type { SearchedArticle } from './document';
import type { Texts } from './texts';

const texts = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.articles} left join ${tables.articleBodies} on ${tables.articleBodies.articleId} = ${tables.articles.id} where ${portable.among(tables.articles.id, 'ids')} order by ${tables.articles.id}`,
}));

const authors = prepared<
  { ids: readonly number[] },
  { articleId: Tables['articleAuthors']['articleId']; id: Tables['articleAuthors']['authorId'] }
>(({ tables: { articleAuthors: t }, portable }) => ({
  select: { articleId: t.articleId, id: t.authorId },
  from: sql`${t} where ${portable.among(t.articleId, 'ids')}`,
}));

const topics = prepared<
  { ids: readonly number[] },
  { articleId: Tables['articleTopics']['articleId']; id: Tables['articleTopics']['topicId'] }
>(({ tables: { articleTopics: t }, portable }) => ({
  select: { articleId: t.articleId, id: t.topicId },
  from: sql`${t} where ${portable.among(t.articleId, 'ids')} and ${t.direct}`,
}));

/** What the articles say; those that are not there are absent. In the order of their keys. */
export async function searchedArticles(
  reader: Reader,
  ids: readonly number[],
): Promise<(SearchedArticle & Texts)[]> {
  const rows = await texts(reader, { ids });
  const authorIds = byArticle(await authors(reader, { ids }));
  const topicIds = byArticle(await topics(reader, { ids }));
  return rows.map(({ text, ...row }) => ({
    ...row,
    text: text ?? '',
    authorIds: authorIds.get(row.id) ?? [],
    topicIds: topicIds.get(row.id) ?? [],
  }));
}

/** What articles say, by their keys; those that are not there are absent. */
export async function textsOf(reader: Reader, ids: readonly number[]): Promise<Map<number, Texts>> {
  const rows = await texts(reader, { ids });
  return new Map(
    rows.map(({ id, title, standfirst, text }) => [id, { title, standfirst, text: text ?? '' }]),
  );
}

function columns({ articles: a, articleBodies: b }: Tables) {
  return {
    id: a.id,
    publishedAt: a.publishedAt,
    title: a.title,
    standfirst: a.standfirst,
    text: sql<string | null>`${b.text}`,
  };
}

function byArticle(
  rows: readonly { readonly articleId: number; readonly id: number }[],
): Map<number, number[]> {
  const found = new Map<number, number[]>();
  for (const { articleId, id } of rows) {
    const ids = found.get(articleId);
    if (ids) ids.push(id);
    else found.set(articleId, [id]);
  }
  return found;
}
