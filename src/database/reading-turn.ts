import type Sqlite from 'better-sqlite3';

/**
 * One read transaction for what is read in one go, such as all that a page's articles refer to: a statement by itself takes
 * the lock of the file and gives it back, which takes as long as to look up some rows. It is over before anybody who waits
 * for anything goes on, so that nobody reads what was there before a change that they know of.
 */
export class ReadingTurn {
  private readonly starting: Sqlite.Statement;
  private readonly ending: Sqlite.Statement;
  private isOn = false;

  constructor(private readonly handle: Sqlite.Database) {
    this.starting = handle.prepare('begin');
    this.ending = handle.prepare('commit');
  }

  /** To be called before a statement. */
  join(): void {
    if (this.isOn) return;
    this.starting.run();
    this.isOn = true;
    Promise.resolve().then(() => this.end());
  }

  private end(): void {
    this.isOn = false;
    // Some errors end it, and so does closing the database.
    if (!this.handle.open || !this.handle.inTransaction) return;
    try {
      this.ending.run();
    } catch {
      // The file is damaged: who has read there has been told.
      if (this.handle.inTransaction) this.handle.exec('rollback');
    }
  }
}
