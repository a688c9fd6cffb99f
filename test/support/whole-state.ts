import { createHash } from 'node:crypto';
import { getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Database } from '../../src/database';

/** A hash of every row of every table, by the table's name: two alike are one and the same database. */
export async function wholeState(database: Database): Promise<Record<string, string>> {
  const state: Record<string, string> = {};
  for (const table of Object.values(database.tables)) {
    if (!is(table, PgTable) && !is(table, SQLiteTable)) continue;
    const order = Object.values(getTableColumns(table)).map(({ name }) => sql.identifier(name));
    const rows = await database.rows(
      sql`select * from ${table} order by ${sql.join(order.slice(0, 4), sql`, `)}`,
    );
    state[getTableName(table)] =
      `${rows.length} ${createHash('sha256').update(JSON.stringify(rows)).digest('hex')}`;
  }
  return state;
}
