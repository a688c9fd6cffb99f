import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { type CommentStatus, prepared, type Tx } from '../database';
import { replaceThreads } from './comment.import';

/** The state that a comment has elsewhere by now. */
export interface RestatedComment {
  readonly id: number;
  /** The version that the import left here. */
  readonly expectedVersion: number;
  readonly status: Exclude<CommentStatus, 'DELETED'>;
}

/**
 * Gives imported comments the state that they have elsewhere by now, with the counts of their articles and threads.
 * What was changed here since, or erased, stays as it is. Returns the keys of those that have changed.
 */
export async function restateComments(
  tx: Tx,
  actor: Actor,
  at: Instant,
  restated: readonly RestatedComment[],
): Promise<number[]> {
  const rows = await commentsNow(tx, { ids: restated.map(({ id }) => id) });
  const current = new Map(rows.map((row) => [row.id, row]));
  const changed: { id: number; articleId: number; version: number }[] = [];
  for (const { id, expectedVersion, status } of restated) {
    const row = current.get(id);
    if (!row || row.version !== expectedVersion || row.status === status || row.status === 'DELETED')
      continue;
    const { comments } = tx.tables;
    const version = expectedVersion + 1;
    await tx.update(comments).set({ status, version }).where(sql`${comments.id} = ${id}`);
    changed.push({ id, articleId: row.articleId, version });
  }
  await replaceThreads(tx, [...new Set(changed.map(({ articleId }) => articleId))]);
  recordChanges(
    tx,
    actor,
    at,
    changed.map(({ id, version }) => ({ entity: 'COMMENT', entityId: id, op: 'UPDATE', revision: version })),
  );
  return changed.map(({ id }) => id);
}

const commentsNow = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.comments} where ${portable.among(tables.comments.id, 'ids')}`,
  }),
);

function columns({ comments: c }: Tx['tables']) {
  return { id: c.id, articleId: c.articleId, status: c.status, version: c.version };
}
