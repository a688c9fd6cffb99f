import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tx } from './database';

/** Work that a transaction does last, and whether it may still be used. */
export class TransactionGuard {
  private readonly last: ((tx: Tx) => Promise<void>)[] = [];
  private open = true;

  beforeCommit(work: (tx: Tx) => Promise<void>): void {
    this.assertOpen();
    this.last.push(work);
  }

  async runLast(tx: Tx): Promise<void> {
    for (const work of this.last) await work(tx);
  }

  end(): void {
    this.open = false;
  }

  assertOpen(): void {
    if (!this.open) throw new Error('This transaction has ended: await everything inside of write()');
  }
}

/**
 * Refuses a `write` inside of a `write`. On SQLite it would wait for itself for ever; on PostgreSQL it would
 * be a second transaction that does not see the first.
 */
export class NestingGuard {
  private readonly inside = new AsyncLocalStorage<true>();

  run<T>(work: () => Promise<T>): Promise<T> {
    if (this.inside.getStore()) {
      throw new Error('write() inside of write(): pass the Tx on instead of opening another transaction');
    }
    return this.inside.run(true, work);
  }
}
