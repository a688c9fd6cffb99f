/** Articles as far as comments have to do with them. */
import { sql } from 'drizzle-orm';
import { isPublicAt } from '../articles';
import type { Instant } from '../core/clock';
import { prepared, type Reader, type Tables, type Tx } from '../database';
import type { CommentSettings } from './comment.settings';
import { commentingOn } from './commenting';
import { categoriesOfArticles, commentingRules } from './commenting.store';
import type { SubmittedTo } from './pipeline';

/** Null where there is no such article. */
export async function discussedArticle(
  reader: Reader,
  settings: CommentSettings,
  id: number,
  now: Instant,
): Promise<SubmittedTo | null> {
  const [article] = await articles(reader, { ids: [id] });
  if (!article) return null;
  const rules = await commentingRules(reader, settings);
  const categories =
    rules.byCategory.size === 0 ? [] : await categoriesOfArticles(reader, { articles: [id] });
  const isPublic = isPublicAt(article, now);
  const keys = categories.map(({ categoryId }) => categoryId);
  const { path, language } = article;
  return { id, path, language, isPublic, commenting: commentingOn(article, keys, rules, isPublic, now) };
}

/**
 * Until the end of the transaction nobody else changes the articles, nor anything below them: whoever writes
 * comments does this first, and reads afterwards what it depends on.
 */
export async function holdDiscussions(tx: Tx, ids: readonly number[]): Promise<void> {
  if (tx.portable.engine === 'sqlite') return;
  await tx.rows(
    sql`select id from articles where ${tx.portable.among(tx.tables.articles.id, 'ids')} order by id ${tx.portable.forUpdate}`,
    { ids: [...new Set(ids)] },
  );
}

/** What an article says about comments itself, held for a change; null where there is no such article. */
export async function discussionOf(
  tx: Tx,
  id: number,
): Promise<{ readonly revision: number; readonly commentingClosesAt: Instant | null } | null> {
  await holdDiscussions(tx, [id]);
  return (await articles(tx, { ids: [id] }))[0] ?? null;
}

const articles = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.articles} where ${portable.among(tables.articles.id, 'ids')}`,
}));

function columns({ articles: a }: Tables) {
  return {
    ...{ id: a.id, path: a.path, language: a.language, status: a.status, publishedAt: a.publishedAt },
    ...{ embargoUntil: a.embargoUntil, expiresAt: a.expiresAt },
    ...{ commenting: a.commenting, commentingClosesAt: a.commentingClosesAt, revision: a.revision },
  };
}
