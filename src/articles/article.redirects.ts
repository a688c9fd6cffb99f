import { sql } from 'drizzle-orm';
import { type Tx, toJson } from '../database';

/** Where a path leads that something used to live at: to wherever the article is now, or to another path. */
export type FormerPath =
  | { readonly path: string; readonly articleId: number }
  | { readonly path: string; readonly target: string };

/**
 * Remembers where paths lead that something used to live at. What is known of a path already stays: it was there
 * later, or an article's own.
 */
export async function redirectPaths(tx: Tx, former: readonly FormerPath[]): Promise<void> {
  if (former.length === 0) return;
  const rows = former.map((each) => ({
    path: each.path,
    article_id: 'articleId' in each ? each.articleId : null,
    target: 'target' in each ? each.target : null,
  }));
  const types = { path: 'text', article_id: 'int', target: 'text' } as const;
  await tx.execute(
    sql`insert into redirects (path, article_id, target) select path, article_id, target from ${tx.portable.rows('rows', 'r', types)} where true on conflict (path) do nothing`,
    { rows: toJson(rows) },
  );
}

/** Leads from an article's old path to its new one. */
export async function leaveRedirect(tx: Tx, from: string, articleId: number, to: string): Promise<void> {
  const { redirects } = tx.tables;
  // A path leads to what lives there; only where nothing does, to what used to. What used to be at the new path
  // and was another article stays known, for this one may be a draft that nobody sees there yet.
  await tx.delete(redirects).where(sql`${redirects.path} = ${to} and ${redirects.articleId} = ${articleId}`);
  await tx
    .insert(redirects)
    .values({ path: from, articleId, permanent: true })
    .onConflictDoUpdate({ target: redirects.path, set: { articleId, target: null, permanent: true } });
}
