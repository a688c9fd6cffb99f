import { setImmediate as nextTurn } from 'node:timers/promises';
import { DatabaseUnavailable } from '../core/errors';

/** One after the other, in the order of asking. */
export class WriteQueue {
  private tail: Promise<void> = Promise.resolve();

  /** @param patience milliseconds that one waits for its turn before it gives up */
  constructor(private readonly patience: number) {}

  /** @throws DatabaseUnavailable when the turn does not come in time; then `work` will never run */
  run<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let gaveUp = false;
      const timer = setTimeout(() => {
        gaveUp = true;
        reject(new DatabaseUnavailable('too many writes are waiting'));
      }, this.patience);
      this.tail = this.tail.then(async () => {
        clearTimeout(timer);
        if (!gaveUp) await work().then(resolve, reject);
      });
    });
  }
}

/** Milliseconds of statements after which a transaction lets everything else have a turn. */
const TURN = 8;

/**
 * SQLite answers at once, so that a transaction of a thousand statements would be one long turn of the event
 * loop in which no request is even accepted. This gives the loop a turn every few milliseconds.
 */
export class Breather {
  private since = 0;

  get due(): boolean {
    return performance.now() - this.since > TURN;
  }

  async breathe(): Promise<void> {
    await nextTurn();
    this.since = performance.now();
  }
}
