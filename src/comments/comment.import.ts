import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import { type SealedSender, type Sender, sealSender } from '../core/sender';
import { type Database, prepared, reserveKeys, type Tx, toJson, withLateIndexes } from '../database';
import { type ImportedComment, type Placement, placements, type ThreadedComment } from './comment';
import { wordsToStore } from './comment.words';
import { erasedAmong } from './commenter.marks';
import { holdDiscussions } from './discussed.store';

/** A comment that may answer another of the same batch, which it then names by its place in the batch. */
export type BatchedComment = ImportedComment & { readonly parentInBatch?: number | undefined };

/** The same with what is private sealed already. */
export type SealedComment = Omit<BatchedComment, keyof Sender> & { readonly sender: SealedSender | null };

/** A comment with what is otherwise the store's to give, e.g. from another Dateline. */
export type StoredComment = Omit<ImportedComment, 'email' | 'ip'> & {
  readonly id: number;
  readonly editedAt?: Instant | null;
  readonly featured?: boolean;
  readonly version?: number;
  readonly reportCount?: number;
  readonly approvedVersion?: number | null;
};

/**
 * Stores comments with the state they had elsewhere: none of them is moderated again. Returns their keys in
 * the same order. The counts of their articles and of the comments that they answer are brought up to date.
 */
export function importComments(
  tx: Tx,
  actor: Actor,
  at: Instant,
  box: SecretBox,
  batch: readonly BatchedComment[],
): Promise<number[]> {
  const sealed = batch.map(({ email, ip, ...comment }) => ({
    ...comment,
    sender: sealSender(box, { email, ip }),
  }));
  return importSealedComments(tx, actor, at, sealed);
}

/** Rows are written out property by property here and below: of an archive's comments there are millions. */
export async function importSealedComments(
  tx: Tx,
  actor: Actor,
  at: Instant,
  batch: readonly SealedComment[],
): Promise<number[]> {
  const ids = await reserveKeys(tx, tx.tables.comments, batch.length);
  const erased = await erasedAmong(
    tx,
    batch.map(({ sender }) => sender?.emailHash ?? null).filter((hash) => hash !== null),
  );
  const added: StoredComment[] = [];
  const senders: (typeof tx.tables.commentPrivate.$inferInsert)[] = [];
  for (const [index, comment] of batch.entries()) {
    const { sender, articleId, parentInBatch, authorKind, createdAt } = comment;
    const id = ids[index] ?? 0;
    const parentId = parentInBatch === undefined ? comment.parentId : (ids[parentInBatch] ?? null);
    const isErased = sender !== null && sender.emailHash !== null && erased.has(sender.emailHash);
    const status = isErased ? 'DELETED' : comment.status;
    const { authorName, text, html } = isErased ? ERASED : wordsToStore(comment);
    added.push({ id, articleId, parentId, authorName, authorKind, status, text, html, createdAt });
    if (sender === null || isErased) continue;
    const { emailSealed, emailHash, ipHash } = sender;
    senders.push({ commentId: id, emailSealed, emailHash, ipHash, writtenAt: createdAt });
  }
  await storeComments(tx, actor, at, added);
  await tx.insertMany(tx.tables.commentPrivate, senders);
  return ids;
}

/**
 * Does an import of many comments. In a newsroom that has none yet the indexes are made at its end by which a commenter's
 * other comments are found: they take a third of what such an import writes, and only moderators miss them.
 */
export async function loadingComments<T>(database: Database, work: () => Promise<T>): Promise<T> {
  const [first] = await database.rows<{ id: number }>(sql`select id from comments limit 1`);
  return first ? work() : withLateIndexes(database, BY_COMMENTER, work);
}

const BY_COMMENTER = ['comment_private_by_email', 'comment_private_by_ip'] as const;

/** What is left of somebody who was erased here, whatever is told of them elsewhere. */
const ERASED = { authorName: '', text: '', html: '' } as const;

/**
 * The same under the keys that the comments bring, and without anything private. A comment stands in the batch
 * or is stored before those that answer it. Who brings keys that `reserveKeys` did not give calls
 * `continueKeys` afterwards.
 */
