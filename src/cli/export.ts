import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import { CommandError } from '../failure';
import { exportNewsroom, type NewsroomExport, type NewsroomExported } from '../importers';
import { privateRows, total } from './import-newsroom';
import { progressBar, share } from './progress';
import {
  assertThere,
  boxOf,
  type DatabaseOptions,
  databaseOption,
  examples,
  settingsOf,
  withDatabase,
} from './settings';

interface ExportOptions extends DatabaseOptions {
  readonly output?: string;
  readonly withPrivate?: true;
}

export function add(program: Command): void {
  const command = program
    .command('export')
    .description('write everything that the newsroom owns as JSON Lines')
    .option('-o, --output <file>', 'where to, instead of standard output; must not exist yet')
    .option(
      '--with-private',
      'also addresses of commenters, sealed as they are, what only moderators see, and API keys',
    )
    .addOption(databaseOption())
    .action(take);
  examples(
    command,
    `
One JSON object a line, in an order in which "dateline import" reads it into an empty database of either engine,
with the same ids: articles with their drafts and redirects, comments with what is held, what imports remember (so
that the same import can be run again over there), and the change log. The file shows one instant, however much is
written meanwhile, and the same newsroom gives the same bytes.

E-mail addresses and IP addresses of commenters, hashes of them, what comments said before they were edited, what
moderators decided and readers reported, and API keys stay here unless --with-private says otherwise. They are then
in the file as they are in the database: the addresses sealed under DATELINE_SECRET (or under what is in the .secret
file beside the SQLite database), the keys as hashes. To be imported they need the same secret, and whoever has both
can read the addresses. Webhooks always stay: a copy of the newsroom must not tell partners anything.

While it is read, SQLite keeps what is written in the write-ahead log beside the database. Write to a file rather
than to a slow pipe: an export that is not taken for ten minutes, or during which a gibibyte is written, fails.

Examples:
  $ dateline export --output newsroom.jsonl
  $ dateline export | gzip > newsroom.jsonl.gz
  $ DATABASE_URL=postgres://localhost/newsroom dateline import newsroom.jsonl`,
  );
}

async function take({ output, withPrivate, database: url }: ExportOptions): Promise<void> {
  const config = settingsOf({ DATABASE_URL: url });
  assertThere(config);
  const box = withPrivate ? { box: await boxOf(config) } : {};
  const { counts, left } = await withDatabase(config, (database) =>
    output === undefined
      ? write({ database, write: process.stdout, ...box })
      : writeFile({ database, ...box }, output),
  );
  // Not to standard output, which may be the file.
  process.stderr.write(`Wrote ${total(counts)} records${output === undefined ? '' : ` to ${output}`}.\n`);
  if (total(left) > 0) {
    process.stderr.write(`Left out as private: ${privateRows(left)}. --with-private takes them along.\n`);
  }
}

/** The file appears when it is complete, not before, and like the database it is its owner's alone. */
async function writeFile(options: Omit<NewsroomExport, 'write'>, output: string): Promise<NewsroomExported> {
  if (existsSync(output)) throw new CommandError(`${output} exists already. Name a new file.`);
  const partial = `${output}.partial`;
  await rm(partial, { force: true });
  const stream = createWriteStream(partial, { flags: 'wx', mode: 0o600 });
  try {
    const exported = await write({ ...options, write: stream });
    await finished(stream.end());
    await rename(partial, output);
    return exported;
  } finally {
    stream.destroy();
    await rm(partial, { force: true });
  }
}

function write(options: NewsroomExport): Promise<NewsroomExported> {
  const bar = progressBar('Exporting', 'lines');
  const exporting = exportNewsroom({
    ...options,
    onProgress: ({ counts, totals }) => bar.show(share(total(counts), total(totals)), total(counts)),
  });
  return exporting.finally(() => bar.end());
}
