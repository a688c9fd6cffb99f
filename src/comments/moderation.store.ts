/** What moderators read: the queue, and what is known of a comment and of who wrote it. */
import { type SQL, sql } from 'drizzle-orm';
import { type CommentStatus, prepared, preparedByShape, type QueryTools, type Reader } from '../database';
import type { CommentRow } from './comment';
import { type CommentColumns, commentColumns } from './comment.columns';
import type { QueuePageQuery, QueueQuery } from './moderation.query';

/** Most of what a moderator is shown of one comment. */
export const MAX_EVENTS = 100;
export const MAX_REPORTS = 100;

/** A page of the queue in reading order, and one more where it goes on. */
export function queuePage(reader: Reader, query: QueuePageQuery): Promise<CommentRow[]> {
  const { statuses, reportedOnly, page } = query;
  const shape = `${reportedOnly} ${page.direction} ${page.from !== null}`;
  return pages(shape, (tools) => pageStatement(tools, query))(reader, {
    statuses: [...statuses],
    ...(page.from === null ? {} : { fromSort: page.from.sort, fromKey: page.from.key }),
    limit: page.size + 1,
  });
}

export async function queueLength(reader: Reader, { statuses, reportedOnly }: QueueQuery): Promise<number> {
  const [row] = await lengths[reportedOnly ? 'reported' : 'all'](reader, { statuses: [...statuses] });
  return row?.total ?? 0;
}

const pages = preparedByShape<CommentColumns>();

/** For each status through its index, and then those together. */
function pageStatement({ tables, portable }: QueryTools, { reportedOnly, page }: QueuePageQuery) {
  const forward = page.direction === 'FORWARD';
  const direction = forward ? sql`asc` : sql`desc`;
  const beyond = sql`and (x.created_at, x.id) ${forward ? sql`>` : sql`<`} (${sql.placeholder('fromSort')}, ${sql.placeholder('fromKey')})`;
  const limit = sql`limit ${sql.placeholder('limit')}`;
  const inside = sql`comments as x where x.status = p.value ${isReported(reportedOnly)} ${page.from === null ? sql`` : beyond} order by x.created_at ${direction}, x.id ${direction} ${limit}`;
  const top = portable.joinTop(sql`comments`, 'comments', 'x', inside);
  return {
    select: commentColumns(tables),
    from: sql`${portable.each('statuses', 'p', 'text')} ${top} order by comments.created_at ${direction}, comments.id ${direction} ${limit}`,
  };
}

const length = (reportedOnly: boolean) =>
  prepared<{ statuses: readonly string[] }, { total: SQL<number> }>(({ portable }) => ({
    select: { total: sql<number>`count(*)`.mapWith(Number) },
    from: sql`comments as x where ${portable.among(sql`x.status`, 'statuses')} ${isReported(reportedOnly)}`,
  }));

const lengths = { all: length(false), reported: length(true) };

function isReported(reportedOnly: boolean): SQL {
  return reportedOnly ? sql`and x.report_count > 0` : sql``;
}

/** What is kept of comments beside what everybody may read. */
export const privateRows = prepared(({ tables: { comments: c, commentPrivate: p }, portable }) => ({
  select: {
    ...{ id: c.id, reportCount: c.reportCount },
    reasons: p.reasons,
    emailSealed: sql<string | null>`${p.emailSealed}`,
    emailHash: sql<string | null>`${p.emailHash}`,
    account: sql<string | null>`${p.account}`,
  },
  from: sql`${c} left join ${p} on ${p.commentId} = ${c.id} where ${portable.among(c.id, 'ids')}`,
}));

/** Of each comment the latest ones first, and no more than a moderator is shown: readers decide how many there are. */
export const eventsOfComments = prepared((tools) => {
  const { commentEvents: e } = tools.tables;
  return {
    select: { commentId: e.commentId, at: e.at, actor: e.actor, from: e.from, to: e.to, reason: e.reason },
    from: latestOf(tools, 'comment_events', ['id desc'], MAX_EVENTS),
  };
});

export const reportsOfComments = prepared((tools) => {
  const { commentReports: r } = tools.tables;
  return {
    select: { commentId: r.commentId, at: r.at, reason: r.reason, details: r.details },
    from: latestOf(tools, 'comment_reports', ['at desc', 'reporter'], MAX_REPORTS),
  };
});

export const revisionsOfComments = prepared((tools) => {
  const { commentRevisions: r } = tools.tables;
  return {
    select: { commentId: r.commentId, version: r.version, text: r.text, until: r.until },
    from: latestOf(tools, 'comment_revisions', ['version desc'], MAX_EVENTS),
  };
});

/** The first rows of a table that belong to each of the comments in `ids`. */
function latestOf({ portable }: QueryTools, table: string, order: readonly string[], limit: number): SQL {
  const by = (alias: string) => sql.raw(order.map((each) => `${alias}.${each}`).join(', '));
  const inside = sql`${sql.raw(table)} as x where x.comment_id = p.value order by ${by('x')} limit ${sql.raw(String(limit))}`;
  return sql`${portable.each('ids', 'p', 'int')} ${portable.joinTop(sql.raw(table), table, 'x', inside)} order by ${sql.raw(table)}.comment_id, ${by(table)}`;
}

/** How many comments authors have in which status, by the keyed hash of an address or by account. */
export async function historiesOf(
  reader: Reader,
  names: readonly string[],
): Promise<ReadonlyMap<string, Partial<Record<CommentStatus, number>>>> {
  const found = new Map<string, Partial<Record<CommentStatus, number>>>();
  for (const { name, status, total } of await histories(reader, { names }))
    found.set(name, { ...found.get(name), [status]: total });
  return found;
}

const histories = prepared<
  { names: readonly string[] },
  { name: SQL<string>; status: SQL<CommentStatus>; total: SQL<number> }
>(({ portable }) => ({
  select: {
    name: sql<string>`n.value`,
    status: sql<CommentStatus>`c.status`,
    total: sql<number>`count(*)`.mapWith(Number),
  },
  // A keyed hash is no name of an account.
  from: sql`${portable.each('names', 'n', 'text')} join comment_private as p on p.email_hash = n.value or p.account = n.value join comments as c on c.id = p.comment_id group by n.value, c.status`,
}));
