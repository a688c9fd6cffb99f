/** How a comment comes in: slow checks first, then one transaction that looks again, and stores. */
import { recordChanges, type WriteScope } from '../changes';
import type { Actor } from '../core/actor';
import { datelineErrorIn } from '../core/errors';
import { Refusal, refusalOf } from '../core/refusal';
import { reserveKeys, type Tx } from '../database';
import { EVERY_TIME, type Once } from '../idempotency';
import { MAX_REPLY_DEPTH } from './comment';
import { fullComment, type HeldComment } from './comment.held';
import type { CommentParts } from './comment.parts';
import { assertMay } from './comment.policy';
import { settle } from './comment.status';
import { type Commenter, commenterOf, type Guest, type Origin, rateNameOf } from './commenter';
import { holdRules } from './commenting.store';
import { discussedArticle, holdDiscussions } from './discussed.store';
import { bothOf, type Judged, judge, PHASES, RECHECKED, type SubmittedTo } from './pipeline';
import { takeRates } from './rates';

export interface CommentDraft {
  readonly articleId: number;
  readonly parentId: number | null;
  readonly body: string;
  /** Null of who has signed in. */
  readonly guest: Guest | null;
  /** What was written into the field that people do not see. */
  readonly website: string | null;
}

/** What became of it, as its sender is told: spam is held like everything else. */
export interface Taken {
  readonly id: number;
  readonly outcome: 'PUBLISHED' | 'HELD';
}

/** @throws Refusal, DatelineError BAD_USER_INPUT; then nothing was written */
export async function createComment(
  parts: CommentParts,
  actor: Actor,
  origin: Origin,
  draft: CommentDraft,
  once: Once = EVERY_TIME,
): Promise<Taken> {
  assertMay(actor, 'WRITE');
  const author = commenterOf(actor, draft.guest, origin, parts.box);
  const judged = await judgedBefore(parts, draft, author);
  return parts.database.write((tx) => {
    const scope = { tx, actor, at: parts.clock.now() };
    return once(scope, async () => {
      // Whoever sends the same again is answered before it is looked at what is wrong with it by now.
      if (judged instanceof Error) throw judged;
      return take(parts, scope, draft, judged);
    });
  });
}

/** What the phases say while nothing is held up by them; the error where one refuses. */
async function judgedBefore(
  parts: CommentParts,
  draft: CommentDraft,
  author: Commenter,
): Promise<Judged | Error> {
  const { database, clock, settings, checker } = parts;
  const now = clock.now();
  try {
    const article = await articleOf(database, parts, draft.articleId, now);
    const submission = {
      ...{ now, article, author, edited: null, isReply: draft.parentId !== null },
      ...{ body: draft.body, website: draft.website, text: '', html: '', links: 0 },
    };
    return await judge(PHASES, submission, { reader: database, settings, checker });
  } catch (error) {
    const refusal = datelineErrorIn(error);
    if (refusal === null || refusalOf(refusal) === null) throw error;
    return refusal;
  }
}

async function take(
  parts: CommentParts,
  scope: WriteScope,
  draft: CommentDraft,
  before: Judged,
): Promise<Taken> {
  const { tx, at } = scope;
  const { settings, checker } = parts;
  await holdRules(tx, 'SHARED');
  await holdDiscussions(tx, [draft.articleId]);
  const article = await articleOf(tx, parts, draft.articleId, at);
  const submission = { ...before.submission, article, now: at };
  const judged = bothOf(before, await judge(RECHECKED, submission, { reader: tx, settings, checker }));
  const parent = draft.parentId === null ? null : await parentOf(tx, draft.articleId, draft.parentId);
  const { author } = submission;
  if (!author.trusted) await takeRates(tx, rateNameOf(author), settings.rates, at);
  const id = await store(parts, scope, judged, parent);
  return { id, outcome: judged.status === 'APPROVED' ? 'PUBLISHED' : 'HELD' };
}

async function articleOf(
  reader: Parameters<typeof discussedArticle>[0],
  { settings }: CommentParts,
  id: number,
  now: number,
): Promise<SubmittedTo> {
  const article = await discussedArticle(reader, settings, id, now);
  if (article === null) throw new Refusal('NOT_FOUND', 'There is no such article.', 'articleId');
  return article;
}

/** @throws Refusal PARENT_UNAVAILABLE */
async function parentOf(tx: Tx, articleId: number, id: number): Promise<HeldComment> {
  const parent = await fullComment(tx, id);
  if (parent?.articleId !== articleId || parent.status !== 'APPROVED')
    throw new Refusal(
      'PARENT_UNAVAILABLE',
      'Under this article there is no such comment to reply to: it has been removed, or never was.',
      'parentId',
    );
  if (parent.depth >= MAX_REPLY_DEPTH)
    throw new Refusal('PARENT_UNAVAILABLE', 'This thread is as deep as threads get.', 'parentId');
  return parent;
}

async function store(
  { box }: CommentParts,
  { tx, actor, at }: WriteScope,
  { submission, status, reasons }: Judged,
  parent: HeldComment | null,
): Promise<number> {
  const { article, author, text, html } = submission;
  const [id = 0] = await reserveKeys(tx, tx.tables.comments, 1);
  const row = {
    ...{ id, articleId: article.id, parentId: parent?.id ?? null, rootId: parent?.rootId ?? id },
    ...{ depth: parent === null ? 0 : parent.depth + 1, authorName: author.name, authorKind: author.kind },
    ...{ status, visible: false, replyCount: 0, text, html, createdAt: at },
  };
  await tx.insertMany(tx.tables.comments, [row]);
  await tx.insertMany(tx.tables.commentPrivate, [
    {
      commentId: id,
      emailSealed: author.email === null ? null : box.seal(author.email),
      ...{ emailHash: author.emailHash, ipHash: author.ipHash, account: author.account },
      ...{ reasons: reasons.length === 0 ? null : [...reasons], writtenAt: at },
    },
  ]);
  await settle(tx, { ...row, status: null }, status);
  const payload = { article: article.id, to: status };
  recordChanges(tx, actor, at, [{ entity: 'COMMENT', entityId: id, op: 'CREATE', revision: 1, payload }]);
  return id;
}
