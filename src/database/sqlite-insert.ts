import type { Column } from 'drizzle-orm';
import type { InsertableTable } from './database';
import { ftsTable } from './full-text';
import { insertPlan } from './insert-many';
import { storable, storableText } from './storable';

type Row = Readonly<Record<string, unknown>>;

/** How rows are inserted into a table: several by one statement, which takes a third less than one by one. */
export interface SqliteInsert {
  readonly atOnce: number;
  /** The statement for `atOnce` rows, and that for one. */
  readonly several: string;
  readonly single: string;
  /** How many values a row has. */
  readonly columns: number;
  /** What is bound for one row after the other. */
  values(rows: readonly Row[], start: number, end: number): unknown[];
}

/** More at once gain nothing. */
const AT_ONCE = 16;
/**
 * FTS5 gathers the words of a transaction in memory, but writes them out before each statement that can be taken back
 * by itself, as one of several rows can: pieces of so few documents cost more to merge than the statements save.
 */
const FULL_TEXT_AT_ONCE = 1;

/** A table is given a few sets of columns only. */
const made = new Map<string, SqliteInsert>();

export function sqliteInsert(table: InsertableTable, rows: readonly Row[]): SqliteInsert {
  const { head, columns, given } = insertPlan(table, rows);
  const known = made.get(head);
  if (known) return known;
  const marks = `(${columns.map(() => '?').join(', ')})`;
  const put = putterOf(given);
  const atOnce = table === ftsTable ? FULL_TEXT_AT_ONCE : AT_ONCE;
  const insert: SqliteInsert = {
    atOnce,
    several: `${head} values ${Array(atOnce).fill(marks).join(', ')}`,
    single: `${head} values ${marks}`,
    columns: columns.length,
    values: (of, start, end) => {
      const bound: unknown[] = new Array((end - start) * columns.length);
      for (let row = start; row < end; row++) put(of[row] ?? {}, bound, (row - start) * columns.length);
      return bound;
    },
  };
  made.set(head, insert);
  return insert;
}

type Put = (row: Row, bound: unknown[], at: number) => void;
type Bind = (value: unknown) => unknown;

/**
 * Writes the function that puts a row's values among those that are bound. Generated code, as for rows that are read
 * (`prepared.ts`): V8 finds a property at no cost where it is written out, and by looking it up where its name comes out
 * of a list. The names are those of our own tables.
 */
function putterOf(given: ReadonlyMap<string, { readonly column: Column; absent(): unknown }>): Put {
  const lines = [...given.keys()].map((name, index) => {
    const value = `r[${JSON.stringify(name)}]`;
    return `v = ${value}; b[at + ${index}] = v === null ? null : d[${index}](v === undefined ? a[${index}]() : v);`;
  });
  const binders = [...given.values()].map(({ column }) => binder(column));
  const absent = [...given.values()].map((each) => each.absent);
  return new Function('d', 'a', `return (r, b, at) => { let v; ${lines.join(' ')} }`)(binders, absent) as Put;
}

/** Texts and numbers are bound as they are; booleans and JSON have a form of their own. */
function binder(column: Column): Bind {
  if (column.dataType === 'number') return (value) => value;
  if (column.dataType === 'boolean') return (value) => (value === null ? null : value ? 1 : 0);
  if (column.dataType === 'custom') {
    return (value) => (value === null ? null : storable(column.mapToDriverValue(value)));
  }
  return (value) => (typeof value === 'string' ? storableText(value) : storable(value));
}
