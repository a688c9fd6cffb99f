import type Sqlite from 'better-sqlite3';

/**
 * Milliseconds after which one that goes on is begun anew: what is written meanwhile stays in the write-ahead log, and a writer
 * that wants the log to begin anew waits for it. Longer than a page takes.
 */
const LONGEST = 5;

/** How often this process has committed something, whatever the file. */
let commits = 0;

/** To be called before a commit, so that nobody in this process reads what was there before it. */
export function willCommit(): void {
  commits++;
}

/**
 * One read transaction for all that is read before the event loop goes on: an article, its comments and the replies to them, and
 * whatever other requests have come by then. So a page is of one instant, unless it takes very long; and a statement by itself
 * would take the lock of the file and give it back, which takes as long as to look up some rows. What this process commits has the
 * next statement begin anew. Of another process's commit nobody hears before the event loop goes on, but by a request that is sent
 * behind another one on the same connection: it may be answered from some milliseconds before.
 */
export class ReadingTurn {
  private readonly starting: Sqlite.Statement;
  private readonly ending: Sqlite.Statement;
  private isOn = false;
  /** By `performance.now()`. */
  private start = 0;
  /** How many commits there had been when it began. */
  private commits = 0;
  private isTimed = false;

  constructor(private readonly handle: Sqlite.Database) {
    this.starting = handle.prepare('begin');
    this.ending = handle.prepare('commit');
  }

  /** To be called before a statement. */
  join(): void {
    if (this.isOn && this.commits === commits && performance.now() - this.start < LONGEST) return;
    this.end();
    this.starting.run();
    this.isOn = true;
    this.start = performance.now();
    this.commits = commits;
    if (this.isTimed) return;
    this.isTimed = true;
    setImmediate(this.runOut);
  }

  /** What is read from now on is read anew. */
  end(): void {
    if (!this.isOn) return;
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

  private readonly runOut = (): void => {
    this.isTimed = false;
    this.end();
  };
}
