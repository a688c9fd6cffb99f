import type { Reader } from './database';
import { makeReader, unwrapped } from './make-tx';
import { type SnapshotTerms, SnapshotWatch } from './snapshot';
import { type Connection, queries } from './sqlite-connection';

export interface SnapshotConnection extends Omit<SnapshotTerms, 'release'> {
  /** For this snapshot alone: it is closed with it. */
  readonly connection: Connection;
  /** Runs something that reads, again while another process is in the way. */
  readonly attempt: <R>(read: () => R) => Promise<R>;
}

/**
 * Runs `work` in one transaction that only reads. While it is open the write-ahead log cannot start anew, and
 * grows by all that is written.
 */
export async function sqliteSnapshot<T>(
  { connection, attempt, ...terms }: SnapshotConnection,
  work: (reader: Reader) => Promise<T>,
): Promise<T> {
  const { handle } = connection;
  const watch = new SnapshotWatch({ ...terms, release: () => handle.close() });
  const run = <R>(read: (connection: Connection) => R) =>
    watch.statement(() => attempt(() => read(connection)));
  try {
    // The snapshot is taken by the first thing that is read.
    await attempt(() => {
      if (!handle.inTransaction) handle.exec('begin');
      handle.prepare('select count(*) from sqlite_schema').get();
    });
    return await work(
      makeReader({
        engine: 'sqlite',
        db: queries(run),
        send: (statement) => run((reader) => reader.all(statement)),
        tuples: (statement) => run((reader) => reader.tuples(statement)),
      }),
    );
  } catch (error) {
    throw unwrapped(error);
  } finally {
    // Its transaction ends with the connection.
    if (watch.end()) handle.close();
  }
}
