import { constants, existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { openDatabase } from '../database';
import { CommandError } from '../failure';
import { secretFile } from '../secret';
import { progressBar } from './progress';
import { type DatabaseOptions, databaseOption, examples, print, settingsOf, sqliteFile } from './settings';

interface BackupOptions extends DatabaseOptions {
  readonly withSecret?: boolean;
}

const POSTGRES =
  'PostgreSQL has its own tools: pg_dump --format=custom --file=newsroom.dump "$DATABASE_URL" ' +
  '(and pg_restore to bring it back). Keep DATELINE_SECRET too, in another place.';

export function add(program: Command): void {
  const command = program
    .command('backup')
    .description('copy the SQLite database to a file, also while it is in use')
    .argument('<file>', 'where to; must not exist yet')
    .option('--with-secret', 'copy the secret too, to <file>.secret')
    .addOption(databaseOption())
    .action(async (file: string, { database, withSecret }: BackupOptions) => {
      const source = sqliteFile(settingsOf({ DATABASE_URL: database }), POSTGRES);
      await backUp(source, resolve(file), withSecret === true ? 'with-secret' : 'database-only');
    });
  examples(
    command,
    `
The copy is the database as of one instant; reading and writing go on meanwhile.

The secret is not in it: it lies beside the database as <database>.secret, unless DATELINE_SECRET is set. Without
it the restored database cannot open the addresses of commenters, and links to edit comments stop working. Keep
it as well, but not where everybody goes who may see a backup.

Examples:
  $ dateline backup backups/monday.db
  $ dateline backup backups/monday.db --with-secret
  $ dateline backup /mnt/backup/blog.db --database ./data/blog.db`,
  );
}

async function backUp(source: string, target: string, what: 'database-only' | 'with-secret'): Promise<void> {
  if (!existsSync(source)) throw new CommandError(`There is no database to back up: ${source}`);
  if (existsSync(target)) throw new CommandError(`${target} exists already. Name a new file.`);
  await mkdir(dirname(target), { recursive: true });
  const database = openDatabase(source);
  const bar = progressBar('Copying');
  try {
    if (!('backup' in database)) throw new CommandError(POSTGRES);
    await database.backup(target, (share) => bar.show(share));
  } finally {
    bar.end();
    await database.close();
  }
  const { size } = await stat(target);
  print(`Backed up to ${target} (${(size / 1_048_576).toFixed(1)} MB).`);
  await keepSecret(secretFile(source), secretFile(target), what);
}

async function keepSecret(
  source: string,
  target: string,
  what: 'database-only' | 'with-secret',
): Promise<void> {
  if (!existsSync(source)) {
    return print('There is no secret beside the database; if DATELINE_SECRET is set, keep that too.');
  }
  if (what === 'database-only') {
    return print(`Keep ${source} too, in another place: the backup is of little use without it.`);
  }
  await copyFile(source, target, constants.COPYFILE_EXCL);
  await chmod(target, 0o600);
  print(`The secret is in ${target}. Who has both can read the addresses of commenters.`);
}
