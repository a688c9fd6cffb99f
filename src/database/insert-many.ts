import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { InsertableTable } from './database';

export interface InsertPlan {
  /** `insert into` with the table and the columns. */
  readonly head: string;
  /** The columns that at least one row gives a value for. */
  readonly columns: readonly Column[];
  /** The values of one row in the order of the columns: null where it has none, or the column's default. */
  values(row: Readonly<Record<string, unknown>>): unknown[];
}

/**
 * What both engines need to insert rows as Drizzle would one by one: a key that is absent or undefined takes
 * the column's default.
 */
export function insertPlan(
  table: InsertableTable,
  rows: readonly Readonly<Record<string, unknown>>[],
): InsertPlan {
  const given = Object.entries(getTableColumns(table)).filter(([name]) =>
    rows.some((row) => row[name] !== undefined),
  );
  const columns = given.map(([, column]) => column);
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  return {
    head: `insert into ${quoted(getTableName(table))} (${names})`,
    columns,
    values: (row) => given.map(([name, column]) => row[name] ?? absent(row[name], column)),
  };
}

export function quoted(name: string): string {
  return `"${name}"`;
}

function absent(value: unknown, column: Column): unknown {
  if (value === null || !column.hasDefault) return null;
  if (column.primary) throw new Error('insertMany: give all rows their key, or none of them');
  return column.default;
}
