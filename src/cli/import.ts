import { Command } from 'commander';
import { systemClock } from '../core/clock';
import { DatelineError } from '../core/errors';
import { type ImportProgress, importWordPress } from '../importers';
import { holdsSample } from '../sample/load';
import { printReport } from './import-report';
import { progressView } from './progress';
import { databaseName, withDatabase } from './with-database';

interface Options {
  readonly withSample: boolean;
}

export function importCommand(): Command {
  return new Command('import')
    .description('bring in a WordPress export (WXR), or what "dateline export" wrote')
    .argument('<file>', 'the export, gzipped or not; - reads standard input')
    .option('--with-sample', 'import also into a database that holds the sample newsroom', false)
    .addHelpText(
      'after',
      `
What has not changed since an earlier import of the same site is left alone, what has is updated, and what
somebody edited here since is reported and left as it is. A run that was broken off is simply run again. The
exit status is 0 only if nothing was lost.

What "dateline export" wrote goes into an empty database, and keeps its ids.

Examples:
  DATABASE_URL=./data/blog.db dateline import export.xml
  gunzip -c export.xml.gz | dateline import -`,
    )
    .action((file: string, options: Options) => run(file, options));
}

function run(file: string, { withSample }: Options): Promise<void> {
  return withDatabase(async ({ config, database, box }) => {
    if (!withSample && (await holdsSample(database))) {
      throw new DatelineError(
        'CONFLICT',
        `${databaseName(config)} holds the sample newsroom. Import into a database of its own, e.g. DATABASE_URL=./data/blog.db, or say --with-sample.`,
      );
    }
    const view = progressView('Importing');
    const report = await importWordPress({
      database,
      box: await box(),
      clock: systemClock,
      path: file,
      onProgress: (progress) => view.update(shareOf(progress), `${progress.articles} articles`),
    });
    view.done();
    printReport(report, databaseName(config));
    if (report.lost) process.exitCode = 1;
  });
}

/** The file is read twice; the second reading, which writes, takes most of the time. */
function shareOf({ phase, bytesRead, bytesTotal }: ImportProgress): number | null {
  if (bytesTotal === null || bytesTotal === 0) return null;
  const share = bytesRead / bytesTotal;
  return phase === 'SURVEY' ? share * 0.2 : 0.2 + share * 0.8;
}
