import type { Command } from 'commander';
import { migrate, openDatabase } from '../database';
import { type DatabaseOptions, databaseOption, examples, print, settingsOf } from './settings';

export function add(program: Command): void {
  const command = program
    .command('migrate')
    .description('bring the tables of the database up to date')
    .addOption(databaseOption())
    .action(async ({ database: url }: DatabaseOptions) => {
      const database = openDatabase(settingsOf({ DATABASE_URL: url }).databaseUrl);
      try {
        const { before, applied } = await migrate(database);
        print(
          applied === 0
            ? 'The tables are up to date.'
            : `Applied ${applied} of ${before + applied} migrations.`,
        );
      } finally {
        await database.close();
      }
    });
  examples(
    command,
    `
All migrations are applied, or none. "dateline serve" does the same at its start; run it by hand to have it done
before new processes start. A database of a newer Dateline is refused.

Examples:
  $ dateline migrate
  $ dateline migrate --database postgres://localhost/newsroom`,
  );
}
