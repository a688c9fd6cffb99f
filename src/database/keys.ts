import { getTableName, sql } from 'drizzle-orm';
import type { Reader, Tables, Tx } from './database';

export type KeyedTable = Tables[
  | 'apiKeys'
  | 'articles'
  | 'authors'
  | 'categories'
  | 'collections'
  | 'comments'
  | 'images'
  | 'topics'];

/**
 * Keys for rows that are about to be inserted, in rising order, so that rows which refer to one another can be
 * written in bulk. They are never given out again, even if the transaction is rolled back (PostgreSQL) or only
 * then (SQLite, whose next writer finds them unused).
 */
export async function reserveKeys(tx: Tx, table: KeyedTable, count: number): Promise<number[]> {
  if (count === 0) return [];
  const name = getTableName(table);
  if (tx.portable.engine === 'postgres') {
    const rows = await tx.rows<{ key: number }>(
      sql`select nextval(pg_get_serial_sequence(${name}, 'id')) as key from generate_series(1, ${count})`,
    );
    return rows.map(({ key }) => key);
  }
  // SQLite has one writer, and AUTOINCREMENT remembers the highest key ever used, also of deleted rows.
  const [last] = await tx.rows<{ key: number }>(
    sql`select seq as key from sqlite_sequence where name = ${name}`,
  );
  const first = (last?.key ?? 0) + 1;
  return Array.from({ length: count }, (_, index) => first + index);
}

/** The highest key that was ever given out for the table, also to a row that is gone; 0 where none was. */
export async function lastKey(reader: Reader, table: KeyedTable): Promise<number> {
  const name = getTableName(table);
  const [last] = await reader.rows<{ key: number }>(
    reader.portable.engine === 'postgres'
      ? sql`select coalesce(pg_sequence_last_value(pg_get_serial_sequence(${name}, 'id')::regclass), 0) as key`
      : sql`select seq as key from sqlite_sequence where name = ${name}`,
  );
  return last?.key ?? 0;
}

/**
 * After rows were inserted with keys of their own: goes on above the highest of them, and above `last`, the
 * highest that was given out where they come from.
 */
export async function continueKeys(tx: Tx, table: KeyedTable, last = 0): Promise<void> {
  const name = getTableName(table);
  if (tx.portable.engine === 'postgres') {
    await tx.rows(
      sql`select setval(pg_get_serial_sequence(${name}, 'id'), greatest(max(id), ${last}::bigint, 1), max(id) is not null or ${last}::bigint > 0) from ${table}`,
    );
    return;
  }
  // SQLite has seen the keys of the rows itself. It makes its note of a table with the table's first row.
  await tx.execute(sql`update sqlite_sequence set seq = ${last} where name = ${name} and seq < ${last}`);
  await tx.execute(
    sql`insert into sqlite_sequence (name, seq) select ${name}, ${last} where ${last} > 0 and not exists (select 1 from sqlite_sequence where name = ${name})`,
  );
}
