/**
 * Pages of discussions: of the top levels of several articles, or of the replies to several comments, by one
 * statement. It stops behind the rows of the pages, however many comments there are.
 */
import { type Name, type SQL, sql } from 'drizzle-orm';
import { prepared, preparedByShape, type QueryTools, type Reader } from '../database';
import type { CommentRow } from './comment';
import { type CommentColumns, commentColumns } from './comment.columns';
import type { CommentPageQuery } from './comment.query';

export type ListedComment = CommentRow & { readonly parent: number };

/** The rows of a page of each parent's list in reading order, and one more where a list goes on. */
export function listComments(
  reader: Reader,
  query: CommentPageQuery,
  parents: readonly number[],
): Promise<ListedComment[]> {
  const { below, order, page } = query;
  const shape = `${below} ${order} ${page.direction} ${page.from !== null}`;
  return lists(shape, (tools) => listStatement(tools, query))(reader, {
    keys: [...parents],
    ...(page.from === null ? {} : { fromSort: page.from.sort, fromKey: page.from.key }),
    limit: page.size + 1,
  });
}

const lists = preparedByShape<CommentColumns & { parent: SQL<number> }>();

/** How many comments there are on the top level of each article. Of the replies to a comment, the comment knows. */
export const countThreads = prepared<
  { keys: readonly number[] },
  { parent: SQL<number>; total: SQL<number> }
>(({ portable }) => ({
  select: {
    parent: sql<number>`p.value`,
    total:
      sql<number>`(select count(*) from comments as x where ${belongsTo({ article: sql`p.value` }, sql.identifier('x'))} and x.visible)`.mapWith(
        Number,
      ),
  },
  from: portable.each('keys', 'p', 'int'),
}));

function listStatement({ tables, portable }: QueryTools, query: CommentPageQuery) {
  const { below } = query;
  const columns = commentColumns(tables);
  const pageOf = (alias: string, parent: Parent) =>
    sql`comments as ${sql.identifier(alias)} where ${belongsTo(parent, sql.identifier(alias))} and ${sql.identifier(alias)}.visible ${after(query, sql.identifier(alias))} ${orderBy(query, alias)} limit ${sql.placeholder('limit')}`;
  const only = portable.only?.('keys');
  if (only && below === 'ARTICLE') {
    return {
      select: { ...columns, parent: sql<number>`${only}` },
      from: pageOf('comments', { article: only }),
    };
  }
  const keys = portable.each('keys', 'p', 'int');
  // The index begins with the article, also of replies: an index by parent alone would have SQLite read far more.
  const [parents, asked] =
    below === 'ARTICLE' ? [keys, sql``] : [sql`${keys} cross join comments as o`, sql`where o.id = p.value`];
  const page = pageOf('x', below === 'ARTICLE' ? { article: sql`p.value` } : { comment: 'o' });
  return {
    select: { ...columns, parent: sql<number>`p.value` },
    from: sql`${parents} ${portable.joinTop(sql`comments`, 'comments', 'x', page)} ${asked} ${orderBy(query, 'comments')}`,
  };
}

/** What a list is below: the top of an article's discussion, or the comment under an alias. */
type Parent = { readonly article: SQL } | { readonly comment: string };

function belongsTo(parent: Parent, x: Name): SQL {
  if ('article' in parent) return sql`${x}.article_id = ${parent.article} and ${x}.parent_id is null`;
  const o = sql.identifier(parent.comment);
  return sql`${x}.article_id = ${o}.article_id and ${x}.parent_id = ${o}.id`;
}

function after(query: CommentPageQuery, x: Name): SQL {
  if (query.page.from === null) return sql``;
  const beyond = isDescending(query) ? sql`<` : sql`>`;
  return sql`and (${x}.created_at, ${x}.id) ${beyond} (${sql.placeholder('fromSort')}, ${sql.placeholder('fromKey')})`;
}

/** By the parent first, which all have in common: PostgreSQL does not take "is null" for that, and would sort. */
function orderBy(query: CommentPageQuery, alias: string): SQL {
  const c = sql.identifier(alias);
  const direction = isDescending(query) ? sql`desc` : sql`asc`;
  return sql`order by ${c}.parent_id ${direction}, ${c}.created_at ${direction}, ${c}.id ${direction}`;
}

function isDescending({ order, page }: CommentPageQuery): boolean {
  return (order === 'NEWEST') === (page.direction === 'FORWARD');
}
