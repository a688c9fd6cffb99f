import { sql } from 'drizzle-orm';
import type { ArticleContent } from '../articles';
import { prepared, type Tables, type Tx } from '../database';
import type { ImportScope } from './import-scope';
import type { PreparedArticle } from './prepare-article';
import type { KnownArticle } from './sort-articles';

/** Tells of new articles whose slug or path was taken by another. */
export async function noteAddresses(
  tx: Tx,
  { report }: ImportScope,
  articles: readonly PreparedArticle[],
  contents: readonly ArticleContent[],
  ids: readonly number[],
): Promise<void> {
  if (ids.length === 0) return;
  const rows = new Map((await addressesOf(tx, { ids: [...ids] })).map((row) => [row.id, row]));
  for (const [index, article] of articles.entries()) {
    const wanted = contents[index]?.fields;
    const given = rows.get(ids[index] ?? 0);
    if (!wanted || !given) continue;
    const told = `"${article.title}": another article has`;
    if (wanted.slug !== given.slug) {
      const message = `${told} the slug "${wanted.slug}"; this one has "${given.slug}"`;
      report.note({ line: article.line, lost: false, message });
    }
    if (wanted.path !== given.path && article.path !== null) {
      const message = `${told} the path "${wanted.path}"; this one has "${given.path}"`;
      report.note({ line: article.line, lost: false, message });
    }
  }
}

const addressesOf = prepared<{ ids: number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.articles} where ${portable.among(tables.articles.id, 'ids')}`,
}));

function columns({ articles: a }: Tables) {
  return { id: a.id, slug: a.slug, path: a.path };
}

/** Before articles take other languages: the new one may be taken in the group that they leave. */
export async function leaveGroups(tx: Tx, known: readonly KnownArticle[]): Promise<void> {
  if (known.length === 0) return;
  await tx.execute(
    sql`update articles set translation_group = null where ${tx.portable.among(tx.tables.articles.id, 'ids')}`,
    { ids: known.map(({ now }) => now.id) },
  );
}
