import type { Command } from 'commander';
import { systemClock } from '../core/clock';
import { CommandError } from '../failure';
import { loadSample } from '../sample/load';
import {
  boxOf,
  type DatabaseOptions,
  databaseOption,
  examples,
  print,
  settingsOf,
  withDatabase,
} from './settings';

export function add(program: Command): void {
  const command = program
    .command('seed')
    .description('load the sample newsroom into an empty database')
    .addOption(databaseOption())
    .action(async ({ database: url }: DatabaseOptions) => {
      const config = settingsOf({ DATABASE_URL: url });
      const box = await boxOf(config);
      const articles = await withDatabase(config, (database) => loadSample(database, box, systemClock));
      if (articles === null) {
        throw new CommandError(
          'The database is not empty. The sample newsroom is only loaded into an empty one.',
        );
      }
      print(`Loaded the sample newsroom: ${articles} articles.`);
    });
  examples(
    command,
    `
The sample is fictional. "dateline serve" loads it too, unless SAMPLE_NEWSROOM is never.

Examples:
  $ dateline seed --database ./data/sample.db`,
  );
}
