import { createHash } from 'node:crypto';
import type { SQL } from 'drizzle-orm';
import { getTableColumns, getTableName } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/pg-proxy';
import pg from 'pg';
import { DatabaseUnavailable } from '../core/errors';
import type { Database, DatabaseOptions, Reader, Statement, Tx } from './database';
import { queryTools, toStatement } from './prepared';
import { NestingGuard, TransactionGuard } from './transaction-guard';

const POOL_SIZE = 10;
/** SQLSTATEs after which a transaction may simply be run again: serialisation failure, deadlock. */
const AGAIN = new Set(['40001', '40P01']);
const ATTEMPTS = 5;
/** Rows sent in one statement by insertMany: bounds the memory of its one JSON parameter. */
const INSERT_CHUNK = 1_000;

/** 8-byte integers as numbers: every one of ours (instants, counts, the log's seq) is below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (id, format) =>
    id === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(id, format),
};

/** Opens a pool on `url` (`postgres://…`). Connects on first use. */
export function openPostgres(url: string, options: DatabaseOptions = {}): PostgresDatabase {
  return new PostgresDatabase(url, options);
}

type Send = (statement: Statement, rowMode?: 'array') => Promise<unknown[]>;

export class PostgresDatabase implements Database {
  readonly engine = 'postgres';
  readonly tables = queryTools('postgres').tables;
  readonly portable = queryTools('postgres').portable;
  readonly select: Reader['select'];
  readonly selectDistinct: Reader['selectDistinct'];
  private readonly pool: pg.Pool;
  private readonly nesting = new NestingGuard();
  private readonly onStatement: ((text: string) => void) | undefined;

  constructor(url: string, options: DatabaseOptions) {
    this.onStatement = options.onStatement;
    this.pool = new pg.Pool({
      connectionString: url,
      max: POOL_SIZE,
      types,
      connectionTimeoutMillis: options.lockTimeout ?? 10_000,
      lock_timeout: options.lockTimeout ?? 10_000,
      application_name: 'dateline',
    });
    // An idle connection that breaks is replaced on next use; unheard, its error would end the process.
    this.pool.on('error', () => undefined);
    const db = queries((statement, mode) => this.send(this.pool, statement, mode));
    this.select = db.select.bind(db);
    this.selectDistinct = db.selectDistinct.bind(db);
  }

  rows<R extends object>(query: SQL): Promise<R[]> {
    return this.run(toStatement('postgres', query)) as Promise<R[]>;
  }

  run(statement: Statement): Promise<object[]> {
    return this.send(this.pool, statement) as Promise<object[]>;
  }

  write<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.nesting.run(async () => {
      for (let attempt = 1; ; attempt++) {
        try {
          return await this.transaction(work);
        } catch (error) {
          if (attempt === ATTEMPTS || !AGAIN.has(sqlState(error))) throw error;
        }
      }
    });
  }

  async check(): Promise<void> {
    await this.run({ text: 'select 1 from settings limit 1', values: [] });
  }

  async close(): Promise<void> {
    await this.pool.end();
  }

  private async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const client = await this.pool.connect().catch(unavailable);
    const guard = new TransactionGuard();
    let broken: Error | undefined;
    try {
      await client.query('begin');
      const tx = this.makeTx(client, guard);
      const result = await work(tx);
      await guard.runLast(tx);
      guard.end();
      await client.query('commit');
      return result;
    } catch (error) {
      guard.end();
      // A connection that cannot even roll back must not go back to the pool.
      await client.query('rollback').catch((fault: Error) => {
        broken = fault;
      });
      throw error;
    } finally {
      client.release(broken);
    }
  }

  private makeTx(client: pg.PoolClient, guard: TransactionGuard): Tx {
    const send: Send = async (statement, mode) => {
      guard.assertOpen();
      return this.send(client, statement, mode);
    };
    const db = queries(send);
    const tx: Omit<Tx, keyof { [K in keyof Tx as K extends symbol ? K : never]: 1 }> = {
      tables: this.tables,
      portable: this.portable,
      select: db.select.bind(db),
      selectDistinct: db.selectDistinct.bind(db),
      insert: db.insert.bind(db),
      update: db.update.bind(db),
      delete: db.delete.bind(db),
      rows: <R extends object>(query: SQL) => send(toStatement('postgres', query)) as Promise<R[]>,
      run: (statement) => send(statement) as Promise<object[]>,
      execute: async (query) => void (await send(toStatement('postgres', query))),
      insertMany: (table, rows) => insertMany(send, table, rows),
      beforeCommit: (last) => guard.beforeCommit(last),
    };
    return tx as Tx;
  }

  private async send(
    target: Pick<pg.ClientBase, 'query'>,
    { text, values }: Statement,
    rowMode?: 'array',
  ): Promise<unknown[]> {
    this.onStatement?.(text);
    const query = { name: statementName(text), text, values: [...values] };
    try {
      const result = await (rowMode ? target.query({ ...query, rowMode }) : target.query(query));
      return result.rows;
    } catch (error) {
      return unavailable(error);
    }
  }
}

function queries(send: Send): ReturnType<typeof drizzle> {
  return drizzle(async (text, values) => ({ rows: await send({ text, values }, 'array') }));
}

async function insertMany(
  send: Send,
  table: Parameters<Tx['insertMany']>[0],
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const first = rows[0];
  if (!first) return;
  const columns = Object.entries(getTableColumns(table)).filter(([name]) => name in first);
  const names = columns.map(([, column]) => `"${column.name}"`).join(', ');
  const shape = columns.map(([, column]) => `"${column.name}" ${column.getSQLType()}`).join(', ');
  const text =
    `insert into "${getTableName(table)}" (${names}) ` +
    `select ${names} from jsonb_to_recordset($1::jsonb) as r(${shape})`;
  for (let start = 0; start < rows.length; start += INSERT_CHUNK) {
    const chunk = rows
      .slice(start, start + INSERT_CHUNK)
      .map((row) => Object.fromEntries(columns.map(([name, column]) => [column.name, row[name] ?? null])));
    await send({ text, values: [JSON.stringify(chunk)] });
  }
}

/** The SQLSTATE of an error of PostgreSQL's, also where Drizzle has wrapped it; else ''. */
function sqlState(error: unknown): string {
  if (error instanceof pg.DatabaseError) return error.code ?? '';
  return error instanceof Error && error.cause !== undefined ? sqlState(error.cause) : '';
}

const names = new Map<string, string>();

/** A name by which each connection keeps the statement prepared; the same text has the same name. */
function statementName(text: string): string {
  let name = names.get(text);
  if (name === undefined) {
    name = createHash('sha1').update(text).digest('base64url');
    if (names.size > 5_000) names.clear();
    names.set(text, name);
  }
  return name;
}

/** Says that the server cannot be reached, without its address; passes every other error on. */
function unavailable(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (/^(ECONN|ENOTFOUND|EAI_|ETIMEDOUT|57P0|53300|55P03)/.test(code)) {
    throw new DatabaseUnavailable('PostgreSQL cannot be reached');
  }
  if (
    error instanceof Error &&
    /timeout exceeded when trying to connect|Connection terminated/.test(error.message)
  ) {
    throw new DatabaseUnavailable('PostgreSQL did not answer in time');
  }
  throw error;
}
