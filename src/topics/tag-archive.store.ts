/** Articles as they are gone through, and how far a run has come. */
import { sql } from 'drizzle-orm';
import { prepared, type Reader, type Tables, type Tx } from '../database';

/** Where the key of the last article stands until the run is through. */
const MARK = 'topics.tag';

const columns = ({ articles: a }: Tables) => ({
  id: a.id,
  revision: a.revision,
  status: a.status,
  updatedAt: a.updatedAt,
});
type Page = { after: number; limit: number };
export type RowToTag = Awaited<ReturnType<typeof plainRows>>[number];

const page = ({ tables: { articles: a } }: { tables: Tables }) =>
  sql`${a} where ${a.id} > ${sql.placeholder('after')} order by ${a.id} limit ${sql.placeholder('limit')}`;

export const plainRows = prepared<Page, ReturnType<typeof columns>>((reader) => ({
  select: columns(reader.tables),
  from: page(reader),
}));

/** Held, so that on PostgreSQL nobody changes one between its being read and its being tagged. */
export const heldRows = prepared<Page, ReturnType<typeof columns>>((reader) => ({
  select: columns(reader.tables),
  from: sql`${page(reader)} ${reader.portable.forUpdate}`,
}));

export async function countsOf(reader: Reader, from: number): Promise<{ done: number; total: number }> {
  const [row] = await reader.rows<{ done: number; total: number }>(
    sql`select (select count(*) from articles) as total, (select count(*) from articles where id <= ${from}) as done`,
  );
  return { done: Number(row?.done ?? 0), total: Number(row?.total ?? 0) };
}

export async function markOf(reader: Reader): Promise<number> {
  const { settings } = reader.tables;
  const [row] = await reader
    .select({ value: settings.value })
    .from(settings)
    .where(sql`${settings.name} = ${MARK}`);
  return Number(row?.value ?? 0);
}

export async function saveMark(tx: Tx, last: number): Promise<void> {
  const { settings } = tx.tables;
  const value = String(last);
  await tx
    .insert(settings)
    .values({ name: MARK, value })
    .onConflictDoUpdate({ target: settings.name, set: { value } });
}

export async function forgetMark(tx: Tx): Promise<void> {
  const { settings } = tx.tables;
  await tx.delete(settings).where(sql`${settings.name} = ${MARK}`);
}
