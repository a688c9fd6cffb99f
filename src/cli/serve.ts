import { Command } from 'commander';
import { main } from '../main';

export function serveCommand(): Command {
  return new Command('serve')
    .description('serve the API until a signal stops it; an empty database is given the sample newsroom')
    .addHelpText('after', '\nExamples:\n  dateline serve\n  PORT=8080 NODE_ENV=production dateline serve')
    .action(() => main());
}
