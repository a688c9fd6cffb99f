import type { SQL } from 'drizzle-orm';
import { DrizzleQueryError } from 'drizzle-orm/errors';
import type { PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import { datelineErrorIn } from '../core/errors';
import type { Params, Reader, Statement, Tx } from './database';
import type { Engine } from './portable-sql';
import { queryTools, toStatement } from './prepared';
import type { TransactionGuard } from './transaction-guard';

export interface ReaderParts {
  readonly engine: Engine;
  /** Drizzle's builder over the connection. */
  readonly db: PgRemoteDatabase;
  /** Sends one statement on the connection, under its guard. */
  send(statement: Statement): Promise<object[]>;
  /** The same for rows as lists of their values. */
  tuples: Reader['tuples'];
}

export interface TxParts extends ReaderParts {
  readonly guard: TransactionGuard;
  insertMany: Tx['insertMany'];
}

/** What reads through one connection of its own. */
export function makeReader({ engine, db, send, tuples }: ReaderParts): Reader {
  return {
    ...queryTools(engine),
    select: db.select.bind(db),
    selectDistinct: db.selectDistinct.bind(db),
    rows: <R extends object>(query: SQL, params?: Params) =>
      send(toStatement(engine, query, params)) as Promise<R[]>,
    tuples,
  };
}

export function makeTx({ guard, insertMany, ...parts }: TxParts): Tx {
  const { engine, db, send } = parts;
  const tx: Omit<Tx, keyof { [K in keyof Tx as K extends symbol ? K : never]: 1 }> = {
    ...makeReader(parts),
    insert: db.insert.bind(db),
    update: db.update.bind(db),
    delete: db.delete.bind(db),
    execute: async (query, params) => void (await send(toStatement(engine, query, params))),
    insertMany,
    beforeCommit: (work) => guard.beforeCommit(work),
    announce: () => guard.announce(),
  };
  return tx as Tx;
}

/** What a caller of `write` or `snapshot` is told: our own error where Drizzle has wrapped one, anything else as it is. */
export function unwrapped(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (datelineErrorIn(error) ?? error) : error;
}
