/** Who shows an image. */
import { sql } from 'drizzle-orm';
import { Refusal } from '../core/refusal';
import type { Tx } from '../database';

/** So many are named to whoever wants to delete what they show. */
const NAMED = 3;

/** @throws Refusal NOT_ALLOWED_IN_STATE that says what shows it */
export async function assertUnused(tx: Tx, id: number): Promise<void> {
  const [count] = await tx.rows<{ articles: number; authors: number }>(
    sql`select (select count(*) from articles where lead_image_id = ${id}) as articles, (select count(*) from authors where avatar_id = ${id}) as authors`,
  );
  const { articles = 0, authors = 0 } = count ?? {};
  if (articles + authors === 0) return;
  const names = await tx.rows<{ slug: string }>(
    sql`select slug from articles where lead_image_id = ${id} union all select slug from authors where avatar_id = ${id} limit ${NAMED}`,
  );
  const told = [
    ...(articles > 0 ? [`${articles} articles`] : []),
    ...(authors > 0 ? [`${authors} authors`] : []),
  ].join(' and ');
  const named = names.map(({ slug }) => `"${slug}"`).join(', ');
  const more = articles + authors > names.length ? ', …' : '';
  throw new Refusal(
    'NOT_ALLOWED_IN_STATE',
    `The image is in use: it is shown by ${told} (${named}${more}). Give them another one first.`,
    'id',
  );
}

/** Whether somebody shows the image beside the article, which may be null. */
export async function isShownElsewhere(tx: Tx, id: number, article: number | null): Promise<boolean> {
  const rows = await tx.rows<{ id: number }>(
    sql`select id from articles where lead_image_id = ${id} and id <> ${article ?? 0} union all select id from authors where avatar_id = ${id} limit 1`,
  );
  return rows.length > 0;
}
