import Sqlite from 'better-sqlite3';
import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import { drizzle } from 'drizzle-orm/sqlite-proxy';
import { LRUCache } from 'lru-cache';
import { DatabaseDamaged, DatabaseUnavailable, DatelineError } from '../core/errors';
import type { Durability, Statement, Tuple } from './database';
import { RefusedStatement } from './refused-statement';
import type { SqliteInsert } from './sqlite-insert';
import { storable } from './storable';
import { timeStatement } from './timing';

/** "DLN1": marks a file as Dateline's, so that another program's database is not migrated by mistake. */
const APPLICATION_ID = 0x44_4c_4e_31;
/** Milliseconds that a statement may block the event loop while another process holds a lock. */
const SYNCHRONOUS_WAIT = 20;
/** Pages (4 KiB) after which a commit moves the WAL into the file, and the size it is cut back to. */
const CHECKPOINT_PAGES = 1_000;
const WAL_SIZE_LIMIT = 16 * 1_024 * 1_024;
/**
 * The same where commits need not be durable: a page that many of them change is moved once, and nobody waits for the
 * disk in between. The WAL keeps the room that it needs again at once.
 */
export const RARE_CHECKPOINT_PAGES = 64_000;
const LONG_WAL_SIZE_LIMIT = 320 * 1_024 * 1_024;
/** Of pages, in memory: for who reads, and for who writes now and then and waits for the disk each time. */
const READING_CACHE_KIB = 32 * 1_024;
const WRITING_CACHE_KIB = 8 * 1_024;
/** Where much is written, the pages of many indexes are wanted again and again. */
const IMPORTING_CACHE_KIB = 64 * 1_024;

/** One better-sqlite3 connection with its prepared statements. */
export class Connection {
  private readonly statements = new LRUCache<string, Sqlite.Statement>({ max: 500 });
  /** Those that always return rows as arrays: what `tuples` runs. */
  private readonly raw = new LRUCache<string, Sqlite.Statement<unknown[], Tuple>>({ max: 500 });

  constructor(
    readonly handle: Sqlite.Database,
    private readonly onStatement: ((text: string) => void) | undefined,
  ) {}

  /** Rows as objects; none for a statement that returns none. */
  all({ text, values }: Statement): object[] {
    this.onStatement?.(text);
    const timed = timeStatement('sqlite');
    const statement = this.statement(text);
    try {
      if (statement.reader) return statement.all(...values.map(storable)) as object[];
      statement.run(...values.map(storable));
      return [];
    } finally {
      timed?.end(text, values.length);
    }
  }

  /**
   * Rows as arrays of their values: two thirds of what objects take, which the driver makes in the form of
   * dictionaries.
   */
  tuples({ text, values }: Statement): Tuple[] {
    this.onStatement?.(text);
    const timed = timeStatement('sqlite');
    let statement = this.raw.get(text);
    if (statement === undefined) {
      statement = this.handle.prepare<unknown[], Tuple>(text).raw();
      this.raw.set(text, statement);
    }
    try {
      return statement.all(...values.map(storable));
    } finally {
      timed?.end(text, values.length);
    }
  }

  /** Rows as arrays, in the form that Drizzle's builder reads. */
  arrays(text: string, values: unknown[], method: string): unknown[] {
    this.onStatement?.(text);
    const timed = timeStatement('sqlite');
    const statement = this.statement(text);
    const bound = values.map(storable);
    try {
      if (!statement.reader) {
        statement.run(...bound);
        return [];
      }
      // A statement is shared by all callers: raw mode is set for this run and taken back after it.
      statement.raw(true);
      return method === 'get' ? (statement.get(...bound) as unknown[]) : statement.all(...bound);
    } finally {
      if (statement.reader) statement.raw(false);
      timed?.end(text, values.length);
    }
  }

  /** Inserts the rows from `start` to before `end`, as many at once as `plan` says; what is left over goes one by one. */
  insert(
    plan: SqliteInsert,
    rows: readonly Readonly<Record<string, unknown>>[],
    start: number,
    end: number,
  ): void {
    this.onStatement?.(plan.single);
    const timed = timeStatement('sqlite');
    const whole = end - ((end - start) % plan.atOnce);
    // Spread, not as arrays: the driver takes an element out of an array by asking for it like for any property.
    for (let at = start; at < whole; at += plan.atOnce) {
      this.statement(plan.several).run(...plan.values(rows, at, at + plan.atOnce));
    }
    for (let at = whole; at < end; at++) this.statement(plan.single).run(...plan.values(rows, at, at + 1));
    timed?.end(plan.single, plan.columns);
  }

  /** How SQLite would go about a statement with so many values, whatever they are: a line for each step. */
  plan(text: string, values: number): string[] {
    const steps = this.handle.prepare<unknown[], { detail: string }>(`explain query plan ${text}`);
    return steps.all(...Array.from({ length: values }, () => null)).map(({ detail }) => detail);
  }

  private statement(text: string): Sqlite.Statement {
    const known = this.statements.get(text);
    if (known) return known;
    const made = this.handle.prepare(text);
    this.statements.set(text, made);
    return made;
  }
}

