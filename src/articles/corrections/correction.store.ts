import { sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock';
import { badInput } from '../../core/errors';
import { prepared, type Tx } from '../../database';

/** Most that one article may have: more is refused, so that the list of them is bounded. */
export const MAX_CORRECTIONS = 100;

/** What was corrected of articles, the first correction first. */
export const correctionsOf = prepared(({ tables: { articleCorrections: c }, portable }) => ({
  select: { articleId: c.articleId, text: c.text, at: c.at },
  from: sql`${c} where ${portable.among(c.articleId, 'articles')} order by ${c.articleId}, ${c.at}, ${c.id}`,
}));

/** Says of an article, for all to see, what was wrong with it. @throws DatelineError BAD_USER_INPUT for too many */
export async function addCorrection(tx: Tx, articleId: number, at: Instant, text: string): Promise<void> {
  const corrections = await correctionsOf(tx, { articles: [articleId] });
  if (corrections.length >= MAX_CORRECTIONS)
    throw badInput('text', `The article has ${corrections.length} corrections; more are not possible.`);
  await tx.insertMany(tx.tables.articleCorrections, [{ articleId, at, text }]);
}
