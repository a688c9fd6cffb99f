import { setTimeout as delay } from 'node:timers/promises';
import { getTableName, is, type SQL, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import pg from 'pg';
import { DatabaseUnavailable, OutcomeUnknown } from '../core/errors';
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
import { insertPlan, quoted } from './insert-many';
import { makeTx, unwrapped } from './make-tx';
import { explained, isDisconnected, mayRunAgain } from './postgres-errors';
import { CHANNEL, listenOn } from './postgres-listen';
import { postgresPlan } from './postgres-plan';
import { postgresSnapshot, queries, type Send } from './postgres-snapshot';
import { statementName } from './postgres-statement-names';
import { queryTools, toStatement } from './prepared';
import { SNAPSHOT_PATIENCE } from './snapshot';
import { storable, toJson } from './storable';
import { timeStatement } from './timing';
import { NestingGuard, TransactionGuard } from './transaction-guard';
import { Watchers } from './watchers';

/** Writers wait for one another in the end, at the head of the change log, and must not starve the readers. */
const READERS = 10;
const WRITERS = 5;
const DEFAULT_LOCK_TIMEOUT = 10_000;
/** Milliseconds after which the server gives up a read, and some more after which we do not believe in it. */
const READ_TIMEOUT = 30_000;
/** Milliseconds after which the server ends a transaction that we seem to have forgotten, and frees its locks. */
const IDLE_TIMEOUT = 60_000;
/** How often a transaction is begun that others are in the way of, and the milliseconds before the second time, at most; twice as many before each further one. */
const ATTEMPTS = 8;
const PAUSE = 20;
/** Rows sent in one statement by insertMany: bounds the memory of its one JSON parameter. */
const INSERT_CHUNK = 1_000;

/** Numbers as numbers: every one of ours (instants, counts, sums, the log's seq) is below 2^53. */
const NUMBERS = new Set<number>([pg.types.builtins.INT8, pg.types.builtins.NUMERIC]);
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) => (NUMBERS.has(id) ? Number : pg.types.getTypeParser(id, format)),
};

/** Opens pools on `url` (`postgres://…`). Connects on first use. */
export function openPostgres(url: string, options: DatabaseOptions = {}): PostgresDatabase {
  return new PostgresDatabase(url, options);
}

export class PostgresDatabase implements Database {
  readonly engine = 'postgres';
  readonly tables = queryTools('postgres').tables;
  readonly portable = queryTools('postgres').portable;
  readonly select: Reader['select'];
  readonly selectDistinct: Reader['selectDistinct'];
  private readonly readers: pg.Pool;
  private readonly writers: pg.Pool;
  private readonly gate = new Gate();
  private readonly nesting = new NestingGuard();
  private readonly watchers: Watchers;
  private closing: Promise<void> | undefined;

  constructor(
    url: string,
    private readonly options: DatabaseOptions,
  ) {
    const lockTimeout = options.lockTimeout ?? DEFAULT_LOCK_TIMEOUT;
    const common: pg.PoolConfig = {
      connectionString: url,
      types,
      connectionTimeoutMillis: lockTimeout,
      lock_timeout: lockTimeout,
      keepAlive: true,
      application_name: 'dateline',
    };
    this.readers = new pg.Pool({
      ...common,
      max: READERS,
      statement_timeout: READ_TIMEOUT,
      query_timeout: READ_TIMEOUT + 5_000,
    });
    // No limit on a statement that writes: an index may take minutes to make.
    this.writers = new pg.Pool({
      ...common,
      max: WRITERS,
      ...(options.durability === 'FLUSH' ? { options: '-c synchronous_commit=off' } : {}),
      idle_in_transaction_session_timeout: IDLE_TIMEOUT,
    });
    // An idle connection that breaks is replaced on next use; unheard, its error would end the process.
    for (const pool of [this.readers, this.writers]) pool.on('error', () => undefined);
    const db = queries((statement, mode) => this.read(statement, mode));
    this.watchers = new Watchers((tell) => listenOn(common, tell));
    this.select = db.select.bind(db);
    this.selectDistinct = db.selectDistinct.bind(db);
  }

  rows<R extends object>(query: SQL, params?: Params): Promise<R[]> {
    return this.read(toStatement('postgres', query, params)) as Promise<R[]>;
  }

  tuples(statement: Statement): Promise<Tuple[]> {
    return this.read(statement, 'array') as Promise<Tuple[]>;
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.gate.run(() => this.nesting.run(() => this.attempts(work)));
  }

