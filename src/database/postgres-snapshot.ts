import { drizzle, type PgRemoteDatabase } from 'drizzle-orm/pg-proxy';
import type pg from 'pg';
import type { Reader, Statement, Tuple } from './database';
import { makeReader, unwrapped } from './make-tx';
import { explained } from './postgres-errors';
import { SnapshotWatch } from './snapshot';

export type Send = (statement: Statement, rowMode?: 'array') => Promise<unknown[]>;

export interface SnapshotSession {
  /** Of a pool: it is given back. */
  readonly client: pg.PoolClient;
  /** Sends a statement through the client. */
  readonly send: Send;
  /** Milliseconds for which the snapshot may go unread. */
  readonly patience: number;
  readonly closing: () => boolean;
}

/** Milliseconds by which the server, which ends the transaction of a process that hangs, is more patient. */
const GRACE = 30_000;

/** Runs `work` in one transaction that only reads and sees what was committed before its first statement. */
export async function postgresSnapshot<T>(
  { client, send, patience, closing }: SnapshotSession,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const connection: { fault?: Error } = {};
  // The pool listens to its idle clients only; unheard, the error of this one would end the process.
  const onError = (fault: Error) => {
    connection.fault = fault;
  };
  client.on('error', onError);
  const watch = new SnapshotWatch({ patience, closing, release: () => client.release(true) });
  const read = inOrder((statement, mode) => watch.statement(() => send(statement, mode)));
  try {
    await client
      .query(
        `begin isolation level repeatable read, read only; set local idle_in_transaction_session_timeout = ${patience + GRACE}`,
      )
      .catch((error: unknown) => Promise.reject(explained(error)));
    await read({ text: 'select 1', values: [] });
    return await work(
      makeReader({
        engine: 'postgres',
        db: queries(read),
        send: (statement) => read(statement) as Promise<object[]>,
        tuples: (statement) => read(statement, 'array') as Promise<Tuple[]>,
      }),
    );
  } catch (error) {
    throw unwrapped(error);
  } finally {
    if (watch.end()) {
      // A connection that cannot even roll back must not go back to the pool.
      if (!connection.fault) await client.query('rollback').catch(onError);
      client.release(connection.fault);
      if (!connection.fault) client.off('error', onError);
    }
  }
}

/** Drizzle's builder over whatever sends its statements. */
export function queries(send: Send): PgRemoteDatabase {
  return drizzle(async (text, values) => ({ rows: await send({ text, values }, 'array') }));
}

/** One statement after the other, also where the caller has asked for several at once. */
function inOrder(send: Send): Send {
  let last: Promise<unknown> = Promise.resolve();
  return (statement, mode) => {
    const turn = last.then(() => send(statement, mode));
    last = turn.catch(() => undefined);
    return turn;
  };
}
