import type { Instant } from '../core/clock';
import type { CommentAuthorKind, CommentStatus } from '../database';

/** New replies are at most this deep; imported threads keep the depth they have. */
export const MAX_REPLY_DEPTH = 6;

/** A comment as it comes from elsewhere, with the state that it had there. */
export interface ImportedComment {
  readonly articleId: number;
  /** The key of the comment that it answers: one that is stored, or `key` of one that is imported with it. */
  readonly parentId: number | null;
  readonly authorName: string;
  readonly authorKind: CommentAuthorKind;
  readonly status: CommentStatus;
  readonly text: string;
  readonly html: string;
  readonly createdAt: Instant;
  /** Kept apart and never shown. */
  readonly email: string | null;
  readonly ip: string | null;
}

/** What decides where a comment stands in its thread. */
export interface ThreadedComment {
  readonly id: number;
  readonly parentId: number | null;
  readonly status: CommentStatus;
}

export interface Placement {
  readonly rootId: number;
  readonly depth: number;
  /** Approved, or a tombstone that holds approved replies together. */
  readonly visible: boolean;
  /** Visible direct replies. */
  readonly replyCount: number;
}

/**
 * Where every comment of a discussion stands. A parent that is not in the discussion, or that answers its own
 * reply, is as good as none.
 */
export function placements(discussion: readonly ThreadedComment[]): Map<number, Placement> {
  const byId = new Map(discussion.map((comment) => [comment.id, comment]));
  const lines = new Map(discussion.map((comment) => [comment.id, lineOf(comment, byId)]));
  const visible = new Set<number>();
  for (const { id, status } of discussion) {
    if (status === 'APPROVED') for (const above of [id, ...(lines.get(id) ?? [])]) visible.add(above);
  }
  const replies = new Map<number, number>();
  for (const { id } of discussion) {
    const parent = lines.get(id)?.[0];
    if (parent !== undefined && visible.has(id)) replies.set(parent, (replies.get(parent) ?? 0) + 1);
  }
  return new Map(
    discussion.map(({ id }) => {
      const line = lines.get(id) ?? [];
      return [
        id,
        {
          rootId: line.at(-1) ?? id,
          depth: line.length,
          visible: visible.has(id),
          replyCount: replies.get(id) ?? 0,
        },
      ];
    }),
  );
}

/** The comments above, from the parent up. */
function lineOf(comment: ThreadedComment, byId: ReadonlyMap<number, ThreadedComment>): number[] {
  const line: number[] = [];
  const seen = new Set([comment.id]);
  for (let parent = comment.parentId; parent !== null; parent = byId.get(parent)?.parentId ?? null) {
    if (!byId.has(parent) || seen.has(parent)) break;
    seen.add(parent);
    line.push(parent);
  }
  return line;
}
