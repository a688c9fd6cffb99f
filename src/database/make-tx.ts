import type { SQL } from 'drizzle-orm';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import { datelineErrorIn } from '../core/errors';
import type { Params, Statement, Tx } from './database';
import type { Engine } from './portable-sql';
import { queryTools, toStatement } from './prepared';
import type { TransactionGuard } from './transaction-guard';

export interface TxParts {
  readonly engine: Engine;
  /** Drizzle's builder over the transaction's connection. */
  readonly db: PgRemoteDatabase;
  readonly guard: TransactionGuard;
  /** Sends one statement on the transaction's connection, under its guard. */
  send(statement: Statement): Promise<object[]>;
  /** The same for rows as lists of their values. */
  tuples: Tx['tuples'];
  insertMany: Tx['insertMany'];
}

export function makeTx({ engine, db, guard, send, tuples, insertMany }: TxParts): Tx {
  const tx: Omit<Tx, keyof { [K in keyof Tx as K extends symbol ? K : never]: 1 }> = {
    ...queryTools(engine),
    select: db.select.bind(db),
    selectDistinct: db.selectDistinct.bind(db),
    insert: db.insert.bind(db),
    update: db.update.bind(db),
    delete: db.delete.bind(db),
    rows: <R extends object>(query: SQL, params?: Params) =>
      send(toStatement(engine, query, params)) as Promise<R[]>,
    tuples,
    execute: async (query, params) => void (await send(toStatement(engine, query, params))),
    insertMany,
    beforeCommit: (work) => guard.beforeCommit(work),
  };
  return tx as Tx;
}

/** What a caller of `write` is told: our own error where Drizzle has wrapped one, anything else as it is. */
export function unwrapped(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (datelineErrorIn(error) ?? error) : error;
}
