import type { Config } from '../config';
import { systemClock } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import type { Database } from '../database';
import { CommandError } from '../failure';
import { loadGazetteer } from '../gazetteer';
import { type ImportReport, importWordPress } from '../importers';
import { tuneHeap } from './heap';
import { importProgress } from './import-progress';
import { printReport } from './import-report';
import { assertWritable, writeReport } from './report-file';
import { boxOf, databaseName, onTrial, trialBox, withDatabase } from './settings';

export interface WordPressOptions {
  readonly postTypes?: readonly string[];
  readonly theirs?: true;
  readonly ours?: true;
  readonly changesOnly?: true;
  readonly dryRun?: true;
  /** Where the report goes as JSON. */
  readonly report?: string;
}

/** Brings in a WordPress export, or a site by its address. */
export async function bringWordPress(path: string, config: Config, options: WordPressOptions): Promise<void> {
  if (options.report !== undefined) await assertWritable(options.report);
  const startedAt = systemClock.now();
  tuneHeap('IMPORTING');
  const report = await (options.dryRun ? rehearse : run)(path, config, options);
  const into = databaseName(config);
  const mode = options.dryRun ? 'DRY_RUN' : 'RUN';
  if (options.report !== undefined) {
    const times = { startedAt, finishedAt: systemClock.now() };
    await writeReport(options.report, report, { source: path, into, mode, ...times });
  }
  printReport(report, into, mode);
  if (report.lost) throw new CommandError(LOST[mode]);
}

const LOST = {
  RUN: 'Not everything has arrived; see above.',
  DRY_RUN: 'Not everything would arrive; see above.',
};

async function run(path: string, config: Config, options: WordPressOptions): Promise<ImportReport> {
  const box = await boxOf(config);
  const work = bringing(path, config, options, box);
  // What a power cut takes back, the next run brings again.
  return withDatabase(config, work, { durability: 'FLUSH' });
}

/** The same on a copy, so that the report is that of the run itself. */
async function rehearse(path: string, config: Config, options: WordPressOptions): Promise<ImportReport> {
  return onTrial(config, bringing(path, config, options, await trialBox(config)));
}

function bringing(
  path: string,
  config: Config,
  { postTypes = [], theirs, ours, changesOnly }: WordPressOptions,
  box: SecretBox,
): (database: Database) => Promise<ImportReport> {
  const gazetteer = loadGazetteer(config.gazetteerFile);
  return async (database) => {
    const progress = importProgress();
    try {
      return await importWordPress({
        database,
        box,
        clock: systemClock,
        path,
        postTypes,
        site: {
          credentials: config.wordpressCredentials,
          atOnce: config.wordpressRequests,
          changesOnly: changesOnly === true,
        },
        gazetteer,
        edited: theirs ? 'THEIRS' : ours ? 'OURS' : 'REPORT',
        onProgress: progress.show,
      });
    } finally {
      progress.end();
    }
  };
}
