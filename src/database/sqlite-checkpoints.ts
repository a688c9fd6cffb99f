import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { canStartThreads, threadFile } from '../core/threads';

export interface Checkpoints {
  /** To be called before the other connections are closed: the last one puts the log away. */
  end(): Promise<void>;
}

/**
 * A thread that moves what is committed out of the write-ahead log into the file whenever it is `pages` or more, while
 * the connection that writes goes on. That one does so itself when the log is full, or it would never start anew, but
 * has little left to move then. Where no thread can be started, it moves all of it.
 */
export function startCheckpoints(file: string, pages: number): Checkpoints | null {
  if (!canStartThreads()) return null;
  const thread = new Worker(threadFile(join(__dirname, 'sqlite-checkpoint-thread')), {
    workerData: { file, pages },
  });
  const ended = new Promise<void>((resolve) => thread.once('exit', () => resolve()));
  // What it fails at, for want of room say, the connection that writes finds out as well.
  thread.on('error', () => undefined);
  thread.unref();
  return {
    end: () => {
      thread.ref();
      thread.postMessage('end');
      return ended;
    },
  };
}