/** Drizzle's SQLite builder over a connection, typed as PostgreSQL's: the one cast that the house rests on. */
export function queries(run: <T>(work: (connection: Connection) => T) => Promise<T>): PgRemoteDatabase {
  const db = drizzle(async (text, values, method) => ({
    rows: await run((connection) => connection.arrays(text, values, method)),
  }));
  return db as unknown as PgRemoteDatabase;
}

/** @throws DatelineError when the file belongs to another program */
export function openWriter(file: string, durability: Durability): Sqlite.Database {
  return opened(new Sqlite(file, { timeout: SYNCHRONOUS_WAIT }), (handle) => {
    const application = handle.pragma('application_id', { simple: true });
    const tables = handle.prepare('select count(*) from sqlite_schema').pluck().get();
    if (application !== APPLICATION_ID && tables !== 0) {
      throw new DatelineError('CONFLICT', 'The database file belongs to another program. Name another file.');
    }
    if (handle.pragma('journal_mode', { simple: true }) !== 'wal') handle.pragma('journal_mode = wal');
    if (application !== APPLICATION_ID) handle.pragma(`application_id = ${APPLICATION_ID}`);
    handle.pragma('foreign_keys = on');
    handle.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
    handle.pragma(`journal_size_limit = ${WAL_SIZE_LIMIT}`);
    tune(handle, WRITING_CACHE_KIB);
    if (durability === 'FLUSH') {
      // Only a checkpoint waits for the disk then.
      handle.pragma('synchronous = normal');
      handle.pragma(`wal_autocheckpoint = ${RARE_CHECKPOINT_PAGES}`);
      handle.pragma(`journal_size_limit = ${LONG_WAL_SIZE_LIMIT}`);
      handle.pragma(`cache_size = -${IMPORTING_CACHE_KIB}`);
    }
  });
}

/** A connection that cannot write. The writer has to be open: it makes the files that readers share. */
export function openReader(file: string): Sqlite.Database {
  return opened(
    new Sqlite(file, { readonly: true, fileMustExist: true, timeout: SYNCHRONOUS_WAIT }),
    (handle) => tune(handle, READING_CACHE_KIB),
  );
}

function opened(handle: Sqlite.Database, prepare: (handle: Sqlite.Database) => void): Sqlite.Database {
  try {
    prepare(handle);
    return handle;
  } catch (error) {
    handle.close();
    throw error;
  }
}

function tune(handle: Sqlite.Database, cacheKib: number): void {
  // Explicit on every connection: one that reopens a WAL file starts at NORMAL, and a power cut then takes
  // back writes that were acknowledged.
  handle.pragma('synchronous = full');
  handle.pragma(`cache_size = -${cacheKib}`);
  handle.pragma('temp_store = memory');
  // Bounds what `analyze` and `optimize` read of each index, so that they take milliseconds.
  handle.pragma('analysis_limit = 1000');
}

/** @throws SqliteError SQLITE_BUSY while another connection is at it, which may have begun before the last commits */
export function checkpoint(handle: Sqlite.Database): void {
  const [result] = handle.pragma('wal_checkpoint(passive)') as [{ busy: number }];
  if (result.busy) throw new Sqlite.SqliteError('Another connection moves the log', 'SQLITE_BUSY');
}

export function isBusy(error: unknown): boolean {
  return sqliteCode(error).startsWith('SQLITE_BUSY');
}

/**
 * Such as "SQLITE_BUSY_SNAPSHOT", or '' for an error that is not SQLite's. Not told by its class: the native
 * part of better-sqlite3 is loaded once a process and knows only the first, the module maybe several times.
 */
function sqliteCode(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  const code = String(error.code);
  return code.startsWith('SQLITE_') ? code : '';
}

const FAULTS: readonly (readonly [code: string, fault: () => DatelineError])[] = [
  ['SQLITE_NOTADB', () => new DatabaseDamaged('the file is not an SQLite database')],
  ['SQLITE_CORRUPT', () => new DatabaseDamaged('SQLite finds it malformed')],
  ['SQLITE_IOERR_SHORT_READ', () => new DatabaseDamaged('the file is shorter than it says')],
  ['SQLITE_IOERR', () => new DatabaseUnavailable('the disk reports an error')],
  ['SQLITE_FULL', () => new DatabaseUnavailable('the disk is full')],
  ['SQLITE_CANTOPEN', () => new DatabaseUnavailable('the file cannot be opened')],
  ['SQLITE_READONLY', () => new DatabaseUnavailable('the file may not be written')],
  ['SQLITE_PERM', () => new DatabaseUnavailable('the file may not be read')],
];

function messageOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
}

/** What went wrong, in our own words where it is the file or the disk, and without path or SQL; as it is where it is not SQLite's. */
export function translated(error: unknown): unknown {
  const code = sqliteCode(error);
  const known = FAULTS.find(([prefix]) => code.startsWith(prefix));
  if (known) return known[1]();
  return code === '' ? error : new RefusedStatement(code, messageOf(error));
}
