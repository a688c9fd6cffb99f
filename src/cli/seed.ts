import { Command } from 'commander';
import { systemClock } from '../core/clock';
import { DatelineError } from '../core/errors';
import { loadSample } from '../sample/load';
import { databaseName, withDatabase } from './with-database';

export function seedCommand(): Command {
  return new Command('seed')
    .description('load the sample newsroom into an empty database')
    .addHelpText('after', '\nExample:\n  DATABASE_URL=./data/try.db dateline seed')
    .action(() =>
      withDatabase(async ({ config, database, box }) => {
        const articles = await loadSample(database, await box(), systemClock);
        if (articles === null) {
          throw new DatelineError(
            'CONFLICT',
            `${databaseName(config)} is not empty, and the sample newsroom goes into an empty database only. Name another one in DATABASE_URL.`,
          );
        }
        process.stdout.write(`${databaseName(config)} has the sample newsroom now: ${articles} articles.\n`);
      }),
    );
}