  alterTables<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.write(work);
  }

  snapshot<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return this.gate.run(async () => {
      const client = await this.readers.connect().catch(rethrowExplained);
      return postgresSnapshot(
        {
          client,
          send: (statement, mode) => this.send(client, statement, mode),
          patience: this.options.snapshotPatience ?? SNAPSHOT_PATIENCE,
          closing: () => this.closing !== undefined,
        },
        work,
      );
    });
  }

  async flush(): Promise<void> {
    await this.write(async (tx) => {
      await tx.execute(sql`set local synchronous_commit = on`);
      // The log is brought to the disk up to the end of a transaction that has written something.
      const { settings } = this.tables;
      await tx
        .insert(settings)
        .values({ name: 'flushed', value: '' })
        .onConflictDoUpdate({ target: settings.name, set: { value: '' } });
    });
  }

  watch(listener: () => void): () => void {
    return this.watchers.add(listener);
  }

  plan({ text, values }: StatementShape): Promise<string[]> {
    return this.gate.run(async () => {
      const client = await this.readers.connect().catch(rethrowExplained);
      try {
        return await postgresPlan(client, text, values);
      } catch (error) {
        throw explained(error);
      } finally {
        // With what was prepared in it.
        client.release(true);
      }
    });
  }

  async analyse(): Promise<void> {
    const names = Object.values(this.tables).filter((table) => is(table, PgTable));
    const text = `analyze ${names.map((table) => quoted(getTableName(table))).join(', ')}`;
    await this.gate.run(() => this.nesting.run(() => this.send(this.writers, { text, values: [] })));
  }

  async check(): Promise<void> {
    await this.read({ text: 'select 1 from settings limit 1', values: [] });
  }

  close(): Promise<void> {
    this.closing ??= this.closePools();
    return this.closing;
  }

  private async closePools(): Promise<void> {
    this.watchers.close();
    await this.gate.close();
    await Promise.all([this.readers.end(), this.writers.end()]);
  }

  private read(statement: Statement, rowMode?: 'array'): Promise<unknown[]> {
    return this.gate.run(() => this.send(this.readers, statement, rowMode));
  }

  private async attempts<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.transaction(work);
      } catch (error) {
        if (!mayRunAgain(error)) throw unwrapped(error);
        if (attempt === ATTEMPTS) throw new DatabaseUnavailable('others keep changing the same rows');
        await delay(Math.random() * PAUSE * 2 ** (attempt - 1));
      }
    }
  }

  private async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.writers.connect().catch(rethrowExplained);
    const connection: { fault?: Error } = {};
    // The pool listens to its idle clients only; unheard, the error of this one would end the process.
    const onError = (fault: Error) => {
      connection.fault = fault;
    };
    client.on('error', onError);
    const guard = new TransactionGuard();
    const send = this.sendInOrder(client, guard);
    try {
      await client.query('begin').catch(rethrowExplained);
      const tx = this.makeTx(guard, send.statement);
      const result = await work(tx);
      await guard.runLast(tx);
      await send.settled();
      guard.end();
      if (connection.fault) throw explained(connection.fault);
      await commit(client, guard);
      if (guard.announced) this.watchers.tell();
      return result;
    } catch (error) {
      guard.abandon();
      await send.settled();
      // A connection that cannot even roll back must not go back to the pool.
      if (!connection.fault) await client.query('rollback').catch(onError);
      throw error;
    } finally {
      client.release(connection.fault);
      if (!connection.fault) client.off('error', onError);
    }
  }

  /** One statement after the other on one connection, also where the caller has asked for several at once. */
  private sendInOrder(client: pg.PoolClient, guard: TransactionGuard) {
    let last: Promise<unknown> = Promise.resolve();
    const statement: Send = (query, mode) => {
      const turn = last.then(() => guard.statement(() => this.send(client, query, mode)));
      last = turn.catch(() => undefined);
      return turn;
    };
    return { statement, settled: () => last };
  }

  private makeTx(guard: TransactionGuard, send: Send): Tx {
    return makeTx({
      engine: 'postgres',
      db: queries(send),
      guard,
      send: (statement) => send(statement) as Promise<object[]>,
      tuples: (statement) => send(statement, 'array') as Promise<Tuple[]>,
      insertMany: (table, rows) => insertMany(send, table, rows),
    });
  }

  private async send(
    target: Pick<pg.ClientBase, 'query'>,
    { text, values }: Statement,
    rowMode?: 'array',
  ): Promise<unknown[]> {
    this.options.onStatement?.(text);
    const timed = timeStatement('postgres');
    const name = statementName(text);
    const query = { ...(name === null ? {} : { name }), text, values: values.map(storable) };
    try {
      const result = await (rowMode ? target.query({ ...query, rowMode }) : target.query(query));
      return result.rows;
    } catch (error) {
      throw explained(error);
    } finally {
      timed?.end(text, values.length);
    }
  }
}

async function commit(client: pg.PoolClient, { announced }: TransactionGuard): Promise<void> {
  // In one message, so that to announce it takes no further turn of the network.
  const text = announced ? `notify ${CHANNEL}; commit` : 'commit';
  const results: unknown = await client.query(text).catch((error: unknown) => {
    throw isDisconnected(error) ? new OutcomeUnknown() : explained(error);
  });
  const { command } = (Array.isArray(results) ? results.at(-1) : results) as pg.QueryResult;
  // A transaction that has failed is rolled back by "commit", which calls that a success.
  if (command !== 'COMMIT') throw new Error('PostgreSQL has rolled back instead of committing');
}

async function insertMany(
  send: Send,
  table: Parameters<Tx['insertMany']>[0],
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<void> {
  if (rows.length === 0) return;
  const plan = insertPlan(table, rows);
  const names = plan.columns.map(({ name }) => quoted(name)).join(', ');
  const shape = plan.columns.map((column) => `${quoted(column.name)} ${column.getSQLType()}`).join(', ');
  const text = `${plan.head} select ${names} from jsonb_to_recordset($1::jsonb) as r(${shape})`;
  for (let start = 0; start < rows.length; start += INSERT_CHUNK) {
    const chunk = rows.slice(start, start + INSERT_CHUNK).map((row) => {
      const values = plan.values(row);
      return Object.fromEntries(plan.columns.map(({ name }, index) => [name, values[index]]));
    });
    await send({ text, values: [toJson(chunk)] });
  }
}

function rethrowExplained(error: unknown): never {
  throw explained(error);
}
