import type { GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '../context';
import { type Slice, toPage, toSlice } from '../core/paging';
import { type Connection, connection } from '../graphql/connections';
import { nodeFieldsAndThoseOf, nodeFieldsThroughout } from '../graphql/selection';
import type { CommentRow } from './comment';
import { columnsFor, columnsTogetherFor } from './comment.columns';
import { COMMENT_ORDERS, type ThreadPageQuery } from './comment.query';
import { Comment, type CommentListArgs } from './comment.type';

/** Comments that are listed below something, and how many there are. */
export interface Discussion {
  page(query: ThreadPageQuery): Slice<CommentRow> | Promise<Slice<CommentRow>>;
  /** Whether it is known already that there are none: then nobody has to look. */
  readonly isEmpty?: boolean;
  total(): Promise<number>;
}

const fieldsOf = nodeFieldsAndThoseOf('body');
const fieldsThroughout = nodeFieldsThroughout('body', 'replies');

/** Only what the client asks for is read. @throws DatelineError for a bad page or cursor */
export function commentList(
  { comments: { standing } }: RequestContext,
  args: CommentListArgs,
  info: GraphQLResolveInfo,
  discussion: Discussion,
): Connection<Comment> | Promise<Connection<Comment>> {
  const order = COMMENT_ORDERS[args.orderBy];
  const page = toPage(args, order);
  const listOf = (slice: Slice<CommentRow>) =>
    connection({
      slice,
      order,
      position: (row) => ({ sort: row.createdAt, key: row.id }),
      node: (row) => new Comment(row, standing),
      total: () => discussion.total(),
    });
  if (discussion.isEmpty === true) return listOf(toSlice([], page));
  const fields = fieldsOf(info);
  const columns = columnsFor(fields);
  const together = fields.has('replies') ? columnsTogetherFor(fieldsThroughout(info)) : null;
  const slice = discussion.page({ order: args.orderBy, page, columns, together });
  return slice instanceof Promise ? slice.then(listOf) : listOf(slice);
}
