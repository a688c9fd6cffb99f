import type { GraphQLResolveInfo } from 'graphql';
import { type ListOrder, type Position, type Slice, toPage } from '../core/paging';
import { type Connection, type ConnectionSource, connection } from '../graphql/connections';
import { nodeFieldsAndThoseOf, nodeFieldsThroughout, standsAlone } from '../graphql/selection';
import type { CommentRow } from './comment';
import { columnsFor, columnsTogetherFor } from './comment.columns';
import { COMMENT_ORDERS, type CommentPlace, type ThreadPageQuery } from './comment.query';
import { Comment, type CommentListArgs } from './comment.type';
import type { Standing } from './comment.visibility';

/** Comments that are listed below something, and how many there are. */
export interface Discussion {
  /** What need not be read any more; null for what has to be. */
  atHand(place: CommentPlace): Slice<CommentRow> | null;
  page(query: ThreadPageQuery): Promise<Slice<CommentRow>>;
  total(): Promise<number>;
}

const fieldsOf = nodeFieldsAndThoseOf('body');
const fieldsThroughout = nodeFieldsThroughout('body', 'replies');

/** Only what the client asks for is read. @throws DatelineError for a bad page or cursor */
export function commentList(
  standing: Standing,
  args: CommentListArgs,
  info: GraphQLResolveInfo,
  discussion: Discussion,
): Connection<Comment> | Promise<Connection<Comment>> {
  const order = COMMENT_ORDERS[args.orderBy];
  const page = toPage(args, order);
  const listOf = (slice: Slice<CommentRow>) =>
    connection(new ListedComments(slice, order, standing, discussion));
  const atHand = discussion.atHand({ order: args.orderBy, page });
  if (atHand) return listOf(atHand);
  const fields = fieldsOf(info);
  const columns = columnsFor(fields);
  const together = fields.has('replies') ? columnsTogetherFor(fieldsThroughout(info)) : null;
  const isAlone = standsAlone(info);
  return discussion.page({ order: args.orderBy, page, columns, together, isAlone }).then(listOf);
}

/** A class, where an object with functions of its own would do: a page has a list of replies to each of its comments. */
class ListedComments implements ConnectionSource<CommentRow, Comment> {
  constructor(
    readonly slice: Slice<CommentRow>,
    readonly order: ListOrder,
    private readonly standing: Standing,
    private readonly discussion: Discussion,
  ) {}

  position({ createdAt, id }: CommentRow): Position {
    return { sort: createdAt, key: id };
  }

  node(row: CommentRow): Comment {
    return new Comment(row, this.standing);
  }

  total(): Promise<number> {
    return this.discussion.total();
  }
}
