/** The revisions of articles, the present ones included: who made them, when and by what. */
import { type SQL, sql } from 'drizzle-orm';
import type { ListOrder, Page } from '../../core/paging';
import { prepared, preparedByShape, type Reader, type RowOf, type Tables } from '../../database';

/** The newest first. */
export const HISTORY_ORDER: ListOrder = { name: 'REVISIONS', sort: 'integer' };

const columns = ({ articleRevisions: r }: Tables) => ({
  parent: r.articleId,
  revision: r.revision,
  at: r.at,
  op: r.op,
  actor: r.actor,
  title: r.title,
});

export type RevisionRow = RowOf<ReturnType<typeof columns>>;

/** For each article the rows of its page in reading order, and one more where the list goes on. */
export async function historyPages(
  reader: Reader,
  articles: readonly number[],
  page: Page,
): Promise<RevisionRow[]> {
  const { direction, from, size } = page;
  const params = { articles, limit: size + 1, ...(from === null ? {} : { from: from.key }) };
  const superseded = await pages(`${direction} ${from !== null}`, ({ tables, portable }) => {
    const beyond = direction === 'FORWARD' ? sql`<` : sql`>`;
    const bound = from === null ? sql`` : sql`and x.revision ${beyond} ${sql.placeholder('from')}`;
    const order = direction === 'FORWARD' ? sql`desc` : sql`asc`;
    const pick = sql`article_revisions as x where x.article_id = p.value ${bound} order by x.revision ${order} limit ${sql.placeholder('limit')}`;
    const top = portable.joinTop(sql`${tables.articleRevisions}`, 'article_revisions', 'x', pick);
    return {
      select: columns(tables),
      from: sql`${portable.each('articles', 'p', 'int')} ${top} order by article_revisions.article_id, article_revisions.revision ${order}`,
    };
  })(reader, params);
  const present = (await presentRevisions(reader, { articles })).filter(
    ({ revision }) => from === null || (direction === 'FORWARD' ? revision < from.key : revision > from.key),
  );
  return direction === 'FORWARD' ? [...present, ...superseded] : [...superseded, ...present];
}

const pages = preparedByShape<ReturnType<typeof columns>>();

const presentRevisions = prepared(({ tables: { articles: a }, portable }) => ({
  select: {
    parent: a.id,
    revision: a.revision,
    at: a.revisedAt,
    op: a.revisedOp,
    actor: a.revisedBy,
    title: a.title,
  },
  from: sql`${a} where ${portable.among(a.id, 'articles')}`,
}));

/** How many revisions the articles have, the present ones included. */
export const countRevisions = prepared<
  { articles: readonly number[] },
  { parent: SQL<number>; total: SQL<number> }
>(({ portable }) => ({
  select: {
    parent: sql<number>`p.value`,
    total: sql<number>`1 + (select count(*) from article_revisions as x where x.article_id = p.value)`,
  },
  from: sql`${portable.each('articles', 'p', 'int')}`,
}));
