import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import { prepared, reserveKeys, type Tx } from '../database';
import { type ImportedComment, type Placement, placements, type ThreadedComment } from './comment';

/** A comment that may answer another of the same batch, which it then names by its place in the batch. */
export type BatchedComment = ImportedComment & { readonly parentInBatch?: number };

/**
 * Stores comments with the state they had elsewhere: none of them is moderated again. Returns their keys in
 * the same order. The counts of their articles and of the comments that they answer are brought up to date.
 */
export async function importComments(
  tx: Tx,
  actor: Actor,
  at: Instant,
  box: SecretBox,
  batch: readonly BatchedComment[],
): Promise<number[]> {
  if (batch.length === 0) return [];
  const { comments, commentPrivate } = tx.tables;
  const ids = await reserveKeys(tx, comments, batch.length);
  const added = batch.map((comment, index) => ({
    ...comment,
    id: ids[index] ?? 0,
    parentId: comment.parentInBatch === undefined ? comment.parentId : (ids[comment.parentInBatch] ?? null),
  }));
  const articles = [...new Set(batch.map(({ articleId }) => articleId))];
  const stored = await storedComments(tx, { articles });
  const placed = new Map<number, Placement>();
  for (const articleId of articles) {
    const discussion: ThreadedComment[] = [...stored, ...added].filter(
      (comment) => comment.articleId === articleId,
    );
    for (const [id, placement] of placements(discussion)) placed.set(id, placement);
  }
  await tx.insertMany(
    comments,
    added.map(({ email, ip, parentInBatch, ...comment }) => ({
      ...comment,
      ...placementOf(placed, comment.id),
    })),
  );
  await tx.insertMany(
    commentPrivate,
    added
      .filter(({ email, ip }) => email !== null || ip !== null)
      .map(({ id, email, ip }) => ({
        commentId: id,
        emailSealed: email === null ? null : box.seal(email),
        emailHash: email === null ? null : box.hash(email),
        ipHash: ip === null ? null : box.hash(ip),
      })),
  );
  await updatePlacements(tx, stored, placed);
  await recount(tx, articles);
  recordChanges(
    tx,
    actor,
    at,
    ids.map((entityId) => ({ entity: 'COMMENT', entityId, op: 'CREATE', revision: 1 })),
  );
  return ids;
}

type Stored = ThreadedComment & {
  readonly articleId: number;
  readonly visible: boolean;
  readonly replyCount: number;
};

const storedComments = prepared(({ tables: { comments: c }, portable }) => ({
  select: {
    id: c.id,
    articleId: c.articleId,
    parentId: c.parentId,
    status: c.status,
    visible: c.visible,
    replyCount: c.replyCount,
  },
  from: sql`${c} where ${portable.among(c.articleId, 'articles')}`,
}));

/** New replies make tombstones of hidden comments, and are counted by those that they answer. */
async function updatePlacements(
  tx: Tx,
  stored: readonly Stored[],
  placed: ReadonlyMap<number, Placement>,
): Promise<void> {
  const { comments } = tx.tables;
  for (const { id, visible, replyCount } of stored) {
    const now = placementOf(placed, id);
    if (now.visible !== visible || now.replyCount !== replyCount) {
      await tx
        .update(comments)
        .set({ visible: now.visible, replyCount: now.replyCount })
        .where(sql`${comments.id} = ${id}`);
    }
  }
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
