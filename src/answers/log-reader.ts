import { type ChangeEntry, ChangesLost, headOfLog, readChanges } from '../changes';
import type { Database } from '../database';

/** Entries that are read at once, and how often: who is further behind gives up what it has. */
const PAGE = 500;
const MAX_PAGES = 4;

/** Told what the log says; `lost` when nobody can say what has happened. */
export interface LogListener {
  changed(entries: readonly ChangeEntry[]): void;
  lost(): void;
}

/**
 * Reads the change log when somebody is about to rely on having read it, and something may have been written since.
 * A commit of this process is noticed before whoever wrote is told that it succeeded, so that after `catchUp` nothing
 * that was acknowledged is unknown.
 */
export class LogReader {
  private head: number | null = null;
  private stale = true;
  private reading: Promise<void> | null = null;
  private readonly unwatch: () => void;

  constructor(
    private readonly database: Database,
    private readonly listener: LogListener,
  ) {
    this.unwatch = database.watch(() => {
      this.stale = true;
    });
  }

  /** Whether everything that is known to have happened has been told. */
  get isUpToDate(): boolean {
    return !this.stale && this.reading === null;
  }

  /** The number of the last entry that was told; null before the first `catchUp`. */
  get position(): number | null {
    return this.head;
  }

  /** @throws DatelineError SERVICE_UNAVAILABLE when the log cannot be read now */
  async catchUp(): Promise<void> {
    while (!this.isUpToDate) {
      this.reading ??= this.read();
      await this.reading;
    }
  }

  close(): void {
    this.unwatch();
    this.stale = true;
  }

  private async read(): Promise<void> {
    try {
      while (this.stale) {
        this.stale = false;
        await this.readOn();
      }
    } catch (error) {
      this.stale = true;
      throw error;
    } finally {
      this.reading = null;
    }
  }

  private async readOn(): Promise<void> {
    for (let pages = 0; ; pages++) {
      if (this.head === null || pages === MAX_PAGES) return this.startAnew();
      const entries = await this.entriesAfter(this.head);
      const last = entries?.at(-1);
      if (entries === null) return this.startAnew();
      if (last === undefined) return;
      this.head = last.seq;
      this.listener.changed(entries);
    }
  }

  /** Null where the log does not go on. */
  private async entriesAfter(head: number): Promise<readonly ChangeEntry[] | null> {
    try {
      return await readChanges(this.database, head, PAGE);
    } catch (error) {
      if (error instanceof ChangesLost) return null;
      throw error;
    }
  }

  private async startAnew(): Promise<void> {
    const head = await headOfLog(this.database);
    this.head = head;
    // After the read: what began to be made meanwhile may have seen either.
    this.listener.lost();
  }
}
