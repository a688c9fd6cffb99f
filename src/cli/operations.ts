import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { datelineSchema } from '../app';
import { CommandError } from '../failure';
import { makeManifest } from '../graphql/persisted/manifest';
import { examples, print } from './settings';

const FOLDER = 'schema/operations';
const CHECKED_IN = `${FOLDER}/persisted-query-manifest.json`;

interface OperationsOptions {
  readonly folder: string;
  readonly output?: string;
  readonly check?: string | true;
}

export function add(program: Command): void {
  const command = program
    .command('operations')
    .description(
      'print the manifest of the operations in a folder, write it to a file, or compare it with one',
    )
    .option('-f, --folder <folder>', 'where the operations are, one in each .graphql', FOLDER)
    .option('-o, --output <file>', 'write it there instead')
    .option('--check [file]', `fail unless the file (${CHECKED_IN}) is exactly this manifest`)
    .action(({ folder, output, check }: OperationsOptions) => {
      const manifest = `${JSON.stringify(manifestOf(folder), null, 2)}\n`;
      if (check !== undefined) return compare(manifest, check === true ? CHECKED_IN : check);
      if (output === undefined) process.stdout.write(manifest);
      else writeFileSync(output, manifest);
    });
  examples(
    command,
    `
Needs no database. Apollo's clients, and others, ask for an operation by its id, the SHA-256 of its body; what a server
knows by then is in OPERATIONS_MANIFEST.

Examples:
  $ dateline operations
  $ dateline operations --output ${CHECKED_IN}
  $ dateline operations --folder ../app/queries --output persisted-query-manifest.json
  $ dateline operations --check`,
  );
}

function manifestOf(folder: string) {
  try {
    const files = readdirSync(folder).filter((file) => file.endsWith('.graphql'));
    const sources = files.map((file): [string, string] => [file, readFileSync(join(folder, file), 'utf8')]);
    return makeManifest(datelineSchema(), new Map(sources));
  } catch (error) {
    throw new CommandError(
      `The operations in ${folder} cannot be listed. ${error instanceof Error ? error.message : ''}`,
    );
  }
}

function compare(manifest: string, file: string): void {
  let kept: string | null = null;
  try {
    kept = readFileSync(file, 'utf8');
  } catch {
    // Told like one that is out of date.
  }
  if (kept !== manifest)
    throw new CommandError(
      `${file} is not the manifest of the operations. Write it again with "dateline operations --output ${file}".`,
    );
  print(`${file} is up to date.`);
}
