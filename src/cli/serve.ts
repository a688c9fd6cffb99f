import type { Command } from 'commander';
import { serve } from '../main';
import { tuneHeap } from './heap';
import { type DatabaseOptions, databaseOption, examples, settingsOf } from './settings';

interface ServeOptions extends DatabaseOptions {
  readonly port?: string;
  readonly host?: string;
}

export function add(program: Command): void {
  const command = program
    .command('serve', { isDefault: false })
    .description('serve the API until told to stop')
    .option('-p, --port <number>', 'where to listen, instead of PORT; 0 takes any free port')
    .option('--host <address>', 'the address to listen on, instead of HOST')
    .addOption(databaseOption())
    .action(async ({ port, host, database }: ServeOptions) => {
      tuneHeap('SERVING');
      const code = await serve(settingsOf({ PORT: port, HOST: host, DATABASE_URL: database }));
      // A cut request may still hold the event loop.
      process.exit(code);
    });
  examples(
    command,
    `
Brings the tables up to date first, and loads the sample newsroom into an empty database (SAMPLE_NEWSROOM=never
leaves it empty). SIGTERM and Ctrl-C finish the requests in progress; a second one ends it at once.

Examples:
  $ dateline serve
  $ dateline serve --port 8080 --database ./data/blog.db`,
  );
}
