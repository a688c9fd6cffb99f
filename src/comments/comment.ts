import type { Instant } from '../core/clock';
import type { Sender } from '../core/sender';
import type { CommentAuthorKind, CommentStatus } from '../database';

/** New replies are at most this deep; imported threads keep the depth they have. */
export const MAX_REPLY_DEPTH = 6;

/** A comment as lists and lookups read it: nothing in it tells who the person behind the name is. */
export interface CommentRow {
  readonly id: number;
  readonly articleId: number;
  readonly parentId: number | null;
  readonly depth: number;
  readonly authorName: string;
  readonly authorKind: CommentAuthorKind;
  readonly status: CommentStatus;
  readonly visible: boolean;
  readonly replyCount: number;
  readonly text: string;
  readonly html: string;
  readonly createdAt: Instant;
  readonly editedAt: Instant | null;
  readonly featured: boolean;
  readonly version: number;
}

/** A comment as it comes from elsewhere, with the state that it had there. The sender is kept apart and never shown. */
export interface ImportedComment extends Sender {
  readonly articleId: number;
  /** The key of the comment that it answers: one that is stored, or `key` of one that is imported with it. */
  readonly parentId: number | null;
  readonly authorName: string;
  readonly authorKind: CommentAuthorKind;
  readonly status: CommentStatus;
  readonly text: string;
  readonly html: string;
  readonly createdAt: Instant;
}

/** What decides where a comment stands in its thread. */
export interface ThreadedComment {
  readonly id: number;
  readonly parentId: number | null;
  readonly status: CommentStatus;
}

export interface Placement {
  /** The comment that it answers, if that is there. */
  readonly parentId: number | null;
  readonly rootId: number;
  readonly depth: number;
  /** Approved, or a tombstone that holds approved replies together. */
  readonly visible: boolean;
  /** Visible direct replies. */
  readonly replyCount: number;
}

/**
 * Where every comment of a discussion stands. A parent that is not in the discussion, or that answers its own
 * reply, is as good as none. The time is linear, however deep the threads are.
 */
export function placements(discussion: readonly ThreadedComment[]): Map<number, Placement> {
  const parents = parentsOf(discussion);
  const visible = visibleOf(discussion, parents);
  const replies = new Map<number, number>();
  for (const id of visible) {
    const parent = parents.get(id) ?? null;
    if (parent !== null) replies.set(parent, (replies.get(parent) ?? 0) + 1);
  }
  const placed = new Map<number, Placement>();
  for (const { id } of discussion) {
    for (const each of lineOf(id, parents, placed).reverse()) {
      const parentId = parents.get(each) ?? null;
      const parent = parentId === null ? undefined : placed.get(parentId);
      placed.set(each, {
        parentId,
        rootId: parent?.rootId ?? each,
        depth: parent === undefined ? 0 : parent.depth + 1,
        visible: visible.has(each),
        replyCount: replies.get(each) ?? 0,
      });
    }
  }
  return placed;
}

type Parents = ReadonlyMap<number, number | null>;

/** Each comment's parent, without those that are not there and without circles. */
function parentsOf(discussion: readonly ThreadedComment[]): Parents {
  const present = new Set(discussion.map(({ id }) => id));
  const parents = new Map(
    discussion.map(({ id, parentId }) => [id, parentId !== null && present.has(parentId) ? parentId : null]),
  );
  const walks = new Map<number, number>();
  for (const [walk, { id }] of discussion.entries()) {
    let at: number | null = id;
    while (at !== null && !walks.has(at)) {
      walks.set(at, walk);
      at = parents.get(at) ?? null;
    }
    // Back where this very walk has been: every comment of the circle goes to the top.
    for (let next = at; next !== null && walks.get(next) === walk; ) {
      const above: number | null = parents.get(next) ?? null;
      parents.set(next, null);
      next = above;
    }
  }
  return parents;
}

function visibleOf(discussion: readonly ThreadedComment[], parents: Parents): Set<number> {
  const visible = new Set<number>();
  for (const { id, status } of discussion) {
    if (status !== 'APPROVED') continue;
    for (let at: number | null = id; at !== null && !visible.has(at); at = parents.get(at) ?? null) {
      visible.add(at);
    }
  }
  return visible;
}

/** The comment and those above it that have no place yet, from below. */
function lineOf(id: number, parents: Parents, placed: ReadonlyMap<number, Placement>): number[] {
  const line: number[] = [];
  for (let at: number | null = id; at !== null && !placed.has(at); at = parents.get(at) ?? null)
    line.push(at);
  return line;
}
