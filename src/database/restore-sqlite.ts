import { constants } from 'node:fs';
import { access, copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { DatabaseDamaged, DatelineError } from '../core/errors';
import { openSqlite } from './open-sqlite';

/**
 * Puts the backup in `source` in the place of the database `target`, which nobody may have open. The backup is
 * checked first, from end to end; the exchange is one rename, so there is always a whole database in the place.
 * @throws DatabaseDamaged when the backup is; DatelineError CONFLICT when there is a database and `existing` is
 *   KEEP, or when it is in use; NOT_FOUND when there is no backup
 */
export async function restoreSqlite(
  source: string,
  target: string,
  existing: 'KEEP' | 'REPLACE',
): Promise<void> {
  if (!(await exists(source))) throw new DatelineError('NOT_FOUND', `There is no file ${source}`);
  if (existing === 'KEEP' && (await exists(target))) {
    throw new DatelineError('CONFLICT', `${target} exists. Say --force to replace it.`);
  }
  await mkdir(dirname(target), { recursive: true });
  const copy = `${target}.restoring`;
  try {
    await copyFile(source, copy);
    checkWhole(copy);
    // Opening it once more as a database of ours refuses what belongs to another program.
    await openSqlite(copy).close();
    await settle(copy);
    if (await exists(target)) await retire(target);
    await rename(copy, target);
  } finally {
    for (const suffix of ['', '-wal', '-shm']) await rm(`${copy}${suffix}`, { force: true });
  }
}

function checkWhole(file: string): void {
  let result: unknown;
  try {
    const handle = new Sqlite(file, { readonly: true });
    try {
      result = handle.pragma('integrity_check(1)', { simple: true });
    } finally {
      handle.close();
    }
  } catch {
    throw new DatabaseDamaged('the backup is not an SQLite database');
  }
  if (result !== 'ok') throw new DatabaseDamaged('the backup does not pass the integrity check');
}

/** Makes sure that nobody has the old database open, and that nothing of it is left in its log. */
async function retire(target: string): Promise<void> {
  try {
    const handle = new Sqlite(target, { timeout: 0 });
    try {
      handle.pragma('locking_mode = exclusive');
      handle.exec('begin exclusive; rollback');
    } finally {
      handle.close();
    }
  } catch (error) {
    if (error instanceof Sqlite.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new DatelineError('CONFLICT', `${target} is in use. Stop the server first.`);
    }
    // A database that is damaged is just what a backup is restored for.
  }
  for (const suffix of ['-wal', '-shm']) await rm(`${target}${suffix}`, { force: true });
}

async function settle(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file, constants.F_OK).then(
    () => true,
    () => false,
  );
}
