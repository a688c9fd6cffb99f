import type { RequestContext } from '../context';
import { toPage } from '../core/paging';
import { type Connection, connection } from '../graphql/connections';
import { COMMENT_ORDERS, type CommentParent } from './comment.query';
import { Comment, type CommentListArgs } from './comment.type';

/** What comments are listed below, and how many there are. */
export interface Discussion {
  readonly below: CommentParent;
  readonly key: number;
  total(): Promise<number>;
}

/** @throws DatelineError for a bad page or cursor */
export async function commentList(
  { comments }: RequestContext,
  { orderBy, ...args }: CommentListArgs,
  { below, key, total }: Discussion,
): Promise<Connection<Comment>> {
  const order = COMMENT_ORDERS[orderBy];
  return connection({
    slice: await comments.page(below, key, orderBy, toPage(args, order)),
    order,
    position: (row) => ({ sort: row.createdAt, key: row.id }),
    node: (row) => new Comment(row, comments.standing),
    total,
  });
}
