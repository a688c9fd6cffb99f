import { getTableName, is, Table } from 'drizzle-orm';
import type { Reader } from './database';

/** The name of every table in the schema. */
export function tableNames({ tables }: Reader): string[] {
  return Object.values(tables).flatMap((table) => (is(table, Table) ? [getTableName(table)] : []));
}
