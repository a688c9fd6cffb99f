import { getPriority } from 'node:os';
import { workerData } from 'node:worker_threads';
import { sendAll } from '../../../src/importers/threads';

/** A thread that counts, and notes in shared memory how far it is. */
const { made, end, then }: { made: Int32Array; end: number; then: 'ends' | 'throws' | 'dies' | 'tells' } =
  workerData;

async function* numbers(): AsyncGenerator<number, void, undefined> {
  for (let number = 1; number <= end; number++) {
    Atomics.store(made, 0, number);
    yield number;
  }
  if (then === 'tells') yield getPriority();
  if (then === 'throws') throw Object.assign(new Error('it went wrong'), { code: 'EWRONG' });
  if (then === 'dies') process.exit(1);
}

void sendAll(numbers());