export async function storeComments(
  tx: Tx,
  actor: Actor,
  at: Instant,
  added: readonly StoredComment[],
): Promise<void> {
  if (added.length === 0) return;
  const articles = [...new Set(added.map(({ articleId }) => articleId))];
  await holdDiscussions(tx, articles);
  const stored = await storedComments(tx, { articles });
  const placed = placedByArticle([...stored, ...added]);
  await tx.insertMany(
    tx.tables.comments,
    added.map((comment) => {
      const { parentId, rootId, depth, visible, replyCount } = placementOf(placed, comment.id);
      return { ...comment, parentId, rootId, depth, visible, replyCount };
    }),
  );
  await updatePlacements(tx, stored, placed);
  await recount(tx, articles);
  recordChanges(
    tx,
    actor,
    at,
    added.map(({ id, version }) => ({
      entity: 'COMMENT',
      entityId: id,
      op: 'CREATE',
      revision: version ?? 1,
    })),
  );
}

/**
 * Hangs comments that answer nothing yet below those that they answer. Returns how many there were. Their versions
 * stay: what they say has not changed.
 */
export async function adoptReplies(
  tx: Tx,
  actor: Actor,
  at: Instant,
  replies: readonly { readonly id: number; readonly parentId: number }[],
): Promise<number> {
  if (replies.length === 0) return 0;
  const adopted = await tx.rows<{ id: number; version: number; article: number }>(
    sql`update comments set parent_id = r.parent_id from ${tx.portable.rows('replies', 'r', { id: 'int', parent_id: 'int' })} where comments.id = r.id and comments.parent_id is null returning comments.id, comments.version, comments.article_id as article`,
    { replies: toJson(replies.map(({ id, parentId }) => ({ id, parent_id: parentId }))) },
  );
  await replaceThreads(tx, [...new Set(adopted.map(({ article }) => article))]);
  recordChanges(
    tx,
    actor,
    at,
    adopted.map(({ id, version }) => ({ entity: 'COMMENT', entityId: id, op: 'MOVE', revision: version })),
  );
  return adopted.length;
}

/** Brings what is kept of threads up to date, and the counts of the articles that they stand under. */
export async function replaceThreads(tx: Tx, articles: readonly number[]): Promise<void> {
  if (articles.length === 0) return;
  await holdDiscussions(tx, articles);
  const stored = await storedComments(tx, { articles });
  await updatePlacements(tx, stored, placedByArticle(stored));
  await recount(tx, articles);
}

type Stored = ThreadedComment & Placement & { readonly articleId: number };

const storedComments = prepared(({ tables: { comments: c }, portable }) => ({
  select: {
    id: c.id,
    articleId: c.articleId,
    parentId: c.parentId,
    rootId: c.rootId,
    depth: c.depth,
    status: c.status,
    visible: c.visible,
    replyCount: c.replyCount,
  },
  from: sql`${c} where ${portable.among(c.articleId, 'articles')}`,
}));

function placedByArticle(
  comments: readonly (ThreadedComment & { readonly articleId: number })[],
): Map<number, Placement> {
  const discussions = new Map<number, ThreadedComment[]>();
  for (const comment of comments) {
    const discussion = discussions.get(comment.articleId);
    if (discussion) discussion.push(comment);
    else discussions.set(comment.articleId, [comment]);
  }
  return new Map([...discussions.values()].flatMap((discussion) => [...placements(discussion)]));
}

/**
 * New replies make tombstones of hidden comments, and are counted by those that they answer; one that is hung
 * elsewhere takes along what is below it.
 */
async function updatePlacements(
  tx: Tx,
  stored: readonly Stored[],
  placed: ReadonlyMap<number, Placement>,
): Promise<void> {
  const { comments } = tx.tables;
  for (const before of stored) {
    const now = placementOf(placed, before.id);
    if (isSamePlace(before, now)) continue;
    await tx.update(comments).set(now).where(sql`${comments.id} = ${before.id}`);
  }
}

function isSamePlace(one: Placement, other: Placement): boolean {
  return (
    one.parentId === other.parentId &&
    one.rootId === other.rootId &&
    one.depth === other.depth &&
    one.visible === other.visible &&
    one.replyCount === other.replyCount
  );
}

async function recount(tx: Tx, articles: readonly number[]): Promise<void> {
  await tx.execute(
    sql`update articles set comment_count = (select count(*) from comments as c where c.article_id = articles.id and c.status = 'APPROVED') where ${tx.portable.among(tx.tables.articles.id, 'articles')}`,
    { articles: [...articles] },
  );
}

function placementOf(placed: ReadonlyMap<number, Placement>, id: number): Placement {
  const placement = placed.get(id);
  if (!placement) throw new Error('A comment without a discussion');
  return placement;
}
