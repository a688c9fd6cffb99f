/** Comments that are read before they are asked for: those below a page of threads, while they are few. */
import { type Slice, toSlice } from '../core/paging';
import type { Reader } from '../database';
import type { CommentRow } from './comment';
import type { CommentColumn } from './comment.columns';
import { allComments, allReplies, threadsOf } from './comment.listing';
import type { CommentPlace, Discussed, ThreadPageQuery } from './comment.query';

/** Of a discussion that has no more comments than so many of its pages, all are read at once. */
const WHOLE = 2;
/** All replies to a page of threads are read where there are no more than so many to each of them, as most often. */
const REPLIES = 4;

const NONE: readonly CommentRow[] = [];

/** The pages of one article's discussion, and what was read with them. */
export class ReadAhead {
  /** By the row that they are below: each way of asking for it has rows of its own, with columns of their own. */
  private readonly below = new Map<CommentRow, readonly CommentRow[]>();

  constructor(private readonly reader: Reader) {}

  /** The rows of a page in reading order, and one more where it goes on. */
  async threads({ id, commentCount }: Discussed, query: ThreadPageQuery): Promise<readonly CommentRow[]> {
    const { together, page } = query;
    if (together === null) return threadsOf(this.reader, query, id);
    const most = page.size * WHOLE;
    if (commentCount <= most) {
      const whole = await allComments(this.reader, together, { article: id, limit: most + 1 });
      // Tombstones are among them, which nobody counts.
      if (whole.length <= most) return partOf(this.keep(whole), query);
    }
    const threads = await threadsOf(this.reader, query, id);
    await this.readBelow(id, threads, together);
    return threads;
  }

  /** A page of the replies to a comment, where they are at hand; else null. */
  replies(to: CommentRow, place: CommentPlace): Slice<CommentRow> | null {
    const replies = to.replyCount === 0 ? NONE : this.below.get(to);
    return replies === undefined ? null : toSlice(partOf(replies, place), place.page);
  }

  private async readBelow(
    article: number,
    threads: readonly CommentRow[],
    columns: readonly CommentColumn[],
  ): Promise<void> {
    const above = threads.filter(({ replyCount }) => replyCount > 0);
    const count = above.reduce((sum, { replyCount }) => sum + replyCount, 0);
    if (count === 0 || count > threads.length * REPLIES) return;
    const replies = await allReplies(this.reader, columns, { article, comments: above.map(({ id }) => id) });
    const byParent = byParentOf(replies);
    for (const thread of above) this.below.set(thread, byParent.get(thread.id) ?? []);
  }

  /** Keeps what is below each comment of a discussion; those below none are returned. */
  private keep(whole: readonly CommentRow[]): readonly CommentRow[] {
    const byParent = byParentOf(whole);
    for (const row of whole) if (row.replyCount > 0) this.below.set(row, byParent.get(row.id) ?? []);
    return byParent.get(null) ?? [];
  }
}

/** Of all the rows of a list, the oldest first, those that a statement would read for a page: one more where it goes on. */
function partOf(all: readonly CommentRow[], { order, page }: CommentPlace): readonly CommentRow[] {
  const { from, size, direction } = page;
  const isDescending = (order === 'NEWEST') === (direction === 'FORWARD');
  const rows = isDescending ? all.toReversed() : all;
  const sign = isDescending ? -1 : 1;
  const beyond =
    from === null
      ? rows
      : rows.filter(({ createdAt, id }) => sign * (createdAt - Number(from.sort) || id - from.key) > 0);
  return beyond.length <= size + 1 ? beyond : beyond.slice(0, size + 1);
}

function byParentOf(rows: readonly CommentRow[]): ReadonlyMap<number | null, readonly CommentRow[]> {
  const groups = new Map<number | null, CommentRow[]>();
  for (const row of rows) {
    const group = groups.get(row.parentId);
    if (group) group.push(row);
    else groups.set(row.parentId, [row]);
  }
  return groups;
}
