/**
 * Pages of discussions: of the top levels of several articles, or of the replies to several comments, by one
 * statement. It stops behind the rows of the pages, however many comments there are. What is known to be little is read whole.
 */
import { type Name, type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { columnsKey } from '../core/columns';
import { only, prepared, preparedByShape, type QueryTools, type Reader } from '../database';
import type { CommentRow } from './comment';
import { type CommentColumn, type CommentColumns, commentColumns } from './comment.columns';
import type { CommentPageQuery } from './comment.query';

export type ListedComment = CommentRow & { readonly parent: number };

/** The rows of a page of an article's threads in reading order, and one more where they go on. */
export function threadsOf(reader: Reader, query: CommentPageQuery, article: number): Promise<CommentRow[]> {
  const statement = ofOne(`THREADS ${shapeOf(query)}`, ({ tables }) => ({
    select: only(commentColumns(tables), query.columns),
    from: pageOf(query, 'comments', { article: sql.placeholder('article') }),
  }));
  const { from, size } = query.page;
  const limit = size + 1;
  // Written out, as whatever is made for every request.
  return statement(
    reader,
    from === null ? { article, limit } : { article, limit, fromSort: from.sort, fromKey: from.key },
  );
}

/** The same of each of several articles. */
export function threadsOfEach(
  reader: Reader,
  query: CommentPageQuery,
  articles: readonly number[],
): Promise<ListedComment[]> {
  return lists(`ARTICLE ${shapeOf(query)}`, (tools) => threadsStatement(tools, query))(reader, {
    keys: [...articles],
    ...limits(query),
  });
}

/** The same of the replies to each comment. */
export function listReplies(
  reader: Reader,
  query: CommentPageQuery,
  comments: readonly number[],
): Promise<ListedComment[]> {
  return lists(`COMMENT ${shapeOf(query)}`, (tools) => repliesStatement(tools, query))(reader, {
    keys: [...comments],
    ...limits(query),
  });
}

/** All replies to comments of one article, the oldest first below each: takes two thirds of reading so many to each. */
export function allReplies(
  reader: Reader,
  columns: readonly CommentColumn[],
  { article, comments }: { readonly article: number; readonly comments: readonly number[] },
): Promise<CommentRow[]> {
  return ofOne(`REPLIES ${columnsKey(columns)}`, (tools) => allRepliesStatement(tools, columns))(reader, {
    article,
    keys: comments,
  });
}

/** All comments on an article, the oldest first of those below the same: but no more than `limit`. */
export function allComments(
  reader: Reader,
  columns: readonly CommentColumn[],
  { article, limit }: { readonly article: number; readonly limit: number },
): Promise<CommentRow[]> {
  return ofOne(`WHOLE ${columnsKey(columns)}`, (tools) => wholeStatement(tools, columns))(reader, {
    article,
    limit,
  });
}

/** Of several articles or comments, each row with whose it is; and of one. */
const lists = preparedByShape<CommentColumns & { parent: SQL<number> }>();
const ofOne = preparedByShape<CommentColumns>();

function shapeOf({ order, page, columns }: CommentPageQuery): string {
  return `${order} ${page.direction} ${page.from !== null} ${columnsKey(columns)}`;
}

function limits({ page }: CommentPageQuery) {
  const { from, size } = page;
  return { ...(from === null ? {} : { fromSort: from.sort, fromKey: from.key }), limit: size + 1 };
}

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

function threadsStatement({ tables, portable }: QueryTools, query: CommentPageQuery) {
  const page = pageOf(query, 'x', { article: sql`p.value` });
  return {
    select: { ...only(commentColumns(tables), query.columns), parent: sql<number>`p.value` },
    from: sql`${portable.each('keys', 'p', 'int')} ${portable.joinTop(sql`comments`, 'comments', 'x', page)} ${orderBy(query, 'comments')}`,
  };
}

/** The index begins with the article, also of replies: an index by parent alone would have SQLite read far more. */
function repliesStatement({ tables, portable }: QueryTools, query: CommentPageQuery) {
  const page = pageOf(query, 'x', { comment: 'o' });
  return {
    select: { ...only(commentColumns(tables), query.columns), parent: sql<number>`p.value` },
    from: sql`${portable.each('keys', 'p', 'int')} cross join comments as o ${portable.joinTop(sql`comments`, 'comments', 'x', page)} where o.id = p.value ${orderBy(query, 'comments')}`,
  };
}

function allRepliesStatement({ tables, portable }: QueryTools, columns: readonly CommentColumn[]) {
  const { comments: c } = tables;
  return {
    select: only(commentColumns(tables), columns),
    from: sql`${c} where ${c.articleId} = ${sql.placeholder('article')} and ${portable.among(c.parentId, 'keys')} and ${c.visible} ${inOrder(c)}`,
  };
}

function wholeStatement({ tables }: QueryTools, columns: readonly CommentColumn[]) {
  const { comments: c } = tables;
  return {
    select: only(commentColumns(tables), columns),
    from: sql`${c} where ${c.articleId} = ${sql.placeholder('article')} and ${c.visible} ${inOrder(c)} limit ${sql.placeholder('limit')}`,
  };
}

/** That of the index by parents, of those of one article. */
function inOrder({ parentId, createdAt, id }: QueryTools['tables']['comments']): SQL {
  return sql`order by ${parentId}, ${createdAt}, ${id}`;
}

/** What a list is below: the top of an article's discussion, or the comment under an alias. */
type Parent = { readonly article: SQLWrapper } | { readonly comment: string };

function pageOf(query: CommentPageQuery, alias: string, parent: Parent): SQL {
  const x = sql.identifier(alias);
  return sql`comments as ${x} where ${belongsTo(parent, x)} and ${x}.visible ${after(query, x)} ${orderBy(query, alias)} limit ${sql.placeholder('limit')}`;
}

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
