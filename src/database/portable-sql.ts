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
  /** The list parameter `name` as a table `alias(value)` of integers, in no particular order. */
  each(name: string, alias: string): SQL;
  /** The JSON parameter `name`, an array of objects, as a table `alias` with the named columns. */
  rows(name: string, alias: string, columns: Readonly<Record<string, RowType>>): SQL;
  /**
   * `outer` joined with, for each of its rows, the rows that `inner` selects for it; `inner` may refer to
   * the columns of `outer` and be cut by `limit`, which is what pages a batch of parents in one statement.
   * `inner` is a select from the table `inside` and selects just its row identifier (`rowId`); the
   * result shows the found rows under the name `outside`.
   */
  topPerRow(parts: {
    outer: SQL;
    table: SQL;
    inside: string;
    outside: string;
    where: SQL;
    tail: SQL;
    joins?: SQL;
  }): SQL;
}

const sqliteSql: PortableSql = {
  engine: 'sqlite',
  among: (column, name) => sql`${column} in (select value from json_each(${sql.placeholder(name)}))`,
  each: (name, alias) => sql`json_each(${sql.placeholder(name)}) as ${sql.identifier(alias)}`,
  rows: (name, alias, columns) => {
    const fields = Object.keys(columns).map(
      (column) => sql`json_extract(value, ${sql.raw(`'$.${column}'`)}) as ${sql.identifier(column)}`,
    );
    return sql`(select ${sql.join(fields, sql`, `)} from json_each(${sql.placeholder(name)})) as ${sql.identifier(alias)}`;
  },
  // SQLite has no LATERAL. A correlated IN over the row identifier with a LIMIT inside reads as little.
  topPerRow: ({ outer, table, inside, outside, where, tail, joins }) =>
    sql`${outer} join ${table} as ${sql.identifier(outside)} on ${sql.identifier(outside)}.rowid in (select ${sql.identifier(inside)}.rowid from ${table} as ${sql.identifier(inside)} ${joins ?? sql``} where ${where} ${tail})`,
};

const postgresSql: PortableSql = {
  engine: 'postgres',
  among: (column, name) => sql`${column} = any(${sql.placeholder(name)})`,
  each: (name, alias) => sql`unnest(${sql.placeholder(name)}::int[]) as ${sql.identifier(alias)}(value)`,
  rows: (name, alias, columns) => {
    const types = Object.entries(columns).map(
      ([column, type]) =>
        sql`${sql.identifier(column)} ${sql.raw(type === 'double' ? 'double precision' : type)}`,
    );
    return sql`jsonb_to_recordset(${sql.placeholder(name)}::jsonb) as ${sql.identifier(alias)}(${sql.join(types, sql`, `)})`;
  },
  topPerRow: ({ outer, table, inside, outside, where, tail, joins }) =>
    sql`${outer} cross join lateral (select ${sql.identifier(inside)}.* from ${table} as ${sql.identifier(inside)} ${joins ?? sql``} where ${where} ${tail}) as ${sql.identifier(outside)}`,
};

export const portableSql: Readonly<Record<Engine, PortableSql>> = {
  sqlite: sqliteSql,
  postgres: postgresSql,
};
