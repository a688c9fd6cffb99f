import type { SQL } from 'drizzle-orm';
import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import type { ftsTable } from './full-text';
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

/** A statement without its values. */
export interface StatementShape {
  readonly text: string;
  /** How many values it takes. */
  readonly values: number;
}

/** One row, as the values of its columns in their order. */
export type Tuple = readonly unknown[];

type Queries = PgRemoteDatabase;

/**
 * Reads, and nothing else: there is no way to write through it. Every method is asynchronous on both
 * engines, but for `tuples`. @throws DatabaseUnavailable, DatabaseDamaged
 */
export interface Reader extends Pick<Queries, 'select' | 'selectDistinct'> {
  readonly tables: Tables;
  readonly portable: PortableSql;
  /** Rows of a raw select, as objects by column name; `params` fill its placeholders. */
  rows<R extends object>(query: SQL, params?: Params): Promise<R[]>;
  /**
   * For `prepared`: the rows of a statement that was compiled for this engine, each a list of its columns' values. They are there
   * at once where nothing has to be waited for; what is wrong is told by a promise.
   */
  tuples(statement: Statement): Tuple[] | Promise<Tuple[]>;
}

declare const writable: unique symbol;

/**
 * An open transaction: reads what it has written, and is the only thing that can write. It ends with the
 * function that it was given to; used later, it throws.
 */
export interface Tx extends Reader, Pick<Queries, 'insert' | 'update' | 'delete'> {
  readonly [writable]: true;
  /** Runs a raw insert, update or delete. */
  execute(query: SQL, params?: Params): Promise<void>;
  /**
   * Inserts any number of rows by one prepared statement or one array, in their order. A key that is absent
   * takes the column's default. Let the database give the keys: PostgreSQL does not notice keys that it has
   * not given itself, and would give them again.
   */
  insertMany<T extends InsertableTable>(table: T, rows: readonly T['$inferInsert'][]): Promise<void>;
  /**
   * Runs `work` as the last step before the commit, in the order of registration. The change log takes its
   * numbers there, so that the row which all writers share is locked for as short as can be.
   */
  beforeCommit(work: (tx: Tx) => Promise<void>): void;
  /** Tells those who `watch` the database, in every process, once this is committed. */
  announce(): void;
}

export type InsertableTable =
  | typeof ftsTable
  | Tables[
      | 'apiKeys'
      | 'articles'
      | 'articleAgenda'
      | 'articleBodies'
      | 'articleCopies'
      | 'signatureBuckets'
      | 'articleAuthors'
      | 'articleCategories'
      | 'articleTopics'
      | 'articleRevisions'
      | 'articleCorrections'
      | 'authors'
      | 'categories'
      | 'changes'
      | 'collections'
      | 'collectionArticles'
      | 'comments'
      | 'commentPrivate'
      | 'commentEvents'
      | 'commentReports'
      | 'commentRevisions'
      | 'commenterMarks'
      | 'entitlements'
      | 'formerSlugs'
      | 'images'
      | 'importKeys'
      | 'redirects'
      | 'removedTopics'
      | 'searchAliases'
      | 'searchDocuments'
      | 'searchNames'
      | 'topics'
      | 'topicNames'
      | 'webhookDeliveries'];

export interface Database extends Reader {
  readonly engine: Engine;
  /**
   * Runs `work` in a transaction: committed when it resolves, rolled back when it throws. Anything may be
   * awaited inside except the network and another `write`, which throws. A statement that fails inside loses
   * the transaction, even if its error is caught: ask first, or write `on conflict`.
   *
   * SQLite runs one transaction at a time. On PostgreSQL they run side by side and each statement sees what
   * others have committed before it (READ COMMITTED): what a write depends on belongs in its own `where`, as
   * in `revision = expected`, or in `set n = n + 1`. There a deadlock runs `work` again from the start, so
   * keep other effects out of it.
   * @throws DatabaseUnavailable when the write lock cannot be had in time; nothing was written
   * @throws OutcomeUnknown when the connection broke during the commit
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * `write` for migrations: tables may be dropped and made anew without taking along the rows that refer to
   * them. That every reference holds is checked before the commit.
   */
  alterTables<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * Runs `work` on one instant of the whole database: what others commit meanwhile is not in it, and they are
   * not held up. What they replace is kept for it, so it is given up when nothing has been read from it for
   * ten minutes; on SQLite, where all that is written stays in the write-ahead log until it ends, also when that
   * log has grown by a gibibyte.
   * @throws DatabaseUnavailable from the first statement after it was given up
   */
  snapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T>;
  /** Everything that was committed until now survives a power cut when this resolves: see `durability`. */
  flush(): Promise<void>;
  /**
   * Calls `listener` after transactions that `announce`, of this process at once, of others within about a tenth
   * of a second. It says that there may be something to read, now and then also when there is not. Returns what
   * ends it.
   */
  watch(listener: () => void): () => void;
  /** How the engine would go about a statement, whatever its values: a line for each step. @throws where it cannot tell */
  plan(statement: StatementShape): Promise<string[]>;
  /** Looks at the data again to choose query plans by. Call it after much has changed, e.g. an import. */
  analyse(): Promise<void>;
  /** Resolves when the database answers and is intact as far as a cheap look can tell. @throws otherwise */
  check(): Promise<void>;
  /** Waits for the reads and writes that have begun, then closes every connection. Later ones are refused. */
  close(): Promise<void>;
}

/**
 * When what was committed survives a power cut; it survives the end of the process in any case. COMMIT: at once.
 * FLUSH: from the next `flush` on, which makes many transactions faster. Until then a power cut may take back
 * the last of them, but not one without those after it, and never half of one.
 */
export type Durability = 'COMMIT' | 'FLUSH';

export interface DatabaseOptions {
  /** Default COMMIT. */
  durability?: Durability;
  /** Told of every statement that is sent, e.g. to count them. */
  onStatement?(text: string): void;
  /**
   * How long a writer waits before it gives up, in milliseconds: for its turn in this process, then for the
   * lock that another one holds. Default 10,000.
   */
  lockTimeout?: number;
  /** How long a snapshot may go unread before it is given up, in milliseconds. Default 600,000. */
  snapshotPatience?: number;
  /** Bytes by which SQLite's write-ahead log may grow while a snapshot is held. Default 2^30. */
  snapshotLogLimit?: number;
}
