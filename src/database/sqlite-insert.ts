import type { Column } from 'drizzle-orm';
import type { InsertableTable } from './database';
import { insertPlan } from './insert-many';
import { storable } from './storable';

/** How rows are inserted into a table: several by one statement, which takes a third less than one by one. */
export interface SqliteInsert {
  readonly atOnce: number;
  /** The statement for `atOnce` rows, and that for one. */
  readonly several: string;
  readonly single: string;
  /** How many values a row has. */
  readonly columns: number;
  /** What is bound for a row. */
  readonly values: (row: Readonly<Record<string, unknown>>) => unknown[];
}

/** More at once gain nothing. */
const AT_ONCE = 16;

export function sqliteInsert(
  table: InsertableTable,
  rows: readonly Readonly<Record<string, unknown>>[],
): SqliteInsert {
  const plan = insertPlan(table, rows);
  const marks = `(${plan.columns.map(() => '?').join(', ')})`;
  const bind = plan.columns.map(binder);
  return {
    atOnce: AT_ONCE,
    several: `${plan.head} values ${Array(AT_ONCE).fill(marks).join(', ')}`,
    single: `${plan.head} values ${marks}`,
    columns: bind.length,
    values: (row) => {
      const values = plan.values(row);
      for (let index = 0; index < values.length; index++) values[index] = bind[index]?.(values[index]);
      return values;
    },
  };
}

/** Texts and numbers are bound as they are; booleans and JSON have a form of their own. */
function binder(column: Column): (value: unknown) => unknown {
  if (column.dataType !== 'boolean' && column.dataType !== 'custom') return storable;
  return (value) => (value === null ? null : storable(column.mapToDriverValue(value)));
}
