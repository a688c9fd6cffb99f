import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import type { SQL } from 'drizzle-orm';
import { getTableColumns, getTableName } from 'drizzle-orm';
import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { LRUCache } from 'lru-cache';
import { DatabaseDamaged, DatabaseUnavailable, DatelineError } from '../core/errors';
import type { Database, DatabaseOptions, Reader, Statement, Tx } from './database';
import { queryTools, toStatement } from './prepared';
import { NestingGuard, TransactionGuard } from './transaction-guard';

/** "DLN1": marks a file as Dateline's, so that another program's database is not migrated by mistake. */
const APPLICATION_ID = 0x44_4c_4e_31;
/** Milliseconds that a statement may block the event loop while another process holds a lock. */
const SYNCHRONOUS_WAIT = 20;
const DEFAULT_LOCK_TIMEOUT = 10_000;
/** Pages (4 KiB) after which a commit moves the WAL into the file, and the size it is cut back to. */
const CHECKPOINT_PAGES = 1_000;
const WAL_SIZE_LIMIT = 16 * 1_024 * 1_024;
const CACHE_KIB = 32 * 1_024;

/**
 * Opens (or makes) the file at `path`: one connection that writes, one that can only read.
 * @throws DatabaseDamaged when the file is not a database, or is damaged as far as its first pages tell
 * @throws DatelineError when it belongs to another program
 */
export function openSqlite(path: string, options: DatabaseOptions = {}): SqliteDatabase {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true });
  return translated(() => new SqliteDatabase(file, options));
}

/** One better-sqlite3 connection with its prepared statements. */
class Connection {
  private readonly statements = new LRUCache<string, Sqlite.Statement>({ max: 500 });

  constructor(
    readonly handle: Sqlite.Database,
    private readonly onStatement: ((text: string) => void) | undefined,
  ) {}

  statement(text: string): Sqlite.Statement {
    const known = this.statements.get(text);
    if (known) return known;
    const made = this.handle.prepare(text);
    this.statements.set(text, made);
    return made;
  }

  /** Rows as objects; none for a statement that returns none. */
  all({ text, values }: Statement): object[] {
    this.onStatement?.(text);
    const statement = this.statement(text);
    if (statement.reader) return statement.all(...values) as object[];
    statement.run(...values);
    return [];
  }

  /** Rows as arrays, in the form that Drizzle's builder reads. */
  arrays(text: string, values: unknown[], method: string): unknown[] {
    this.onStatement?.(text);
    const statement = this.statement(text);
    if (!statement.reader) {
      statement.run(...values);
      return [];
    }
    // A statement is shared by all callers: raw mode is set for this run and taken back after it.
    statement.raw(true);
    try {
      return method === 'get' ? (statement.get(...values) as unknown[]) : statement.all(...values);
    } finally {
      statement.raw(false);
    }
  }
}

/** Drizzle's SQLite builder over a connection, typed as PostgreSQL's: the one cast that the house rests on. */
function queries(run: <T>(work: () => T) => Promise<T>, connection: Connection): PgRemoteDatabase {
  const db = drizzle(async (text, values, method) => ({
    rows: await run(() => connection.arrays(text, values, method)),
  }));
  return db as unknown as PgRemoteDatabase;
}

export class SqliteDatabase implements Database {
  readonly engine = 'sqlite';
  readonly tables = queryTools('sqlite').tables;
  readonly portable = queryTools('sqlite').portable;
  readonly select: Reader['select'];
  readonly selectDistinct: Reader['selectDistinct'];

  private readonly writer: Connection;
  private readonly reader: Connection;
  private readonly nesting = new NestingGuard();
  private readonly lockTimeout: number;
  /** Resolves when the transaction before has ended: the FIFO lock. */
  private tail: Promise<unknown> = Promise.resolve();
  private closed = false;

  constructor(
    readonly file: string,
    options: DatabaseOptions,
  ) {
    this.lockTimeout = options.lockTimeout ?? DEFAULT_LOCK_TIMEOUT;
    this.writer = new Connection(openWriter(file), options.onStatement);
    this.reader = new Connection(openReader(file), options.onStatement);
    const db = queries((work) => this.read(work), this.reader);
    this.select = db.select.bind(db);
    this.selectDistinct = db.selectDistinct.bind(db);
  }

  rows<R extends object>(query: SQL): Promise<R[]> {
    return this.run(toStatement('sqlite', query)) as Promise<R[]>;
  }

  run(statement: Statement): Promise<object[]> {
    return this.read(() => this.reader.all(statement));
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.nesting.run(() => {
      const turn = this.tail.then(() => this.transaction(work));
      this.tail = turn.catch(() => undefined);
      return turn;
    });
  }

  async check(): Promise<void> {
    await this.read(() => this.reader.handle.prepare('select count(*) from settings').get());
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.tail;
    this.reader.handle.close();
    this.writer.handle.close();
  }

