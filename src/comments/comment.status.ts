/** The only place where the status of a comment changes, and with it who sees it and what is counted. */
import { sql } from 'drizzle-orm';
import { recordChanges, type WriteScope } from '../changes';
import type { CommentStatus, Tx } from '../database';
import type { CommentRow } from './comment';
import type { HeldComment } from './comment.held';

type Changed = Partial<Tx['tables']['comments']['$inferInsert']>;

export interface StatusChange {
  readonly to: CommentStatus;
  /** As moderators read it: the actor's name, or what of Dateline did it. */
  readonly by: string;
  readonly reason?: string | null;
  /** What changes with it. */
  readonly fields?: Changed;
}

/** Changes a comment that is held. Returns the version that it has then. */
export async function changeStatus(
  scope: WriteScope,
  comment: HeldComment,
  { to, by, reason = null, fields = {} }: StatusChange,
): Promise<number> {
  const { tx, at } = scope;
  const version = await change(
    scope,
    comment,
    { ...fields, status: to },
    to === 'DELETED' ? 'DELETE' : 'UPDATE',
  );
  await tx
    .insert(tx.tables.commentEvents)
    .values({ commentId: comment.id, at, actor: by, from: comment.status, to, reason });
  await settle(tx, comment, to);
  return version;
}

/** Changes something else of a comment that is held. Returns the version that it has then. */
export function changeComment(scope: WriteScope, comment: HeldComment, fields: Changed): Promise<number> {
  return change(scope, comment, fields, 'UPDATE');
}

async function change(
  { tx, actor, at }: WriteScope,
  comment: HeldComment,
  fields: Changed,
  op: 'UPDATE' | 'DELETE',
): Promise<number> {
  const { comments: c } = tx.tables;
  const { id, status, version } = comment;
  const [now] = await tx
    .update(c)
    .set({ ...fields, version: version + 1 })
    .where(sql`${c.id} = ${id} and ${c.version} = ${version} and ${c.status} = ${status}`)
    .returning({ version: c.version, status: c.status });
  if (!now) throw new Error('A comment was changed that was held');
  const payload = { article: comment.articleId, from: status, to: now.status };
  recordChanges(tx, actor, at, [{ entity: 'COMMENT', entityId: id, op, revision: now.version, payload }]);
  return now.version;
}

/** Brings up to date what is counted, after a comment came to a status. Its discussion is held. */
export async function settle(
  tx: Tx,
  comment: Pick<CommentRow, 'id' | 'articleId' | 'parentId' | 'replyCount' | 'visible'> & {
    readonly status: CommentStatus | null;
  },
  to: CommentStatus,
): Promise<void> {
  const approved = Number(to === 'APPROVED') - Number(comment.status === 'APPROVED');
  if (approved === 0) return;
  const { articles: a, comments: c } = tx.tables;
  await tx
    .update(a)
    .set({ commentCount: sql`${a.commentCount} + ${approved}` })
    .where(sql`${a.id} = ${comment.articleId}`);
  let each: Place | undefined = { ...comment, status: to };
  while (each) {
    const visible: boolean = each.status === 'APPROVED' || each.replyCount > 0;
    if (visible === each.visible) return;
    await tx.update(c).set({ visible }).where(sql`${c.id} = ${each.id}`);
    each = each.parentId === null ? undefined : await countReply(tx, each.parentId, visible ? 1 : -1);
  }
}

type Place = Pick<CommentRow, 'id' | 'parentId' | 'status' | 'replyCount' | 'visible'>;

async function countReply(tx: Tx, id: number, by: number): Promise<Place | undefined> {
  const { comments: c } = tx.tables;
  const [row] = await tx
    .update(c)
    .set({ replyCount: sql`${c.replyCount} + ${by}` })
    .where(sql`${c.id} = ${id}`)
    .returning({
      ...{ id: c.id, parentId: c.parentId, status: c.status },
      ...{ replyCount: c.replyCount, visible: c.visible },
    });
  return row;
}
