import { Command } from 'commander';
import { loadConfig } from '../config';
import { migrate, openDatabase } from '../database';
import { databaseName } from './with-database';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('bring the tables up to date, as every start does, without serving')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=postgres://localhost/newsroom dateline migrate')
    .action(async () => {
      const config = loadConfig();
      const database = openDatabase(config.databaseUrl);
      try {
        const { before, applied } = await migrate(database);
        const what = applied === 0 ? 'is up to date' : `took ${applied} migrations`;
        process.stdout.write(`${databaseName(config)} ${what} (${before + applied} in all).\n`);
      } finally {
        await database.close();
      }
    });
}
