import { sql } from 'drizzle-orm';
import type { WriteScope } from '../changes';
import type { Actor } from '../core/actor';
import { badInput, DatelineError, datelineErrorIn } from '../core/errors';
import { distinctValues, optionalText } from '../core/fields';
import { Refusal, refusalOf, VersionConflict } from '../core/refusal';
import type { CommentStatus } from '../database';
import { type HeldComment, holdComments } from './comment.held';
import type { CommentParts } from './comment.parts';
import { assertMay } from './comment.policy';
import { changeComment, changeStatus } from './comment.status';

/** Most comments that are decided at once. */
export const MAX_MODERATED = 50;
const MAX_REASON = 500;

export interface Moderation {
  readonly items: readonly { readonly id: number; readonly expectedVersion: number }[];
  readonly to: CommentStatus;
  readonly reason: string | null;
}

/** The comment, or why nothing was done to it. */
export type Moderated = { readonly id: number } | { readonly refusal: Refusal };

/** From where a person may lead a comment where. DELETED is final, and its author's or an erasure's alone. */
const WAYS: Readonly<Record<CommentStatus, readonly CommentStatus[]>> = {
  PENDING: ['APPROVED', 'REJECTED', 'SPAM'],
  APPROVED: ['REJECTED', 'SPAM'],
  REJECTED: ['APPROVED', 'PENDING'],
  SPAM: ['APPROVED', 'PENDING'],
  DELETED: [],
};

/**
 * Decides about comments: each for itself, in one transaction.
 * @throws DatelineError FORBIDDEN, BAD_USER_INPUT; then nothing was written
 */
export async function moderateComments(
  { database, clock }: CommentParts,
  actor: Actor,
  { items, to, reason }: Moderation,
): Promise<Moderated[]> {
  assertMay(actor, 'MODERATE');
  if (items.length === 0) throw badInput('items', '"items" must not be empty.');
  const ids = distinctValues(
    'items',
    items.map(({ id }) => id),
    MAX_MODERATED,
  );
  if (to === 'DELETED') throw badInput('to', 'Comments are deleted by their authors, and erased with them.');
  const said = optionalText('reason', reason, MAX_REASON);
  return database.write(async (tx) => {
    const scope = { tx, actor, at: clock.now() };
    const results: Moderated[] = [];
    for (const [index, item] of items.entries()) {
      // Read for each anew: another of them may be what it replies to.
      const comment = (await holdComments(tx, index === 0 ? ids : [item.id])).get(item.id);
      results.push(await decided(scope, comment, item, to, said));
    }
    return results;
  });
}

async function decided(
  scope: WriteScope,
  comment: HeldComment | undefined,
  { expectedVersion }: Moderation['items'][number],
  to: CommentStatus,
  reason: string | null,
): Promise<Moderated> {
  try {
    if (!comment) throw new DatelineError('NOT_FOUND', 'There is no such comment.');
    await decide(scope, comment, expectedVersion, to, reason);
    return { id: comment.id };
  } catch (error) {
    const refusal = refusalOf(datelineErrorIn(error));
    if (refusal === null) throw error;
    return { refusal };
  }
}

async function decide(
  scope: WriteScope,
  comment: HeldComment,
  expectedVersion: number,
  to: CommentStatus,
  reason: string | null,
): Promise<void> {
  const { version, status } = comment;
  if (version !== expectedVersion)
    throw new VersionConflict(version, `The comment has changed since: its version is ${version}.`);
  if (status === to) return remember(scope, comment);
  if (!WAYS[status].includes(to))
    throw new Refusal('NOT_ALLOWED_IN_STATE', `A comment that is ${status} cannot become ${to}.`);
  const approvedVersion = to === 'APPROVED' ? version + 1 : null;
  const fields = { approvedVersion, reportCount: 0, ...(to === 'APPROVED' ? {} : { featured: false }) };
  await changeStatus(scope, comment, { to, by: scope.actor.name, reason, fields });
}

/** Nothing changes that anybody sees: what was reported of the comment is dealt with. */
async function remember({ tx }: WriteScope, { id, status, version }: HeldComment): Promise<void> {
  const approved = status === 'APPROVED' ? version : null;
  await tx.execute(
    sql`update comments set report_count = 0, approved_version = ${approved} where id = ${id}`,
  );
}

/**
 * Puts a comment forward, or takes it back. To do it twice is to do it once.
 * @throws Refusal, DatelineError; then nothing was written
 */
export async function featureComment(
  { database, clock }: CommentParts,
  actor: Actor,
  id: number,
  featured: boolean,
): Promise<number> {
  assertMay(actor, 'FEATURE');
  return database.write(async (tx) => {
    const comment = (await holdComments(tx, [id])).get(id);
    if (!comment?.visible)
      throw new DatelineError('NOT_FOUND', 'There is no such comment.', { argument: 'id' });
    if (comment.status !== 'APPROVED')
      throw new Refusal('NOT_ALLOWED_IN_STATE', 'Only what everybody can read is put forward.', 'id');
    if (comment.featured === featured) return id;
    const version = await changeComment({ tx, actor, at: clock.now() }, comment, { featured });
    // It still says what was approved.
    if (comment.approvedVersion === comment.version)
      await tx.execute(sql`update comments set approved_version = ${version} where id = ${id}`);
    return id;
  });
}
