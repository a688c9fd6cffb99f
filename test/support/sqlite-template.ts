import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate, openDatabase } from '../../src/database';
import { TEMP_PREFIX } from './leftovers';

/** Workers inherit it. */
const VARIABLE = 'DATELINE_TEST_TEMPLATE';

/** Makes the SQLite file with all tables that the databases of this run are copied from. */
export async function makeSqliteTemplate(): Promise<void> {
  const file = join(mkdtempSync(join(tmpdir(), `${TEMP_PREFIX}${process.pid}-`)), 'template.db');
  const database = openDatabase(file);
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
  process.env[VARIABLE] = file;
}

export function sqliteTemplate(): string {
  const file = process.env[VARIABLE];
  if (!file) throw new Error('No SQLite file was made when the run started');
  return file;
}

export function removeSqliteTemplate(): void {
  rmSync(join(sqliteTemplate(), '..'), { recursive: true, force: true });
}
