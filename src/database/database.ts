import type { SQL } from 'drizzle-orm';
import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import type { Engine, PortableSql } from './portable-sql';
import type * as postgresTables from './schema.postgres';

/** The tables, typed as PostgreSQL's on both engines: their row types are the same (a test says so). */
export type Tables = typeof postgresTables;

export type Value = string | number | boolean | null | readonly (string | number)[];
export type Params = Readonly<Record<string, Value>>;

/** A statement in the engine's own dialect, with the values to bind in order. */
export interface Statement {
  readonly text: string;
  readonly values: readonly unknown[];
}

type Queries = PgRemoteDatabase;

/**
 * Reads, and nothing else: there is no way to write through it. Every method is asynchronous on both
 * engines. @throws DatabaseUnavailable, DatabaseDamaged
 */
export interface Reader extends Pick<Queries, 'select' | 'selectDistinct'> {
  readonly tables: Tables;
  readonly portable: PortableSql;
  /** Rows of a raw select, as objects by column name. */
  rows<R extends object>(query: SQL): Promise<R[]>;
  /** For `prepared`: runs a statement that was compiled for this engine. */
  run(statement: Statement): Promise<object[]>;
}

declare const writable: unique symbol;

/**
 * An open transaction: reads what it has written, and is the only thing that can write. It ends with the
 * function that it was given to; used later, it throws.
 */
export interface Tx extends Reader, Pick<Queries, 'insert' | 'update' | 'delete'> {
  readonly [writable]: true;
  /** Runs a raw insert, update or delete. */
  execute(query: SQL): Promise<void>;
  /** Inserts any number of rows, all with the same keys, by one prepared statement or one array. */
  insertMany<T extends InsertableTable>(table: T, rows: readonly T['$inferInsert'][]): Promise<void>;
  /**
   * Runs `work` as the last step before the commit, in the order of registration. The change log takes its
   * numbers there, so that the row which all writers share is locked for as short as can be.
   */
  beforeCommit(work: (tx: Tx) => Promise<void>): void;
}

export type InsertableTable = Tables[
  | 'articles'
  | 'articleBodies'
  | 'articleAuthors'
  | 'articleCategories'
  | 'articleTopics'
  | 'authors'
  | 'categories'
  | 'changes'
  | 'comments'
  | 'commentPrivate'
  | 'images'
  | 'importKeys'
  | 'redirects'
  | 'topics'
  | 'topicNames'];

export interface Database extends Reader {
  readonly engine: Engine;
  /**
   * Runs `work` in a transaction: committed when it resolves, rolled back when it throws. Anything may be
   * awaited inside except the network and another `write`, which throws. On PostgreSQL a deadlock or a
   * serialisation failure runs `work` again from the start, so keep other effects out of it.
   * @throws DatabaseUnavailable when the write lock cannot be had in time
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Resolves when the database answers and is intact as far as a cheap look can tell. @throws otherwise */
  check(): Promise<void>;
  /** Waits for the open transaction, then closes every connection. Later calls throw. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  /** Told of every statement that is sent, e.g. to count them. */
  onStatement?(text: string): void;
  /** How long a writer waits for its turn before it gives up, in milliseconds. Default 10,000. */
  lockTimeout?: number;
}