  /**
   * Copies the whole database, as of one instant, to a new file while others go on reading and writing.
   * `progress` is told the share that is done, from 0 to 1.
   */
  async backup(target: string, progress: (share: number) => void = () => undefined): Promise<void> {
    if (existsSync(target)) throw new DatelineError('CONFLICT', 'The file to back up to exists already');
    // A separate connection: the copy restarts whenever another connection writes, unless it is the writer's own.
    await this.writer.handle.backup(target, {
      progress: ({ totalPages, remainingPages }) => {
        progress(totalPages === 0 ? 1 : 1 - remainingPages / totalPages);
        return 2_000;
      },
    });
  }

  /** Bytes of the write-ahead log. */
  walSize(): number {
    return statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  private async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    await this.retryWhileBusy(() => this.writer.handle.exec('begin immediate'));
    const guard = new TransactionGuard();
    const tx = this.makeTx(guard);
    try {
      const result = await work(tx);
      await guard.runLast(tx);
      guard.end();
      translated(() => this.writer.handle.exec('commit'));
      return result;
    } catch (error) {
      guard.end();
      // SQLite itself rolls back on some errors (a full disk); then there is nothing left to roll back.
      if (this.writer.handle.inTransaction) this.writer.handle.exec('rollback');
      throw error;
    }
  }

  private makeTx(guard: TransactionGuard): Tx {
    const run = async <T>(work: () => T): Promise<T> => {
      guard.assertOpen();
      return translated(work);
    };
    const db = queries(run, this.writer);
    const all = (statement: Statement) => run(() => this.writer.all(statement));
    const tx: Omit<Tx, keyof { [K in keyof Tx as K extends symbol ? K : never]: 1 }> = {
      tables: this.tables,
      portable: this.portable,
      select: db.select.bind(db),
      selectDistinct: db.selectDistinct.bind(db),
      insert: db.insert.bind(db),
      update: db.update.bind(db),
      delete: db.delete.bind(db),
      rows: <R extends object>(query: SQL) => all(toStatement('sqlite', query)) as Promise<R[]>,
      run: all,
      execute: async (query) => void (await all(toStatement('sqlite', query))),
      insertMany: (table, rows) => run(() => insertMany(this.writer, table, rows)),
      beforeCommit: (last) => guard.beforeCommit(last),
    };
    return tx as Tx;
  }

  private read<T>(work: () => T): Promise<T> {
    return this.retryWhileBusy(work);
  }

  /** Waits for another process's lock without blocking the event loop. */
  private async retryWhileBusy<T>(work: () => T): Promise<T> {
    if (this.closed && this.reader.handle.open === false) throw new DatabaseUnavailable('it has been closed');
    const deadline = performance.now() + this.lockTimeout;
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        return translated(work);
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > deadline) throw new DatabaseUnavailable('another process is writing to it');
        await delay(pause * (0.5 + Math.random()));
      }
    }
  }
}

function openWriter(file: string): Sqlite.Database {
  const handle = new Sqlite(file, { timeout: SYNCHRONOUS_WAIT });
  try {
    const application = handle.pragma('application_id', { simple: true });
    const tables = handle.prepare('select count(*) from sqlite_schema').pluck().get();
    if (application !== APPLICATION_ID && tables !== 0) {
      throw new DatelineError('CONFLICT', 'The database file belongs to another program. Name another file.');
    }
    handle.pragma('journal_mode = wal');
    if (application !== APPLICATION_ID) handle.pragma(`application_id = ${APPLICATION_ID}`);
    handle.pragma('foreign_keys = on');
    handle.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    handle.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT}`);
    tune(handle);
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

function openReader(file: string): Sqlite.Database {
  const handle = new Sqlite(file, { readonly: true, fileMustExist: true, timeout: SYNCHRONOUS_WAIT });
  tune(handle);
  return handle;
}

function tune(handle: Sqlite.Database): void {
  // Explicit on every connection: one that reopens a WAL file starts at NORMAL, and a power cut then takes
  // back writes that were acknowledged.
  handle.pragma('synchronous = full');
  handle.pragma(`cache_size = -${CACHE_KIB}`);
  handle.pragma('temp_store = memory');
}

function insertMany(
  connection: Connection,
  table: Parameters<Tx['insertMany']>[0],
  rows: readonly Record<string, unknown>[],
): void {
  const first = rows[0];
  if (!first) return;
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first);
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const marks = columns.map(() => '?').join(', ');
  const text = `insert into "${getTableName(table)}" (${names}) values (${marks})`;
  const values = rows.map((row) =>
    columns.map(([name, column]) => {
      const value = row[name] ?? null;
      return value === null ? null : column.mapToDriverValue(value);
    }),
  );
  for (const row of values) connection.all({ text, values: row });
}

function isBusy(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

/** Runs `work`, and says in our own words, without path or SQL, that a file is damaged. */
function translated<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Sqlite.SqliteError) {
      if (error.code === 'SQLITE_NOTADB') throw new DatabaseDamaged('the file is not an SQLite database');
      if (error.code.startsWith('SQLITE_CORRUPT')) throw new DatabaseDamaged('SQLite finds it malformed');
      if (error.code.startsWith('SQLITE_FULL')) throw new DatabaseUnavailable('the disk is full');
    }
    throw error;
  }
}
