import type Sqlite from 'better-sqlite3';

/** How much larger the log is at the next attempt after one in vain: a snapshot may be read for minutes. */
const GROWTH = 1 + 1 / 16;

/**
 * Has the write-ahead log begin anew when it has grown beyond the writer's `journal_size_limit`. By itself it does so only at a
 * commit during which nobody reads from it, and where the reads of two processes overlap there may be none for hours. Here the
 * writer waits until those that are under way have ended: who begins meanwhile finds everything in the file.
 */
export class LongLog {
  private readonly limit: number;
  /** The size beyond which it is attempted. */
  private next: number;

  /** @param size of the log, in bytes */
  constructor(
    private readonly writer: Sqlite.Database,
    private readonly size: () => number,
  ) {
    this.limit = Number(writer.pragma('journal_size_limit', { simple: true }));
    this.next = this.limit;
  }

  /** To be called after a commit, which it does not fail. Waits for readers no longer than the connection waits for a lock. */
  cut(): void {
    const size = this.size();
    if (size <= this.limit) this.next = this.limit;
    if (size > this.next && !this.restart()) this.next = size * GROWTH;
  }

  private restart(): boolean {
    try {
      const [result] = this.writer.pragma('wal_checkpoint(restart)') as [{ busy: number }];
      return result.busy === 0;
    } catch {
      // What was committed is in the log, and whoever reads it next learns what is wrong.
      return false;
    }
  }
}
