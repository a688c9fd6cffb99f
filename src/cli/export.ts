import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import type { Database } from '../database';
import { CommandError } from '../failure';
import { exportNewsroom, type NewsroomExport, type NewsroomExported } from '../importers';
import { total } from './import';
import { progressBar } from './progress';
import {
  assertThere,
  type DatabaseOptions,
  databaseOption,
  examples,
  settingsOf,
  withDatabase,
} from './settings';

interface ExportOptions extends DatabaseOptions {
  readonly output?: string;
}

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('write everything that the newsroom owns as JSON Lines')
    .option('-o, --output <file>', 'where to, instead of standard output; must not exist yet')
    .addOption(databaseOption())
    .action(async ({ output, database: url }: ExportOptions) => {
      const config = settingsOf({ DATABASE_URL: url });
      assertThere(config);
      const { counts, changes } = await withDatabase(config, (database) =>
        output === undefined ? write(database, process.stdout) : writeFile(database, output),
      );
      // Not to standard output, which may be the file.
      process.stderr.write(`Wrote ${total(counts)} records${output === undefined ? '' : ` to ${output}`}.\n`);
      if (changes > 0) {
        process.stderr.write(
          `The newsroom changed ${changes} times meanwhile: each line is right for itself, but two may be seconds apart.\n`,
        );
      }
    });
  examples(
    command,
    `
One JSON object a line, in an order in which "dateline import" reads it into an empty database of either engine,
with the same ids. Drafts are in it; e-mail and IP addresses of commenters are not. The same newsroom gives the
same bytes.

Examples:
  $ dateline export --output newsroom.jsonl
  $ dateline export | gzip > newsroom.jsonl.gz
  $ DATABASE_URL=postgres://localhost/newsroom dateline import newsroom.jsonl`,
  );
}

/** The file appears when it is complete, not before. */
async function writeFile(database: Database, output: string): Promise<NewsroomExported> {
  if (existsSync(output)) throw new CommandError(`${output} exists already. Name a new file.`);
  const partial = `${output}.partial`;
  await rm(partial, { force: true });
  const stream = createWriteStream(partial, { flags: 'wx' });
  try {
    const exported = await write(database, stream);
    await finished(stream.end());
    await rename(partial, output);
    return exported;
  } finally {
    stream.destroy();
    await rm(partial, { force: true });
  }
}

function write(database: Database, target: NewsroomExport['write']): Promise<NewsroomExported> {
  const bar = progressBar('Exporting', 'lines');
  const exporting = exportNewsroom({
    database,
    write: target,
    onProgress: ({ counts, totals }) => bar.show(total(counts) / Math.max(total(totals), 1), total(counts)),
  });
  return exporting.finally(() => bar.end());
}
