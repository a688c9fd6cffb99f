import { sql } from 'drizzle-orm';
import type { WriteScope } from '../changes';
import type { Actor } from '../core/actor';
import { type HeldComment, holdComments } from './comment.held';
import { assertOwn, isOwn } from './comment.own';
import type { CommentParts } from './comment.parts';
import { assertMay } from './comment.policy';
import { changeStatus } from './comment.status';

/**
 * Takes back somebody's own comment, as long as they may change it. What it said is gone; replies stay. To do it
 * twice is to do it once.
 * @throws Refusal, DatelineError; then nothing was written
 */
export async function deleteOwnComment(
  parts: CommentParts,
  actor: Actor,
  id: number,
  editToken: string | null,
): Promise<number> {
  assertMay(actor, 'WRITE');
  const { database, clock, box } = parts;
  return database.write(async (tx) => {
    const at = clock.now();
    const comment = (await holdComments(tx, [id])).get(id);
    if (comment?.status === 'DELETED' && isOwn(box, actor, comment, editToken)) return id;
    assertOwn(parts, actor, comment, editToken, at);
    await eraseWords({ tx, actor, at }, comment, { by: 'author' });
    return id;
  });
}

/** Makes an end of a comment that is held: nothing is left of what it said, or was said of it. */
export async function eraseWords(
  scope: WriteScope,
  comment: HeldComment,
  { by, authorName = comment.authorName }: { readonly by: string; readonly authorName?: string },
): Promise<void> {
  const { tx } = scope;
  const fields = { text: '', html: '', authorName, featured: false, reportCount: 0, approvedVersion: null };
  await changeStatus(scope, comment, { to: 'DELETED', by, fields });
  const of = { id: comment.id };
  await tx.execute(sql`delete from comment_revisions where comment_id = ${of.id}`);
  await tx.execute(sql`update comment_reports set details = null where comment_id = ${of.id}`);
  await tx.execute(sql`update comment_events set reason = null where comment_id = ${of.id}`);
  await tx.execute(sql`update comment_private set reasons = null where comment_id = ${of.id}`);
}
