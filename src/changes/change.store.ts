import { type SQL, sql } from 'drizzle-orm';
import { type ChangeEntity, prepared, type Reader, type Tables } from '../database';
import { type ChangeEntry, ChangesLost } from './change';

const columns = ({ changes: c }: Tables) => ({
  seq: c.seq,
  at: c.at,
  entity: c.entity,
  entityId: c.entityId,
  op: c.op,
  revision: c.revision,
  actor: c.actor,
  payload: c.payload,
});

const entriesAfter = prepared<{ after: number; limit: number }, ReturnType<typeof columns>>(({ tables }) => ({
  select: columns(tables),
  from: sql`${tables.changes} where ${tables.changes.seq} > ${sql.placeholder('after')} order by ${tables.changes.seq} limit ${sql.placeholder('limit')}`,
}));

/** A page of entries first, by their numbers: an index of the kind would read all that ever happened to it. */
const keysAfter = prepared<
  { after: number; limit: number; each: readonly ChangeEntity[]; whole: readonly ChangeEntity[] },
  { entity: SQL<ChangeEntity>; id: SQL<number> }
>(({ tables: { changes: c }, portable }) => ({
  select: { entity: sql<ChangeEntity>`e.entity`, id: sql<number>`e.entity_id` },
  from: sql`(select ${c.entity}, ${c.entityId} from ${c} where ${c.seq} > ${sql.placeholder('after')} order by ${c.seq} limit ${sql.placeholder('limit')}) as e where ${portable.among(sql`e.entity`, 'each')} or (e.entity_id = 0 and ${portable.among(sql`e.entity`, 'whole')})`,
}));

const heads = prepared<Record<string, never>, { seq: SQL<number> }>(({ tables }) => ({
  select: { seq: sql<number>`${tables.feedHead.seq}` },
  from: sql`${tables.feedHead}`,
}));

/** The same as `headOfLog` gives, as a column of any statement: as of the very instant that its rows are of. */
export const headOfLogSql =
  sql<number>`coalesce((select feed_head.seq from feed_head where feed_head.id = 1), 0)`.mapWith(Number);

/** The number of the last entry; 0 where there was none. */
export async function headOfLog(reader: Reader): Promise<number> {
  return (await heads(reader, {}))[0]?.seq ?? 0;
}

/**
 * The entries after the one with the number `after`, at most `limit`, in the order of commits. None means that
 * there is none yet: the numbers have no gaps, so that a reader that goes on from the last one misses nothing.
 * @throws ChangesLost where the log does not go on after `after`
 */
export async function readChanges(reader: Reader, after: number, limit: number): Promise<ChangeEntry[]> {
  const head = await headOfLog(reader);
  if (head === after) return [];
  const entries = head < after ? [] : await entriesAfter(reader, { after, limit });
  if (entries[0]?.seq !== after + 1) throw new ChangesLost(after, head);
  return entries;
}

/** Kinds of things of which somebody wants to know what happens to each, and those of which what happens to all at once. */
export interface Wanted {
  readonly each: readonly ChangeEntity[];
  /** What is told under the key zero. */
  readonly whole?: readonly ChangeEntity[];
}

/**
 * Which things of some kinds the entries after the one with the number `after` tell of, and the number of the last entry
 * that was looked at, at most `limit` further on: for who wants to know no more, and has many others to pass over.
 * @throws ChangesLost where the log does not go on after `after`
 */
export async function readChanged(
  reader: Reader,
  { each, whole = [] }: Wanted,
  after: number,
  limit: number,
): Promise<{ readonly changed: readonly Changed[]; readonly last: number }> {
  const head = await headOfLog(reader);
  if (head === after) return { changed: [], last: after };
  const [next] = head < after ? [] : await entriesAfter(reader, { after, limit: 1 });
  if (next?.seq !== after + 1) throw new ChangesLost(after, head);
  // The numbers have no gaps.
  const last = Math.min(after + limit, head);
  return { changed: await keysAfter(reader, { after, limit: last - after, each, whole }), last };
}

export interface Changed {
  readonly entity: ChangeEntity;
  readonly id: number;
}
