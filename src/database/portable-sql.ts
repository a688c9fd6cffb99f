import { type SQL, sql } from 'drizzle-orm';
import type { AnyPgColumn } from 'drizzle-orm/pg-core';

export type Engine = 'sqlite' | 'postgres';

/** Types of the columns that `rows` can read out of one bound JSON parameter. */
export type RowType = 'int' | 'bigint' | 'text' | 'boolean' | 'double';

/**
 * The whole difference between the two dialects, as far as queries are concerned. A parameter that is a list
 * is bound as one value, whatever its length: the text of the statement, and so its plan, never depends on
 * how many keys a batch has. Parameters are named; `prepared` binds them.
 */
export interface PortableSql {
  readonly engine: Engine;
  /** `column` is one of the values of the list parameter `name`. */
  among(column: AnyPgColumn | SQL, name: string): SQL;
  /** The column as no index has it: of a condition that must not choose the way. PostgreSQL knows by itself how many rows have it. */
  unindexed(column: AnyPgColumn): SQL;
  /** The bytes as hexadecimal digits: a text is read and collected several times as fast as a buffer. */
  hex(column: AnyPgColumn): SQL<string>;
  /** The texts of all rows in one, in an order that is the same for all that is joined by one select; null for no row. */
  joined(text: SQL, separator: string): SQL<string | null>;
  /** A text that is JSON, as columns hold it. */
  json(text: SQL): SQL;
  /** Behind a select: nobody else changes its rows before the transaction ends. */
  readonly forUpdate: SQL;
  /** The list parameter `name` as a table `alias` with the one column `value`, in no particular order. */
  each(name: string, alias: string, type: 'int' | 'text'): SQL;
  /**
   * The only element of the list parameter `name`, where the statement is the one for lists of one. What belongs to
   * it can be read as it is, and need not be joined to a table of keys.
   */
  readonly only?: (name: string) => SQL;
  /** The JSON parameter `name`, an array of objects, as a table `alias` with the named columns. */
  rows(name: string, alias: string, columns: Readonly<Record<string, RowType>>): SQL;
  /**
   * `join` clause that adds to each row of what stands before it the first rows of `table` that belong to
   * it, under the name `alias`. `pick` names those rows: the part of a select after `from`, with its own
   * order and limit, over the table under the name `inside`; it may refer to the columns before.
   */
  joinTop(table: SQL, alias: string, inside: string, pick: SQL): SQL;
}

const sqliteSql: PortableSql = {
  engine: 'sqlite',
  unindexed: (column) => sql`+${column}`,
  hex: (column) => sql<string>`hex(${column})`,
  joined: (text, separator) => sql<string | null>`group_concat(${text}, ${sql.raw(`'${separator}'`)})`,
  json: (text) => text,
  // Whoever writes is alone.
  forUpdate: sql``,
  among: (column, name) => sql`${column} in (select value from json_each(${sql.placeholder(name)}))`,
  each: (name, alias) => sql`json_each(${sql.placeholder(name)}) as ${sql.identifier(alias)}`,
  rows: (name, alias, columns) => {
    const fields = Object.keys(columns).map(
      (column) => sql`json_extract(value, ${sql.raw(`'$.${column}'`)}) as ${sql.identifier(column)}`,
    );
    return sql`(select ${sql.join(fields, sql`, `)} from json_each(${sql.placeholder(name)})) as ${sql.identifier(alias)}`;
  },
  // SQLite has no LATERAL; a correlated IN over the row identifier, with its limit inside, reads as little.
  joinTop: (table, alias, inside, pick) =>
    sql`cross join ${table} as ${sql.identifier(alias)} on ${sql.identifier(alias)}.rowid in (select ${sql.identifier(inside)}.rowid from ${pick})`,
};

/** Behind the name of a list parameter: its only element. */
export const ONLY = '.only';

const onlyOf = (name: string): SQL => sql`${sql.placeholder(`${name}${ONLY}`)}`;

/** SQLite where every list has one element: no table has to be made of it to find it in an index. */
export const singleKeySql: PortableSql = {
  ...sqliteSql,
  among: (column, name) => sql`${column} = ${onlyOf(name)}`,
  only: onlyOf,
};

const postgresSql: PortableSql = {
  engine: 'postgres',
  unindexed: (column) => sql`${column}`,
  hex: (column) => sql<string>`encode(${column}, 'hex')`,
  joined: (text, separator) => sql<string | null>`string_agg(${text}, ${sql.raw(`'${separator}'`)})`,
  json: (text) => sql`${text}::jsonb`,
  forUpdate: sql`for update`,
  among: (column, name) => sql`${column} = any(${sql.placeholder(name)})`,
  each: (name, alias, type) =>
    sql`unnest(${sql.placeholder(name)}::${sql.raw(type)}[]) as ${sql.identifier(alias)}(value)`,
  rows: (name, alias, columns) => {
    const types = Object.entries(columns).map(
      ([column, type]) =>
        sql`${sql.identifier(column)} ${sql.raw(type === 'double' ? 'double precision' : type)}`,
    );
    return sql`jsonb_to_recordset(${sql.placeholder(name)}::jsonb) as ${sql.identifier(alias)}(${sql.join(types, sql`, `)})`;
  },
  joinTop: (_table, alias, inside, pick) =>
    sql`cross join lateral (select ${sql.identifier(inside)}.* from ${pick}) as ${sql.identifier(alias)}`,
};

export const portableSql: Readonly<Record<Engine, PortableSql>> = {
  sqlite: sqliteSql,
  postgres: postgresSql,
};
