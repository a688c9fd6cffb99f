import { closeSync, existsSync, mkdirSync, openSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { DatabaseDamaged, DatabaseUnavailable } from '../core/errors';
import type {
  Database,
  DatabaseOptions,
  Params,
  Reader,
  Statement,
  StatementShape,
  Tuple,
  Tx,
} from './database';
import { Gate } from './gate';
import { LongLog } from './long-log';
import { makeTx, unwrapped } from './make-tx';
import { queryTools, toStatement } from './prepared';
import { ReadingTurn, willCommit } from './reading-turn';
import { SNAPSHOT_LOG_LIMIT, SNAPSHOT_PATIENCE } from './snapshot';
import { backup } from './sqlite-backup';
import { type Checkpoints, startCheckpoints } from './sqlite-checkpoints';
import {
  Connection,
  checkpoint,
  isBusy,
  openReader,
  openWriter,
  queries,
  RARE_CHECKPOINT_PAGES,
  translated,
} from './sqlite-connection';
import { sqliteInsert } from './sqlite-insert';
import { sqliteSnapshot } from './sqlite-snapshot';
import { analyseTables, forgetShadows } from './sqlite-statistics';
import { watchFile } from './sqlite-watch';
import { NestingGuard, TransactionGuard } from './transaction-guard';
import { Watchers } from './watchers';
import { Breather, WriteQueue } from './write-queue';

const DEFAULT_LOCK_TIMEOUT = 10_000;
/** Rows that insertMany sends before it looks whether others wait for a turn. */
const INSERT_CHUNK = 500;
/** The share of the log after which a thread of its own moves it into the file, so that the writer has little left to. */
const AHEAD_OF_WRITER = 0.75;

/**
 * Opens (or makes) the file at `path`: one connection that writes, one that can only read.
 * @throws DatabaseDamaged when the file is not a database, or is damaged as far as its first pages tell
 * @throws DatabaseUnavailable when it cannot be opened, or another process does not let go of it
 * @throws DatelineError when it belongs to another program
 */
export function openSqlite(path: string, options: DatabaseOptions = {}): SqliteDatabase {
  const file = resolve(path);
  mkdirSync(dirname(file), { recursive: true });
  // Drafts are in it. The files that SQLite puts beside it take its mode.
  if (!existsSync(file)) closeSync(openSync(file, 'a', 0o600));
  return new SqliteDatabase(file, options);
}

export class SqliteDatabase implements Database {
  readonly engine = 'sqlite';
  readonly tables = queryTools('sqlite').tables;
  readonly portable = queryTools('sqlite').portable;
  readonly select: Reader['select'];
  readonly selectDistinct: Reader['selectDistinct'];

  private readonly writer: Connection;
  private reader: Connection;
  /** Of the reader. */
  private turn: ReadingTurn;
  private readonly identity: Stats;
  private readonly gate = new Gate();
  private readonly nesting = new NestingGuard();
  private readonly queue: WriteQueue;
  private readonly breather = new Breather();
  private readonly watchers = new Watchers((tell) => watchFile(() => this.reader.handle, tell));
  private readonly lockTimeout: number;
  private readonly checkpoints: Checkpoints | null = null;
  private readonly longLog: LongLog;
  private damage: DatabaseDamaged | undefined;
  private closing: Promise<void> | undefined;

  constructor(
    readonly file: string,
    private readonly options: DatabaseOptions,
  ) {
    this.lockTimeout = options.lockTimeout ?? DEFAULT_LOCK_TIMEOUT;
    this.queue = new WriteQueue(this.lockTimeout);
    const writer = this.patiently(() => openWriter(file, options.durability ?? 'COMMIT'));
    try {
      this.reader = new Connection(
        this.patiently(() => openReader(file)),
        options.onStatement,
      );
    } catch (error) {
      writer.close();
      throw error;
    }
    this.turn = new ReadingTurn(this.reader.handle);
    this.writer = new Connection(writer, options.onStatement);
    this.identity = statSync(file);
    this.longLog = new LongLog(writer, () => this.walSize());
    if (options.durability === 'FLUSH') {
      this.checkpoints = startCheckpoints(file, RARE_CHECKPOINT_PAGES * AHEAD_OF_WRITER);
    }
    const db = queries((work) => this.read(work));
    this.select = db.select.bind(db);
    this.selectDistinct = db.selectDistinct.bind(db);
  }

  rows<R extends object>(query: SQL, params?: Params): Promise<R[]> {
    const statement = toStatement('sqlite', query, params);
    return this.read((reader) => reader.all(statement)) as Promise<R[]>;
  }

  tuples(statement: Statement): Tuple[] | Promise<Tuple[]> {
    return this.readNow((reader) => reader.tuples(statement));
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.inTurn(() => this.transaction(work));
  }

  alterTables<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.inTurn(async () => {
      // Has no effect inside of a transaction. Left on, dropping a table would take along what refers to it.
      this.writer.handle.pragma('foreign_keys = off');
      try {
        return await this.transaction(async (tx) => {
          const result = await work(tx);
          const [broken] = await tx.rows(sql`pragma foreign_key_check`);
          if (broken) throw new Error('The altered tables refer to rows that do not exist');
          return result;
        });
      } finally {
        this.writer.handle.pragma('foreign_keys = on');
      }
    });
  }

  snapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.gate.run(async () => {
      const handle = await this.retryWhileBusy(() => openReader(this.file));
      const limit = this.walSize() + (this.options.snapshotLogLimit ?? SNAPSHOT_LOG_LIMIT);
      return sqliteSnapshot(
        {
          connection: new Connection(handle, this.options.onStatement),
          attempt: (read) => this.retryWhileBusy(read),
          patience: this.options.snapshotPatience ?? SNAPSHOT_PATIENCE,
          overgrown: () => this.walSize() > limit,
          closing: () => this.closing !== undefined,
        },
        work,
      );
    });
  }

  async flush(): Promise<void> {
    // Brings the log to the disk before it moves pages into the file, whether or not it can move all of them.
    await this.inTurn(() => this.retryWhileBusy(() => checkpoint(this.writer.handle)));
  }

  watch(listener: () => void): () => void {
    return this.watchers.add(listener);
  }

  plan({ text, values }: StatementShape): Promise<string[]> {
    return this.read((reader) => reader.plan(text, values));
  }

  async analyse(): Promise<void> {
    await this.inTurn(() => this.retryWhileBusy(() => analyseTables(this.writer.handle)));
    // A connection reads the statistics once, with the schema.
    await this.gate.run(async () => {
      const fresh = await this.retryWhileBusy(() => openReader(this.file));
      const stale = this.reader.handle;
      this.reader = new Connection(fresh, this.options.onStatement);
      this.turn = new ReadingTurn(fresh);
      stale.close();
    });
  }

  async check(): Promise<void> {
    if (this.damage) throw this.damage;
    const now = statSync(this.file, { throwIfNoEntry: false });
    if (now?.ino !== this.identity.ino || now.dev !== this.identity.dev) {
      throw new DatabaseDamaged('the file has been moved or replaced while it was open');
    }
    await this.read((reader) => reader.handle.prepare('select count(*) from settings').get());
  }

  close(): Promise<void> {
    this.closing ??= this.closeConnections();
    return this.closing;
  }

  /**
   * Copies the whole database, as of one instant, to a new file while others go on reading and writing.
   * `progress` is told the share that is done, from 0 to 1; what it throws ends the copy.
   * @throws DatelineError when the file exists already
   */
  backup(target: string, progress: (share: number) => void = () => undefined): Promise<void> {
    return this.gate.run(() =>
      backup(this.file, target, (share) => {
        if (this.closing) throw new DatabaseUnavailable('it is being closed');
        progress(share);
      }),
    );
  }

  /** Bytes of the write-ahead log. */
  walSize(): number {
    return statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  private async closeConnections(): Promise<void> {
    this.watchers.close();
    await this.gate.close();
    await this.checkpoints?.end();
    this.reader.handle.close();
    try {
      // Statistics for tables that have changed much: best done now, and never worth waiting for.
      this.writer.handle.pragma('optimize');
      forgetShadows(this.writer.handle);
    } catch {}
    this.writer.handle.close();
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.gate.run(() => this.nesting.run(() => this.queue.run(work)));
  }

  private async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const { handle } = this.writer;
    if (this.breather.due) await this.breather.breathe();
    await this.retryWhileBusy(() => handle.exec('begin immediate'));
    const guard = new TransactionGuard();
    try {
      const tx = this.makeTx(guard);
      const result = await work(tx);
      await guard.runLast(tx);
      guard.end();
      // What was there before it would keep a part of the log from being moved into the file.
      this.turn.end();
      willCommit();
      this.noticing(() => handle.exec('commit'));
      this.longLog.cut();
      if (guard.announced) this.watchers.tell();
      return result;
    } catch (error) {
      guard.abandon();
      // SQLite itself rolls back on some errors (a full disk); then there is nothing left to roll back.
      if (handle.inTransaction) handle.exec('rollback');
      throw unwrapped(error);
    }
  }

  private makeTx(guard: TransactionGuard): Tx {
    const run = async <T>(work: (connection: Connection) => T): Promise<T> => {
      const result = await guard.statement(() => this.noticing(() => work(this.writer)));
      if (this.breather.due) await this.breather.breathe();
      return result;
    };
    return makeTx({
      engine: 'sqlite',
      db: queries(run),
      guard,
      send: (statement) => run((writer) => writer.all(statement)),
      tuples: (statement) => run((writer) => writer.tuples(statement)),
      insertMany: async (table, rows) => {
        if (rows.length === 0) return;
        const plan = sqliteInsert(table, rows);
        for (let start = 0; start < rows.length; start += INSERT_CHUNK) {
          const end = Math.min(start + INSERT_CHUNK, rows.length);
          await run((writer) => writer.insert(plan, rows, start, end));
        }
      },
    });
  }

  private async read<T>(work: (reader: Connection) => T): Promise<T> {
    return this.readNow(work);
  }

  /** At once, unless another process is in the way. Whatever is wrong is told by a promise. */
  private readNow<T>(work: (reader: Connection) => T): T | Promise<T> {
    if (this.closing === undefined) {
      try {
        this.turn.join();
        return work(this.reader);
      } catch (error) {
        if (!isBusy(error)) return Promise.reject(this.noticed(error));
      }
    }
    return this.gate.run(() => this.retryWhileBusy(() => work(this.reader)));
  }

  /** Waits for another process's lock without blocking the event loop. */
  private async retryWhileBusy<T>(work: () => T): Promise<T> {
    const deadline = performance.now() + this.lockTimeout;
    for (let pause = 1; ; pause = Math.min(pause * 2, 50)) {
      try {
        return this.noticing(work);
      } catch (error) {
        if (!isBusy(error)) throw error;
        if (performance.now() > deadline) throw new DatabaseUnavailable('another process is writing to it');
        await delay(pause * (0.5 + Math.random()));
      }
    }
  }

  /** The same while opening, when there is nobody yet whom waiting could hold up. */
  private patiently<T>(work: () => T): T {
    const deadline = performance.now() + this.lockTimeout;
    const sleeper = new Int32Array(new SharedArrayBuffer(4));
    for (;;) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error)) throw translated(error);
        if (performance.now() > deadline) throw new DatabaseUnavailable('another process is writing to it');
        Atomics.wait(sleeper, 0, 0, 10);
      }
    }
  }

  private noticing<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw this.noticed(error);
    }
  }

  /** What is told of an error. Remembers that damage was found: from then on the database reports not to be ready. */
  private noticed(error: unknown): unknown {
    const told = translated(error);
    if (told instanceof DatabaseDamaged) this.damage ??= told;
    return told;
  }
}
