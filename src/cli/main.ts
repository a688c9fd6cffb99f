#!/usr/bin/env node
import { Command } from 'commander';
import { ConfigError, debugWanted } from '../config';
import { datelineErrorIn } from '../core/errors';
import { backupCommand } from './backup';
import { importCommand } from './import';
import { migrateCommand } from './migrate';
import { restoreCommand } from './restore';
import { schemaCommand } from './schema';
import { seedCommand } from './seed';
import { serveCommand } from './serve';

/** Exit codes: 0 done, 1 failed, 2 called wrongly. */
const FAILED = 1;
const USAGE = 2;

function program(): Command {
  const dateline = new Command('dateline')
    .description('The content API of a newsroom.')
    .addHelpText(
      'after',
      `
Settings come from the environment and .env; .env.example documents all of them. The one that every command
needs is DATABASE_URL: the path of an SQLite file (default ./data/dateline.db), or postgres://…

Examples:
  dateline serve
  DATABASE_URL=./data/blog.db dateline import export.xml
  dateline backup ./backups/monday.db`,
    )
    .showHelpAfterError('(dateline --help says more)');
  for (const command of [
    serveCommand(),
    importCommand(),
    migrateCommand(),
    seedCommand(),
    schemaCommand(),
    backupCommand(),
    restoreCommand(),
  ]) {
    dateline.addCommand(command.copyInheritedSettings(dateline));
  }
  return dateline;
}

/** One clear sentence; the stack only for whoever asked for it. */
function explain(error: unknown): string {
  if (debugWanted() && error instanceof Error) return String(error.stack);
  if (error instanceof ConfigError) return error.message;
  const known = datelineErrorIn(error);
  if (known) return known.message;
  return error instanceof Error ? error.message : String(error);
}

async function run(): Promise<void> {
  const dateline = program().exitOverride();
  try {
    await dateline.parseAsync();
  } catch (error) {
    if (error instanceof Error && 'exitCode' in error) {
      // Commander has said what is wrong already.
      process.exitCode = error.exitCode === 0 ? 0 : USAGE;
      return;
    }
    process.stderr.write(`dateline: ${explain(error)}\n`);
    process.exitCode = FAILED;
  }
}

void run();
