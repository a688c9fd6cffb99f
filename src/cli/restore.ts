import { Command } from 'commander';
import { loadConfig } from '../config';
import { DatelineError } from '../core/errors';
import { isPostgresUrl, restoreSqlite } from '../database';

interface Options {
  readonly force: boolean;
}

export function restoreCommand(): Command {
  return new Command('restore')
    .description('put a backup in the place of the SQLite database; stop the server first')
    .argument('<file>', 'what "dateline backup" wrote')
    .option('--force', 'replace a database that is there', false)
    .addHelpText(
      'after',
      `
The backup is checked from end to end before anything is replaced, and stays where it is. Put the secret file
that belongs to it beside the database, as <database>.secret.

Example:
  DATABASE_URL=./data/dateline.db dateline restore ./backups/monday.db --force`,
    )
    .action(async (file: string, { force }: Options) => {
      const { databaseUrl } = loadConfig();
      if (isPostgresUrl(databaseUrl)) {
        throw new DatelineError(
          'BAD_USER_INPUT',
          'This is for SQLite. PostgreSQL has a tool of its own: pg_restore',
        );
      }
      await restoreSqlite(file, databaseUrl, force ? 'REPLACE' : 'KEEP');
      process.stdout.write(`${databaseUrl} is the backup now.\n`);
    });
}
