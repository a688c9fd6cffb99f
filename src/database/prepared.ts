import {
  type Column,
  Column as ColumnClass,
  type DriverValueDecoder,
  is,
  noopDecoder,
  Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { SelectResultFields } from 'drizzle-orm/query-builders/select.types';
import { SQLiteSyncDialect } from 'drizzle-orm/sqlite-core';
import type { Params, Reader, Statement, Tables, Tuple } from './database';
import { type Engine, ONLY, type PortableSql, portableSql, singleKeySql } from './portable-sql';
import * as postgresTables from './schema.postgres';
import * as sqliteTables from './schema.sqlite';
import { toJson } from './storable';

export type Fields = Readonly<Record<string, Column | SQL>>;
export type RowOf<F extends Fields> = SelectResultFields<F>;

export interface QueryTools {
  readonly tables: Tables;
  readonly portable: PortableSql;
}

export interface SelectParts<F extends Fields> {
  /** What to read, by the name it has in the result. */
  readonly select: F;
  /** Everything after `from`. Parameters are written `${sql.placeholder('name')}`. */
  readonly from: SQL;
  /**
   * Has SQLite hand over all rows as one JSON text, in their order: for many short rows that takes two thirds of
   * crossing into JavaScript row by row. Only for integers and texts: JSON knows nothing else as it is stored.
   */
  readonly gathered?: true;
}

/** A select that was written once and is compiled once for each engine. */
export type Prepared<P extends Params, R> = (reader: Reader, params: P) => Promise<R[]>;

type Decode = (value: unknown) => unknown;

interface Compiled {
  bind(params: Params): Statement;
  /** What the driver returns, as objects. */
  rows(read: Tuple[]): unknown[];
}

/**
 * SQLite as better-sqlite3 builds it (SQLITE_ENABLE_STAT4) looks at what is bound where it has samples of an index, and
 * compiles the statement anew whenever something else is: half of what its statements took for a page of comments, and a
 * third for a list of articles. Behind a plus, which costs nothing, it sees a value that it does not know, and plans once for all.
 */
class UnseenValues extends SQLiteSyncDialect {
  override escapeParam(): string {
    return '+?';
  }
}

const dialects = { sqlite: new UnseenValues(), postgres: new PgDialect() };

const tablesOf: Readonly<Record<Engine, Tables>> = {
  postgres: postgresTables,
  // The one place where SQLite's tables take PostgreSQL's type; the parity test holds it true.
  sqlite: sqliteTables as unknown as Tables,
};

export function queryTools(engine: Engine): QueryTools {
  return { tables: tablesOf[engine], portable: portableSql[engine] };
}

/**
 * A select for hot paths: built by Drizzle once per engine, run as a prepared statement, and its rows made
 * into objects that all have the same shape. A list is bound as one parameter, so that one statement serves any batch. On
 * SQLite a second one serves lists of one, which need no table of their own to be looked up in.
 */
export function prepared<P extends Params, F extends Fields>(
  build: (tools: QueryTools) => SelectParts<F>,
): Prepared<P, RowOf<F>> {
  const compiled: { [V in Engine | 'single']?: Compiled } = {};
  return async (reader, params) => {
    const { engine } = reader.portable;
    const variant = engine === 'sqlite' && hasOnlySingles(params) ? 'single' : engine;
    compiled[variant] ??= compile(engine, build(toolsOf(variant)));
    const { bind, rows } = compiled[variant];
    const read = reader.tuples(bind(params));
    return rows(read instanceof Promise ? await read : read) as RowOf<F>[];
  };
}

function toolsOf(variant: Engine | 'single'): QueryTools {
  return variant === 'single' ? { ...queryTools('sqlite'), portable: singleKeySql } : queryTools(variant);
}

/** Whether there are lists among the parameters, and every one of them has one element. */
function hasOnlySingles(params: Params): boolean {
  let lists = 0;
  for (const name in params) {
    const value = params[name];
    if (!Array.isArray(value)) continue;
    if (value.length !== 1) return false;
    lists++;
  }
  return lists > 0;
}

/** A raw statement in the engine's dialect; values that are already bound stay bound. */
export function toStatement(engine: Engine, query: SQL, params: Params = {}): Statement {
  return binder(engine, query)(params);
}

function compile<F extends Fields>(engine: Engine, parts: SelectParts<F>): Compiled {
  const fields = Object.entries(parts.select);
  const list = fields.map(([name, field]) => sql`${field} as ${sql.identifier(name)}`);
  const select = sql`select ${sql.join(list, sql`, `)} from ${parts.from}`;
  const gathered = parts.gathered === true && engine === 'sqlite';
  const names = fields.map(([name]) => sql.identifier(name));
  const make = makerOf(fields.map(([name, field]) => [name, decoderOf(engine, field)]));
  return {
    bind: binder(
      engine,
      gathered
        ? sql`select json_group_array(json_array(${sql.join(names, sql`, `)})) from (${select})`
        : select,
    ),
    rows: gathered ? ([row]) => JSON.parse(String(row?.[0])).map(make) : (read) => read.map(make),
  };
}

/**
 * Writes the function that makes a row's object out of its values. Generated code, because only a literal
 * gives V8 one shape for all rows at no cost; its text comes from the names of our own selects.
 */
function makerOf(
  fields: readonly (readonly [name: string, decode: Decode | null])[],
): (tuple: Tuple) => unknown {
  const members = fields.map(([name, decode], i) => {
    const value = decode ? `t[${i}] === null ? null : d[${i}](t[${i}])` : `t[${i}]`;
    return `${JSON.stringify(name)}: ${value}`;
  });
  const decoders = fields.map(([, decode]) => decode);
  return new Function('d', `return (t) => ({ ${members.join(', ')} })`)(decoders) as ReturnType<
    typeof makerOf
  >;
}

/**
 * How a value that the driver returns becomes ours, where it has to. PostgreSQL's driver returns booleans and
 * JSON as such; SQLite has neither. An expression says what it is by `mapWith`.
 */
function decoderOf(engine: Engine, field: Column | SQL): Decode | null {
  if (is(field, ColumnClass)) {
    const stored = field.dataType === 'boolean' || field.dataType === 'custom';
    return engine === 'sqlite' && stored ? (value) => field.mapFromDriverValue(value) : null;
  }
  const { decoder } = field as unknown as { decoder: DriverValueDecoder<unknown, unknown> };
  return decoder === noopDecoder ? null : (value) => decoder.mapFromDriverValue(value);
}

function binder(engine: Engine, query: SQL): (params: Params) => Statement {
  const { sql: text, params: slots } = dialects[engine].sqlToQuery(query);
  const values = slots.map((slot) => (is(slot, Placeholder) ? readerOf(slot.name) : () => slot));
  return (params) => ({
    text,
    values: values.map((value) => (engine === 'sqlite' ? sqliteValue(value(params)) : value(params))),
  });
}

function readerOf(placeholder: string): (params: Params) => unknown {
  const name = placeholder.endsWith(ONLY) ? placeholder.slice(0, -ONLY.length) : placeholder;
  const take =
    name === placeholder ? (value: unknown) => value : (list: unknown) => Array.isArray(list) && list[0];
  return (params) => {
    const value = params[name];
    if (value === undefined) throw new Error(`Parameter ${name} is missing`);
    return take(value);
  };
}

function sqliteValue(value: unknown): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0;
  return Array.isArray(value) ? toJson(value) : value;
}

/**
 * Some of the fields of a select. The type still has all of them: a caller that leaves one out vouches that
 * nobody looks at it, and has a test that says so.
 */
export function only<F extends Fields>(fields: F, names: readonly (keyof F)[]): F {
  return Object.fromEntries(names.map((name) => [name, fields[name]])) as unknown as F;
}

/** Shapes are few, but an ingenious client could make thousands; beyond this all are compiled anew. */
const MAX_SHAPES = 1_000;

/**
 * Prepared selects of which there are several by shape: which conditions and order they have, never which
 * values. Each is built when its shape is first asked for.
 */
export function preparedByShape<F extends Fields>(): (
  shape: string,
  build: (tools: QueryTools) => SelectParts<F>,
) => Prepared<Params, RowOf<F>> {
  const known = new Map<string, Prepared<Params, RowOf<F>>>();
  return (shape, build) => {
    let made = known.get(shape);
    if (made === undefined) {
      if (known.size >= MAX_SHAPES) known.clear();
      made = prepared<Params, F>(build);
      known.set(shape, made);
    }
    return made;
  };
}
