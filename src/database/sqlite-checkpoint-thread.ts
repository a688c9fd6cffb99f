/** A thread that moves what is committed out of the write-ahead log into the file: see `sqlite-checkpoints.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import Sqlite from 'better-sqlite3';

/** Milliseconds between two looks at the log. */
const LOOK_EVERY = 250;

const { file, pages }: { file: string; pages: number } = workerData;
const handle = new Sqlite(file, { fileMustExist: true, timeout: 0 });
handle.pragma('synchronous = normal');

const timer = setInterval(() => {
  const { log, checkpointed } = checkpoint('noop');
  if (log - checkpointed >= pages) checkpoint('passive');
}, LOOK_EVERY);

parentPort?.once('message', () => {
  clearInterval(timer);
  handle.close();
});

/** In pages: how long the log is, and how much of it is in the file. A passive one never holds anybody up. */
function checkpoint(mode: 'noop' | 'passive'): { log: number; checkpointed: number } {
  const [result] = handle.pragma(`wal_checkpoint(${mode})`) as [{ log: number; checkpointed: number }];
  return result;
}
