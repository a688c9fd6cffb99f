import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { datelineSchema } from '../app';
import { CommandError } from '../failure';
import { toSdl } from '../graphql/schema';
import { examples, print } from './settings';

const CHECKED_IN = 'schema/schema.graphql';

interface SchemaOptions {
  readonly output?: string;
  readonly check?: string | true;
}

export function add(program: Command): void {
  const command = program
    .command('schema')
    .description('print the GraphQL schema, write it to a file, or compare it with one')
    .option('-o, --output <file>', 'write it there instead')
    .option('--check [file]', `fail unless the file (${CHECKED_IN}) has exactly this schema`)
    .action(({ output, check }: SchemaOptions) => {
      const sdl = toSdl(datelineSchema());
      if (check !== undefined) return compare(sdl, check === true ? CHECKED_IN : check);
      if (output === undefined) process.stdout.write(sdl);
      else writeFileSync(output, sdl);
    });
  examples(
    command,
    `
Needs no database. What clients may rely on is in ${CHECKED_IN}; the CI run compares it.

Examples:
  $ dateline schema
  $ dateline schema --output ${CHECKED_IN}
  $ dateline schema --check`,
  );
}

function compare(sdl: string, file: string): void {
  if (!existsSync(file))
    throw new CommandError(`There is no ${file}. Write it with "dateline schema --output ${file}".`);
  const kept = readFileSync(file, 'utf8').split('\n');
  const current = sdl.split('\n');
  const line = current.findIndex((text, index) => text !== kept[index]);
  if (line === -1 && kept.length === current.length) {
    print(`${file} is up to date.`);
    return;
  }
  const at = line === -1 ? current.length : line;
  throw new CommandError(
    `${file} is not the current schema; they differ from line ${at + 1} on.\n` +
      `  file:    ${kept[at] ?? '(end)'}\n  current: ${current[at] ?? '(end)'}\n` +
      `Write it again with "dateline schema --output ${file}".`,
  );
}
