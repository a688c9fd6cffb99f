import type { RequestContext } from '../context';
import { type Slice, toPage, toSlice } from '../core/paging';
import { type Connection, connection } from '../graphql/connections';
import type { CommentRow } from './comment';
import { COMMENT_ORDERS, type CommentParent } from './comment.query';
import { Comment, type CommentListArgs } from './comment.type';

/** What comments are listed below, and how many there are. */
export interface Discussion {
  readonly below: CommentParent;
  readonly key: number;
  /** Whether it is known already that there are none: then nobody has to look. */
  readonly isEmpty?: boolean;
  total(): Promise<number>;
}

/** @throws DatelineError for a bad page or cursor */
export function commentList(
  { comments }: RequestContext,
  args: CommentListArgs,
  { below, key, isEmpty = false, total }: Discussion,
): Connection<Comment> | Promise<Connection<Comment>> {
  const order = COMMENT_ORDERS[args.orderBy];
  const page = toPage(args, order);
  const listOf = (slice: Slice<CommentRow>) =>
    connection({
      slice,
      order,
      position: (row) => ({ sort: row.createdAt, key: row.id }),
      node: (row) => new Comment(row, comments.standing),
      total,
    });
  return isEmpty ? listOf(toSlice([], page)) : comments.page(below, key, args.orderBy, page).then(listOf);
}
