import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import type { InsertableTable } from './database';

export interface InsertPlan {
  /** `insert into` with the table and the columns. */
  readonly head: string;
  /** The columns that at least one row gives a value for. */
  readonly columns: readonly Column[];
  /** The same by the names of the rows, with what a row has that gives no value: the column's default, or null. */
  readonly given: ReadonlyMap<string, { readonly column: Column; absent(): unknown }>;
  /** The values of one row in the order of the columns. */
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
  const given = new Map(
    Object.entries(getTableColumns(table))
      .filter(([name]) => rows.some((row) => row[name] !== undefined))
      .map(([name, column]) => [name, { column, absent: () => absent(column) }]),
  );
  const columns = [...given.values()].map(({ column }) => column);
  const names = columns.map(({ name }) => quoted(name)).join(', ');
  return {
    head: `insert into ${quoted(getTableName(table))} (${names})`,
    columns,
    given,
    values: (row) =>
      [...given].map(([name, { column }]) => {
        const value = row[name];
        return value === undefined ? absent(column) : value;
      }),
  };
}

export function quoted(name: string): string {
  return `"${name}"`;
}

function absent(column: Column): unknown {
  if (!column.hasDefault) return null;
  if (column.primary) throw new Error('insertMany: give all rows their key, or none of them');
  return column.default;
}
