import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { debugWanted } from '../config';
import { details, explain } from '../failure';

/** Each is a file of its own, which adds it to the program. */
const COMMANDS: readonly string[] = [
  'serve',
  'import',
  'export',
  'mirror',
  'migrate',
  'keys',
  'seed',
  'search',
  'topics',
  'operations',
  'schema',
  'backup',
  'restore',
];

export const OK = 0;
export const FAILED = 1;
export const MISUSED = 2;

/** Runs the command line. Resolves with the exit code: 0 done, 1 failed, 2 not understood. */
export async function run(args: readonly string[]): Promise<number> {
  const program = createProgram(args);
  try {
    await program.parseAsync(args, { from: 'user' });
    return OK;
  } catch (error) {
    // Commander has printed its own message, or the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? OK : MISUSED;
    const wanted = program.opts().verbose === true || debugWanted();
    process.stderr.write(`${wanted ? details(error) : explain(error)}\n`);
    return FAILED;
  }
}

function createProgram(args: readonly string[]): Command {
  const program = new Command('dateline')
    .description('The content API that newsrooms put behind their apps, their partners and their desks.')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .option('-v, --verbose', 'print stack traces of errors (as does DEBUG=1)')
    .exitOverride()
    .showHelpAfterError('(--help tells how)')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: true });
  for (const name of wanted(args)) {
    const { add }: { add(program: Command): void } = require(`./${name}`);
    add(program);
  }
  program.addHelpText(
    'after',
    `
Settings come from the environment and from .env in the working directory; .env.example lists them.

Examples:
  $ dateline serve                           serve the sample newsroom at http://localhost:4000/
  $ dateline import export.xml               bring a WordPress export in
  $ dateline keys create --role editor       make an API key
  $ dateline backup backups/monday.db        copy the database while it is in use
  $ dateline help restore                    tell more about a command

Exit codes: 0 done, 1 failed, 2 the command line was not understood.`,
  );
  return program;
}

/**
 * The command that is named, also as in "help keys"; all of them where none is, for the help and for what was mistyped.
 * No other is loaded: each needs other parts of Dateline, and who lists keys shall not wait for a web server.
 */
function wanted(args: readonly string[]): readonly string[] {
  const named = args.find((arg) => !arg.startsWith('-') && arg !== 'help');
  return named !== undefined && COMMANDS.includes(named) ? [named] : COMMANDS;
}

function version(): string {
  const { version }: { version: string } = JSON.parse(
    readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'),
  );
  return version;
}
