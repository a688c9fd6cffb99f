import { DatabaseUnavailable } from '../core/errors';

/** Milliseconds for which a snapshot may go unread. */
export const SNAPSHOT_PATIENCE = 10 * 60_000;
/** Bytes by which the write-ahead log of SQLite may grow while a snapshot is held. */
export const SNAPSHOT_LOG_LIMIT = 1_024 * 1_024 * 1_024;
/** Milliseconds between two looks at a snapshot that is held. */
const LOOK_EVERY = 1_000;

export interface SnapshotTerms {
  /** Milliseconds for which it may go unread. */
  readonly patience: number;
  /** Whether what has been written meanwhile has become too much to keep the old state beside it. */
  readonly overgrown?: () => boolean;
  /** Whether the database is being closed. */
  readonly closing: () => boolean;
  /** Lets go of a snapshot that is given up; called at most once, while no statement is running. */
  readonly release: () => void;
}

/**
 * Watches over a snapshot: whoever holds one keeps the database from clearing away what is replaced meanwhile,
 * and must not do so for ever because a pipe is stuck or somebody suspended the process that reads it.
 */
export class SnapshotWatch {
  private readonly timer: NodeJS.Timeout;
  private lastRead = performance.now();
  private running = 0;
  private state: 'held' | 'released' = 'held';
  private fault: DatabaseUnavailable | undefined;

  constructor(private readonly terms: SnapshotTerms) {
    this.timer = setInterval(() => this.look(), Math.min(LOOK_EVERY, terms.patience)).unref();
  }

  /** @throws DatabaseUnavailable when the snapshot had to be given up */
  async statement<T>(send: () => T | Promise<T>): Promise<T> {
    if (this.terms.closing()) this.giveUp('it is being closed');
    if (this.fault) throw this.fault;
    if (this.state === 'released') {
      throw new Error('This snapshot has ended: await everything inside of snapshot()');
    }
    this.running++;
    try {
      return await send();
    } finally {
      this.running--;
      this.lastRead = performance.now();
    }
  }

  /** True when the snapshot is still held: then the caller lets go of it. */
  end(): boolean {
    clearInterval(this.timer);
    const held = this.state === 'held';
    this.state = 'released';
    return held;
  }

  private look(): void {
    if (this.running > 0) return;
    const { patience, overgrown } = this.terms;
    if (performance.now() - this.lastRead > patience) {
      this.giveUp(`nothing was read from a snapshot for ${Math.round(patience / 1_000)} seconds`);
    } else if (overgrown?.()) {
      this.giveUp('too much was written while a snapshot was read');
    }
  }

  private giveUp(reason: string): void {
    if (!this.end()) return;
    this.fault = new DatabaseUnavailable(reason);
    this.terms.release();
  }
}
