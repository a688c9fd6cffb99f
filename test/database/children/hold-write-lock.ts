import Sqlite from 'better-sqlite3';

/** Holds SQLite's write lock, or with "exclusive" the whole file, for some milliseconds. */
const [, , file, milliseconds, exclusive] = process.argv;
const handle = new Sqlite(String(file));
if (exclusive) handle.pragma('journal_mode = delete');
handle.exec(exclusive ? 'begin exclusive' : 'begin immediate');
process.stdout.write('locked\n');
setTimeout(() => {
  handle.exec('rollback');
  handle.close();
}, Number(milliseconds));
