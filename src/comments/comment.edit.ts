import { sql } from 'drizzle-orm';
import type { WriteScope } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { DatelineError } from '../core/errors';
import { VersionConflict } from '../core/refusal';
import type { Reader } from '../database';
import { fullComment, type HeldComment, holdComments } from './comment.held';
import { assertOwn } from './comment.own';
import type { CommentParts } from './comment.parts';
import { assertMay, seesHidden } from './comment.policy';
import type { CommentSettings } from './comment.settings';
import { changeComment, changeStatus } from './comment.status';
import { accountIn, type Commenter, type Origin, rateNameOf } from './commenter';
import { holdRules } from './commenting.store';
import { discussedArticle } from './discussed.store';
import { bothOf, EDIT_PHASES, type Judged, judge, RECHECKED_OF_EDITS, type SubmittedTo } from './pipeline';
import { takeRates } from './rates';

export interface CommentEdit {
  readonly id: number;
  readonly body: string;
  readonly expectedVersion: number;
  readonly editToken: string | null;
}

/**
 * Changes what somebody's own comment says. It goes through the pipeline again: what would have been held now waits,
 * and what waits goes on waiting. What it said before is kept for moderators. Saying the same changes nothing.
 * @throws Refusal, DatelineError; then nothing was written
 */
export async function editComment(
  parts: CommentParts,
  actor: Actor,
  origin: Origin,
  edit: CommentEdit,
): Promise<number> {
  assertMay(actor, 'WRITE');
  const { database, clock, settings, checker } = parts;
  const seen = await fullComment(database, edit.id);
  assertOwn(parts, actor, seen, edit.editToken, clock.now());
  assertSeen(seen, edit);
  const desk = { reader: database, settings, checker };
  const before = await judge(EDIT_PHASES, await submissionOf(parts, actor, origin, seen, edit.body), desk);
  return database.write(async (tx) => {
    const at = clock.now();
    await holdRules(tx, 'SHARED');
    const comment = (await holdComments(tx, [edit.id])).get(edit.id);
    assertOwn(parts, actor, comment, edit.editToken, at);
    assertSeen(comment, edit);
    const article = await articleAbove(tx, settings, comment, at);
    const again = { ...before.submission, now: at, article };
    const judged = bothOf(before, await judge(RECHECKED_OF_EDITS, again, { ...desk, reader: tx }));
    if (judged.submission.text !== comment.text) await write(parts, { tx, actor, at }, comment, judged);
    return comment.id;
  });
}

function assertSeen({ version }: HeldComment, { expectedVersion }: CommentEdit): void {
  if (version === expectedVersion) return;
  throw new VersionConflict(version, `The comment has changed since: its version is ${version}.`);
}

/** @throws DatelineError NOT_FOUND where readers may not see the article, and so not the comment either */
async function articleAbove(
  reader: Reader,
  settings: CommentSettings,
  { articleId }: HeldComment,
  now: Instant,
): Promise<SubmittedTo> {
  const article = await discussedArticle(reader, settings, articleId, now);
  if (article?.isPublic) return article;
  throw new DatelineError('NOT_FOUND', 'There is no such comment.', { argument: 'id' });
}

async function submissionOf(
  { database, clock, settings, box }: CommentParts,
  actor: Actor,
  origin: Origin,
  comment: HeldComment,
  body: string,
) {
  const now = clock.now();
  const article = await articleAbove(database, settings, comment, now);
  const { account, emailHash, emailSealed, ipHash, authorKind: kind, authorName: name } = comment;
  const email = emailSealed === null ? null : box.open(emailSealed);
  const trusted = account !== null && account === actor.name && seesHidden(actor);
  const who = accountIn(box, account);
  const author: Commenter = { ...origin, kind, name, ...who, email, emailHash, ipHash, trusted };
  return {
    ...{ now, article, author, edited: comment.id, isReply: comment.parentId !== null },
    ...{ body, website: null, text: '', html: '', links: 0 },
  };
}

async function write(
  { settings }: CommentParts,
  scope: WriteScope,
  comment: HeldComment,
  { submission: { author, text, html }, status, reasons }: Judged,
): Promise<void> {
  const { tx, at } = scope;
  if (!author.trusted) await takeRates(tx, rateNameOf(author), settings.rates, at);
  const { id: commentId, version } = comment;
  await tx.insertMany(tx.tables.commentRevisions, [
    { commentId, version, text: comment.text, html: comment.html, until: at },
  ]);
  const fields = { text, html, editedAt: at };
  if (comment.status === 'APPROVED' && status !== 'APPROVED') {
    await changeStatus(scope, comment, {
      to: 'PENDING',
      by: 'system:pipeline',
      reason: reasons.join('; '),
      fields,
    });
  } else {
    await changeComment(scope, comment, fields);
  }
  if (reasons.length === 0) return;
  const { commentPrivate: p } = tx.tables;
  await tx
    .update(p)
    .set({ reasons: [...reasons] })
    .where(sql`${p.commentId} = ${commentId}`);
}
