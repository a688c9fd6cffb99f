import { getTableName, sql } from 'drizzle-orm';
import type { Tables, Tx } from './database';

type KeyedTable = Tables['articles' | 'authors' | 'categories' | 'comments' | 'images' | 'topics'];

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

/** After rows were inserted with keys of their own: goes on above the highest of them. */
export async function continueKeys(tx: Tx, table: KeyedTable): Promise<void> {
  if (tx.portable.engine === 'sqlite') return;
  await tx.rows(
    sql`select setval(pg_get_serial_sequence(${getTableName(table)}, 'id'), greatest(max(id), 1), max(id) is not null) from ${table}`,
  );
}
