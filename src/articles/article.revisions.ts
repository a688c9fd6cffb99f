import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { ChangeOp, Tx } from '../database';
import { holdArticles, statesOf } from './revisions/current';
import { keepStates } from './revisions/supersede';

/** An article with the revision that it has now. */
export interface Revised {
  readonly id: number;
  readonly revision: number;
}

/** Why readers see something else, although nothing of the article's own was written. */
export interface Revision {
  readonly op: ChangeOp;
  /** What they see otherwise, by the names that clients know. */
  readonly changed: readonly string[];
  /** What else the change log tells of it. */
  readonly payload?: Readonly<Record<string, unknown>>;
}

/**
 * Raises the revisions of articles of which readers see something else now, although nothing of their own was
 * written: another article translates them, their image is described otherwise. Call it before that is written,
 * so that what is kept of them is what they were.
 */
export async function raiseRevisions(
  tx: Tx,
  actor: Actor,
  at: Instant,
  ids: readonly number[],
  { op, changed, payload }: Revision,
): Promise<Revised[]> {
  if (ids.length === 0) return [];
  const held = [...(await holdArticles(tx, ids)).values()];
  await keepStates(tx, held, await statesOf(tx, held));
  const { articles } = tx.tables;
  await tx.execute(
    sql`update articles set revision = revision + 1, revised_at = ${at}, revised_by = ${actor.name}, revised_op = ${op} where ${tx.portable.among(articles.id, 'ids')}`,
    { ids },
  );
  const revised = held.map(({ id, revision }) => ({ id, revision: revision + 1 }));
  recordChanges(
    tx,
    actor,
    at,
    revised.map(({ id, revision }) => ({
      ...{ entity: 'ARTICLE', entityId: id, op, revision },
      payload: { changed, ...payload },
    })),
  );
  return revised;
}

/**
 * Raises the revisions of the articles whose lead image is among those: they were described anew.
 * @param except an article that is changed in the same breath, or null
 */
export async function reviseArticlesWith(
  tx: Tx,
  actor: Actor,
  at: Instant,
  images: readonly number[],
  except: number | null = null,
): Promise<Revised[]> {
  if (images.length === 0) return [];
  const rows = await tx.rows<{ id: number }>(
    sql`select id from articles where ${tx.portable.among(tx.tables.articles.leadImageId, 'images')}`,
    { images },
  );
  const ids = rows.map(({ id }) => id).filter((id) => id !== except);
  return raiseRevisions(tx, actor, at, ids, { op: 'UPDATE', changed: ['leadImage'] });
}
