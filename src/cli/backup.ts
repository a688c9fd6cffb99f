import { Command } from 'commander';
import { loadConfig } from '../config';
import { DatelineError } from '../core/errors';
import { isPostgresUrl } from '../database';
import { secretFile } from '../secret';
import { progressView } from './progress';
import { withDatabase } from './with-database';

export function backupCommand(): Command {
  return new Command('backup')
    .description('copy the SQLite database to a new file while it is in use')
    .argument('<file>', 'where to; it must not exist')
    .addHelpText(
      'after',
      `
The copy is the database as of one instant. The secret under which private values are sealed is not in it: keep
a copy of <database>.secret apart, or the addresses of commenters cannot be read after a restore.

Example:
  dateline backup ./backups/monday.db`,
    )
    .action(async (file: string) => {
      const { databaseUrl } = loadConfig();
      if (isPostgresUrl(databaseUrl)) {
        throw new DatelineError(
          'BAD_USER_INPUT',
          'This is for SQLite. PostgreSQL has a tool of its own: pg_dump --format=custom',
        );
      }
      const view = progressView('Copying');
      await withDatabase(async ({ database }) => {
        if (database.engine === 'sqlite') await database.backup(file, (share) => view.update(share, file));
      });
      view.done();
      process.stdout.write(`Copied to ${file}. Keep ${secretFile(databaseUrl)} too, apart from it.\n`);
    });
}
