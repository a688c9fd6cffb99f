import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { DatelineError } from '../core/errors';
import { openReader } from './sqlite-connection';

/** Pages (4 KiB) that are copied in one turn of the event loop: a few milliseconds. */
const PAGES_PER_TURN = 1_000;

/**
 * Copies the database at `file`, as of one instant, to `target`. It reads through a connection of its own that
 * keeps one snapshot: SQLite begins a copy anew whenever the database changes under it, and refuses to copy
 * through a connection that has a transaction open for writing. The write-ahead log grows meanwhile by what
 * is written meanwhile. `target` appears when it is complete, not before.
 */
export async function backup(file: string, target: string, progress: (share: number) => void): Promise<void> {
  assertNew(target);
  const partial = `${target}.partial`;
  await rm(partial, { force: true });
  const source = openReader(file);
  try {
    source.exec('begin');
    source.prepare('select count(*) from sqlite_schema').get();
    await source.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        progress(totalPages === 0 ? 0 : 1 - remainingPages / totalPages);
        return PAGES_PER_TURN;
      },
    });
    assertNew(target);
    await rename(partial, target);
    progress(1);
  } finally {
    source.close();
    await rm(partial, { force: true });
  }
}

function assertNew(target: string): void {
  if (existsSync(target)) throw new DatelineError('CONFLICT', 'The file to back up to exists already.');
}
