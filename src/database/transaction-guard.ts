import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tx } from './database';

/** Work that a transaction does last, and whether it may still be used and committed. */
export class TransactionGuard {
  private readonly last: ((tx: Tx) => Promise<void>)[] = [];
  private open = true;
  private announces = false;
  private failure: { readonly error: unknown } | undefined;

  beforeCommit(work: (tx: Tx) => Promise<void>): void {
    this.assertOpen();
    this.last.push(work);
  }

  announce(): void {
    this.assertOpen();
    this.announces = true;
  }

  /** Whether others are to hear of the commit. */
  get announced(): boolean {
    return this.announces;
  }

  async runLast(tx: Tx): Promise<void> {
    for (const work of this.last) await work(tx);
  }

  /**
   * Runs one statement. When it fails the transaction is lost, whoever catches the error: PostgreSQL would
   * answer the commit by rolling back without a word, and SQLite would commit the rest.
   */
  async statement<T>(send: () => T | Promise<T>): Promise<T> {
    this.assertOpen();
    try {
      return await send();
    } catch (error) {
      this.failure ??= { error };
      throw error;
    }
  }

  /** No statement may follow. @throws the error of the statement that failed, if one did */
  end(): void {
    this.open = false;
    if (this.failure) throw this.failure.error;
  }

  /** Like `end`, for a transaction that is given up anyway. */
  abandon(): void {
    this.open = false;
  }

  private assertOpen(): void {
    if (!this.open) throw new Error('This transaction has ended: await everything inside of write()');
    if (this.failure) {
      throw new Error('A statement of this transaction has failed: it can only be given up', {
        cause: this.failure.error,
      });
    }
  }
}

interface Inside {
  readonly guard: NestingGuard;
  open: boolean;
  readonly outer: Inside | undefined;
}

/** One for all databases: each storage costs something at every promise of the process, from its first use until it is disabled. */
const inside = new AsyncLocalStorage<Inside>();
let running = 0;

/**
 * Refuses a `write` inside of a `write` to the same database. On SQLite it would wait for itself for ever; on
 * PostgreSQL it would be a second transaction that does not see the first.
 */
export class NestingGuard {
  async run<T>(work: () => Promise<T>): Promise<T> {
    const outer = inside.getStore();
    for (let each = nearestOpen(outer); each; each = nearestOpen(each.outer)) {
      if (each.guard === this) {
        throw new Error('write() inside of write(): pass the Tx on instead of opening another transaction');
      }
    }
    // What is started inside and outlives the transaction, a timer for one, may write again later.
    const mine = { guard: this, open: true, outer: nearestOpen(outer) };
    running++;
    try {
      return await inside.run(mine, work);
    } finally {
      mine.open = false;
      // Nobody is inside of anything: who only reads shall not pay for it.
      if (--running === 0) inside.disable();
    }
  }
}

/** Those that have ended are let go of: what starts the next from the last for ever would keep them all. */
function nearestOpen(from: Inside | undefined): Inside | undefined {
  let each = from;
  while (each && !each.open) each = each.outer;
  return each;
}
