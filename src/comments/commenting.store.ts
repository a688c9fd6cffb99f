/** Modes of the site and of categories: among what a newsroom remembers about itself, so that exports take them along. */
import { sql } from 'drizzle-orm';
import { COMMENTING, commentingSetting } from '../categories';
import { type CommentingMode, lock, prepared, type Reader, type Tx } from '../database';
import type { CommentSettings } from './comment.settings';
import { type CommentingRules, strictestOf } from './commenting';

const MODES: readonly CommentingMode[] = ['OPEN', 'PREMODERATED', 'CLOSED'];

export async function commentingRules(
  reader: Reader,
  { mode, closeAfter }: Pick<CommentSettings, 'mode' | 'closeAfter'>,
): Promise<CommentingRules> {
  const rows = await modes(reader, { from: COMMENTING, before: 'commentinh' });
  const byCategory = new Map<number, CommentingMode>();
  let site = mode;
  for (const { name, value } of rows) {
    const known = MODES.find((each) => each === value);
    if (known === undefined) continue;
    if (name === COMMENTING) site = strictestOf([site, known]);
    else byCategory.set(Number(name.slice(COMMENTING.length + 1)), known);
  }
  return { site, byCategory, closeAfter };
}

/**
 * Until the end of the transaction nobody changes which discussions are closed by their category or by the site: SHARED
 * with others who write comments, EXCLUSIVE for who changes it. Before any article is held.
 */
export function holdRules(tx: Tx, mode: 'SHARED' | 'EXCLUSIVE'): Promise<void> {
  return lock(tx, 'COMMENTING', mode);
}

/** @param category null for the site */
export async function setMode(tx: Tx, category: number | null, mode: CommentingMode): Promise<void> {
  const name = category === null ? COMMENTING : commentingSetting(category);
  await tx.execute(
    sql`insert into settings (name, value) values (${name}, ${mode}) on conflict (name) do update set value = excluded.value`,
  );
}

/** Null where there is no such category. */
export async function revisionOfCategory(tx: Tx, id: number): Promise<number | null> {
  const { categories: c } = tx.tables;
  const [row] = await tx.select({ revision: c.revision }).from(c).where(sql`${c.id} = ${id}`);
  return row?.revision ?? null;
}

const modes = prepared(({ tables: { settings: s } }) => ({
  select: { name: s.name, value: s.value },
  from: sql`${s} where ${s.name} >= ${sql.placeholder('from')} and ${s.name} < ${sql.placeholder('before')}`,
}));

/** The categories of articles, with those above them. */
export const categoriesOfArticles = prepared<
  { articles: readonly number[] },
  Pick<Tx['tables']['articleCategories'], 'articleId' | 'categoryId'>
>(({ tables: { articleCategories: t }, portable }) => ({
  select: { articleId: t.articleId, categoryId: t.categoryId },
  from: sql`${t} where ${portable.among(t.articleId, 'articles')}`,
}));
