import { type Command, Option } from 'commander';
import { systemClock } from '../core/clock';
import { CommandError } from '../failure';
import { type ImportReport, importWordPress } from '../importers';
import { importJsonLines } from './json-lines';
import { progressBar } from './progress';
import {
  boxOf,
  type DatabaseOptions,
  databaseOption,
  examples,
  print,
  settingsOf,
  withDatabase,
} from './settings';

type Format = 'wordpress' | 'jsonl';

interface ImportOptions extends DatabaseOptions {
  readonly format?: Format;
}

/** Notes that are printed; the rest are counted. */
const SHOWN_NOTES = 20;

export function addImport(program: Command): void {
  const command = program
    .command('import')
    .description('bring in a WordPress export, or what "dateline export" wrote')
    .argument('<file>', 'the file, also compressed by gzip; "-" reads standard input')
    .addOption(
      new Option('-f, --format <format>', 'what is in the file, if its name does not tell').choices([
        'wordpress',
        'jsonl',
      ]),
    )
    .addOption(databaseOption())
    .action(async (file: string, { format, database }: ImportOptions) => {
      const config = settingsOf({ DATABASE_URL: database });
      const box = await boxOf(config);
      const report = await withDatabase(config, (open) => {
        const options = { database: open, box, clock: systemClock, path: file };
        return bring(format ?? formatOf(file), options);
      });
      printReport(report);
      if (report.lost) throw new CommandError('Not everything in the file has arrived; see above.');
    });
  examples(
    command,
    `
A WordPress export is what Tools > Export > All content gives (WXR 1.0 to 1.2). Names that end in .jsonl or .ndjson
(and .gz) are JSON Lines, all others WordPress. An import can be broken off and run again: what has not changed
since is left alone. It ends with a table of what was read and what became of it, and fails if anything was lost.

Examples:
  $ dateline import export.xml
  $ dateline import export.xml.gz --database postgres://localhost/newsroom
  $ curl -s https://blog.example.org/export.xml | dateline import -
  $ dateline import newsroom.jsonl --database ./data/copy.db`,
  );
}

type Brought = Parameters<typeof importJsonLines>[0];

async function bring(format: Format, options: Brought): Promise<ImportReport> {
  const bar = progressBar('Importing', 'articles');
  try {
    if (format === 'jsonl') {
      return await importJsonLines({
        ...options,
        onProgress: ({ bytesRead, bytesTotal, articles }) => bar.show(share(bytesRead, bytesTotal), articles),
      });
    }
    return await importWordPress({
      ...options,
      // The file is read twice; the survey takes about a fifth of the time.
      onProgress: ({ phase, bytesRead, bytesTotal, articles }) => {
        const done = share(bytesRead, bytesTotal);
        if (phase === 'SURVEY') bar.show(done * 0.2);
        else bar.show(0.2 + done * 0.8, articles);
      },
    });
  } finally {
    bar.end();
  }
}

function formatOf(file: string): Format {
  return /\.(jsonl|ndjson)(\.gz)?$/i.test(file) ? 'jsonl' : 'wordpress';
}

function share(read: number, total: number | null): number {
  return total === null || total === 0 ? 0 : Math.min(read / total, 1);
}

function printReport(report: ImportReport): void {
  const columns = ['read', 'created', 'updated', 'unchanged', 'skipped', 'failed'] as const;
  print(row('', columns));
  for (const [kind, counts] of report.rows)
    print(
      row(
        kind,
        columns.map((column) => String(counts[column])),
      ),
    );
  if (report.reasons.size > 0) print('\nSkipped or changed on the way:');
  for (const [reason, count] of report.reasons) print(`  ${count} x ${reason}`);
  if (report.notes.length > 0) print('\nTo look at:');
  for (const { message } of report.notes.slice(0, SHOWN_NOTES)) print(`  ${message}`);
  const more = report.notes.length - SHOWN_NOTES;
  if (more > 0) print(`  and ${more} more`);
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(12) + cells.map((cell) => cell.padStart(11)).join('');
}
