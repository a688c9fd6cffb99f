import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { ChangeOp, Tx } from '../database';

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
 * written: another article translates them, their image is described otherwise.
 */
export async function raiseRevisions(
  tx: Tx,
  actor: Actor,
  at: Instant,
  ids: readonly number[],
  { op, changed, payload }: Revision = { op: 'UPDATE', changed: [] },
): Promise<Revised[]> {
  if (ids.length === 0) return [];
  const { articles } = tx.tables;
  const revised = await tx.rows<Revised>(
    sql`update articles set revision = revision + 1 where ${tx.portable.among(articles.id, 'ids')} returning id, revision`,
    { ids },
  );
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

/** Raises the revisions of the articles whose lead image is among those: they were described anew. */
export async function reviseArticlesWith(
  tx: Tx,
  actor: Actor,
  at: Instant,
  images: readonly number[],
): Promise<Revised[]> {
  if (images.length === 0) return [];
  const rows = await tx.rows<{ id: number }>(
    sql`select id from articles where ${tx.portable.among(tx.tables.articles.leadImageId, 'images')}`,
    { images },
  );
  return raiseRevisions(
    tx,
    actor,
    at,
    rows.map(({ id }) => id),
  );
}
