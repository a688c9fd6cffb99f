import { type Column, getTableColumns, sql } from 'drizzle-orm';
import type { Tx } from './database';
import { insertPlan } from './insert-many';
import type { KeyedTable } from './keys';
import type { RowType } from './portable-sql';
import { storableText, toJson } from './storable';

export interface Found {
  readonly id: number;
  /** Whether it was inserted now. */
  readonly isNew: boolean;
}

/**
 * Inserts the rows whose `key`, a unique column of text, nobody has yet, and returns the keys of all, each once, with
 * what now stands under it. Of two rows with one key the first counts. On PostgreSQL two transactions that insert the
 * same at once get along: the second waits, and finds the row of the first.
 */
export async function insertMissing<T extends KeyedTable>(
  tx: Tx,
  table: T,
  key: string & keyof T['$inferInsert'],
  rows: readonly T['$inferInsert'][],
): Promise<Map<string, Found>> {
  const column = Object.entries(getTableColumns(table)).find(([name]) => name === key)?.[1];
  if (!column) throw new Error(`There is no column ${key}`);
  // As the database will have them: what it cannot hold is replaced.
  const stored = new Map(rows.map((row) => [String(row[key]), storableText(String(row[key]))]));
  const wanted = new Map<string, T['$inferInsert']>();
  for (const row of rows) {
    const name = stored.get(String(row[key])) ?? '';
    if (!wanted.has(name)) wanted.set(name, row);
  }
  const found = new Map<string, Found>();
  const note = (named: readonly Named[], isNew: Found['isNew']) => {
    for (const { id, name } of named) found.set(name, { id, isNew });
  };
  const left = () => [...wanted.keys()].filter((name) => !found.has(name));
  note(await present(tx, table, column, left()), false);
  note(
    await insert(
      tx,
      table,
      column,
      [...wanted].flatMap(([name, row]) => (found.has(name) ? [] : row)),
    ),
    true,
  );
  // What somebody else has inserted in the meantime.
  note(await present(tx, table, column, left()), false);
  return new Map(
    [...stored].flatMap(([given, name]): [string, Found][] => {
      const at = found.get(name);
      return at ? [[given, at]] : [];
    }),
  );
}

interface Named {
  readonly id: number;
  readonly name: string;
}

async function present(
  tx: Tx,
  table: KeyedTable,
  column: Column,
  names: readonly string[],
): Promise<Named[]> {
  if (names.length === 0) return [];
  return tx.rows<Named>(
    sql`select id, ${column} as name from ${table} where ${tx.portable.among(sql`${column}`, 'names')}`,
    { names },
  );
}

async function insert(
  tx: Tx,
  table: KeyedTable,
  column: Column,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<Named[]> {
  if (rows.length === 0) return [];
  const plan = insertPlan(table, rows);
  const names = sql.join(
    plan.columns.map(({ name }) => sql.identifier(name)),
    sql`, `,
  );
  const types = Object.fromEntries(plan.columns.map((each) => [each.name, rowType(each)]));
  const values = rows.map((row) => {
    const each = plan.values(row);
    return Object.fromEntries(plan.columns.map(({ name }, index) => [name, each[index]]));
  });
  const key = sql.identifier(column.name);
  return tx.rows<Named>(
    sql`insert into ${table} (${names}) select ${names} from ${tx.portable.rows('rows', 'r', types)} where true on conflict (${key}) do nothing returning id, ${key} as name`,
    { rows: toJson(values) },
  );
}

/** Of the columns that tables with a key have: no JSON is among those that are inserted here. */
function rowType(column: Column): RowType {
  if (column.dataType === 'boolean') return 'boolean';
  if (column.dataType !== 'number') return 'text';
  return /int/.test(column.getSQLType()) ? 'bigint' : 'double';
}
