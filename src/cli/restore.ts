import { constants, existsSync, readFileSync, statSync } from 'node:fs';
import { chmod, copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { sql } from 'drizzle-orm';
import { systemClock } from '../core/clock';
import { DatabaseDamaged } from '../core/errors';
import { migrate, openDatabase } from '../database';
import { CommandError } from '../failure';
import { secretFile } from '../secret';
import { type DatabaseOptions, databaseOption, examples, print, settingsOf, sqliteFile } from './settings';

interface RestoreOptions extends DatabaseOptions {
  readonly force?: boolean;
}

const POSTGRES =
  'PostgreSQL has its own tools: pg_restore --clean --if-exists --dbname="$DATABASE_URL" newsroom.dump. ' +
  'Set DATELINE_SECRET to what it was when the dump was made.';

/** Files that belong to an SQLite database: a log that is left beside another file would damage that. */
const COMPANIONS = ['', '-wal', '-shm'];

export function add(program: Command): void {
  const command = program
    .command('restore')
    .description('put a backup in the place of the SQLite database')
    .argument('<file>', 'what "dateline backup" has written')
    .option('--force', 'replace a database that exists; it is kept under another name')
    .addOption(databaseOption())
    .action(async (file: string, { database, force }: RestoreOptions) => {
      const target = sqliteFile(settingsOf({ DATABASE_URL: database }), POSTGRES);
      if (existsSync(target) && force !== true) {
        throw new CommandError(
          `There is a database at ${target}. Say --force to replace it; it is kept under another name.`,
        );
      }
      await restore(resolve(file), target);
    });
  examples(
    command,
    `
The backup is checked first (SQLite's integrity check, and that its tables are of this or an older Dateline), and
its tables are brought up to date. Stop Dateline before: a database that is in use is not replaced.

The secret of the backup belongs to it: without it the addresses of commenters cannot be opened, and links to edit
comments stop working. If <file>.secret exists and the database has none, it is put beside it; a secret that is
there already stays. Put it back by hand otherwise, or set DATELINE_SECRET to it.

Examples:
  $ dateline restore backups/monday.db --database ./data/restored.db
  $ dateline restore backups/monday.db --force`,
  );
}

async function restore(source: string, target: string): Promise<void> {
  if (!existsSync(source)) throw new CommandError(`There is no backup at ${source}`);
  if (source === target) throw new CommandError('That is the database itself, not a backup of it.');
  if ((statSync(`${source}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0) {
    throw new CommandError(`${source} is a database in use, not a backup. Make one with "dateline backup".`);
  }
  await mkdir(dirname(target), { recursive: true });
  const draft = `${target}.restoring`;
  await removeAll(draft);
  try {
    await copyFile(source, draft, constants.COPYFILE_EXCL);
    const applied = await checkAndUpdate(draft);
    if (existsSync(target)) await setAside(target);
    await sync(draft);
    await rename(draft, target);
    await sync(dirname(target));
    print(`Restored ${target} from ${source}.`);
    if (applied > 0) print(`Applied ${applied} migrations: the backup was of an older Dateline.`);
  } finally {
    await removeAll(draft);
  }
  await restoreSecret(secretFile(source), secretFile(target));
}

/** Returns how many migrations it needed. @throws CommandError when it cannot be used */
async function checkAndUpdate(file: string): Promise<number> {
  try {
    const database = openDatabase(file);
    try {
      const findings = await database.rows<{ integrity_check: string }>(sql`pragma integrity_check`);
      const [first] = findings;
      if (first?.integrity_check !== 'ok') throw new DatabaseDamaged('SQLite finds it malformed');
      return (await migrate(database)).applied;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (error instanceof DatabaseDamaged) {
      throw new CommandError(
        'The backup is damaged: SQLite cannot read it, or finds errors in it. Use another one.',
      );
    }
    throw error;
  }
}

/** Moves the database out of the way. @throws CommandError when another process has it open */
async function setAside(target: string): Promise<void> {
  if (await isOpenElsewhere(target)) {
    throw new CommandError('Another process has the database open. Stop Dateline first, then restore.');
  }
  const stamp = new Date(systemClock.now()).toISOString().replace(/[-:]|\.\d+/g, '');
  const aside = `${target}.replaced-${stamp}`;
  for (const suffix of COMPANIONS) {
    if (existsSync(target + suffix)) await rename(target + suffix, aside + suffix);
  }
  print(`The database that was there is now ${aside}.`);
}

/** Who closes an SQLite database last removes its log: if it is still there, we were not the last. */
async function isOpenElsewhere(file: string): Promise<boolean> {
  try {
    await openDatabase(file).close();
  } catch {
    // Damaged, as may be the reason for restoring: then nobody can be serving it.
    return false;
  }
  return existsSync(`${file}-wal`);
}

async function restoreSecret(source: string, target: string): Promise<void> {
  const [given, kept] = [contentOf(source), contentOf(target)];
  if (given !== null && kept === null) {
    await copyFile(source, target, constants.COPYFILE_EXCL);
    await chmod(target, 0o600);
    return print(`Its secret is back, too: ${target}`);
  }
  if (given !== null && given !== kept) {
    return print(
      `${target} stays as it was, and is another secret than ${source}. Put the right one in its place.`,
    );
  }
  if (kept !== null) return print(`${target} is the secret that it is used with.`);
  print(
    `There is no ${target}. Put the secret of the backup there, or set DATELINE_SECRET to it, before you start.`,
  );
}

function contentOf(file: string): string | null {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : null;
}

async function removeAll(file: string): Promise<void> {
  for (const suffix of COMPANIONS) await rm(file + suffix, { force: true });
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
