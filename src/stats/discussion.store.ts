/** How much was discussed, and how long it took to decide about what waited. */
import { sql } from 'drizzle-orm';
import type { Period } from '../core/calendar';
import { type CommentStatus, type Reader, toJson } from '../database';
import { bucketTable, type Count, placed } from './stats.store';

export const STATUSES: readonly CommentStatus[] = ['APPROVED', 'PENDING', 'REJECTED', 'SPAM', 'DELETED'];

/** The comments that were written in each of the buckets, by the status that they have now. */
export async function countComments(
  reader: Reader,
  buckets: readonly Period[],
): Promise<Count<CommentStatus>[]> {
  const { portable } = reader;
  return reader.rows(
    sql`with counted as materialized (
      select s.value as key, b.place as place, (select count(*) from comments as x where x.status = s.value and x.created_at >= b.start and x.created_at < b.until) as total
      from ${portable.each('statuses', 's', 'text')} cross join ${bucketTable(portable)}
    ) select key, place, total from counted where total > 0`,
    { statuses: STATUSES, buckets: toJson(placed(buckets)) },
  );
}

/** The articles below which most was written that everybody can read; of equal ones those that came first. */
export async function mostDiscussed(
  reader: Reader,
  { from, to }: Period,
  limit: number,
): Promise<{ id: number; total: number }[]> {
  return reader.rows(
    sql`select x.article_id as id, count(*) as total from comments as x
        where x.status = 'APPROVED' and x.created_at >= ${from} and x.created_at < ${to}
        group by x.article_id order by total desc, id limit ${limit}`,
  );
}

/**
 * Milliseconds from when a comment was written to a person's decision about it while it waited: the (lower) median
 * of the decisions of a period. Null where there was none.
 */
export async function medianWait(reader: Reader, { from, to }: Period): Promise<number | null> {
  const [row] = await reader.rows<{ wait: number }>(
    sql`select wait from (
          select e.at - c.created_at as wait, row_number() over (order by e.at - c.created_at) as place, count(*) over () as total
          from comment_events as e join comments as c on c.id = e.comment_id
          where e.at >= ${from} and e.at < ${to} and e.from_status = 'PENDING' and e.to_status <> 'DELETED'
        ) as waits where place = (total + 1) / 2`,
  );
  return row?.wait ?? null;
}
