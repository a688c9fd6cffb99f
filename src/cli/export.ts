import { once } from 'node:events';
import { createWriteStream, existsSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import { CommandError } from '../failure';
import { exportJsonLines } from './json-lines';
import { progressBar } from './progress';
import { boxOf, type DatabaseOptions, databaseOption, examples, settingsOf, withDatabase } from './settings';

interface ExportOptions extends DatabaseOptions {
  readonly output?: string;
}

export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('write everything in the database as JSON Lines')
    .option('-o, --output <file>', 'where to, instead of standard output; must not exist yet')
    .addOption(databaseOption())
    .action(async ({ output, database }: ExportOptions) => {
      if (output !== undefined && existsSync(output))
        throw new CommandError(`${output} exists already. Name a new file.`);
      const config = settingsOf({ DATABASE_URL: database });
      const box = await boxOf(config);
      const lines = await withDatabase(config, async (open) => {
        const target =
          output === undefined ? process.stdout : createWriteStream(output, { flags: 'wx', mode: 0o600 });
        const bar = progressBar('Exporting', 'lines');
        try {
          return await exportJsonLines({
            database: open,
            box,
            write: (text) => writeOut(target, text),
            onProgress: ({ written, total }) => bar.show(total === 0 ? 1 : written / total, written),
          });
        } finally {
          bar.end();
          if (target !== process.stdout) await finished(target.end());
        }
      });
      process.stderr.write(`Wrote ${lines} lines.\n`);
    });
  examples(
    command,
    `
One JSON object a line, in an order in which "dateline import" can read it into an empty database of either
engine, with the same ids. It holds drafts and the addresses of commenters in the clear: treat it as you would
treat the database together with its secret.

Examples:
  $ dateline export --output newsroom.jsonl
  $ dateline export | gzip > newsroom.jsonl.gz`,
  );
}

async function writeOut(target: Writable, text: string): Promise<void> {
  if (!target.write(text)) await once(target, 'drain');
}
