import type { Config } from '../config';
import { systemClock } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import type { Database } from '../database';
import { CommandError } from '../failure';
import { type Counts, importNewsroom, type NewsroomImported } from '../importers';
import { progressBar, share } from './progress';
import { boxOf, databaseName, onTrial, print, trialBox, withDatabase } from './settings';

export interface NewsroomOptions {
  readonly withoutPrivate?: true;
  readonly dryRun?: true;
  readonly report?: string;
}

/** Brings what "dateline export" wrote into the empty database, with what is private in it or without. */
export async function bringNewsroom(file: string, config: Config, options: NewsroomOptions): Promise<void> {
  if (options.report !== undefined) {
    throw new CommandError('--report is for WordPress: an export of Dateline arrives whole or not at all.');
  }
  const into = databaseName(config);
  if (options.dryRun) {
    await onTrial(config, (database) => bring(database, file, options, () => trialBox(config)));
    return print(`A dry run: nothing was written. ${into} can take all of it.`);
  }
  await withDatabase(config, (database) => bring(database, file, options, () => boxOf(config)));
  print(`Imported into ${into}.`);
}

async function bring(
  database: Database,
  file: string,
  { withoutPrivate }: NewsroomOptions,
  box: () => Promise<SecretBox>,
): Promise<void> {
  const bar = progressBar('Importing', 'lines');
  const { counts, left } = await importNewsroom({
    database,
    clock: systemClock,
    lines: file,
    ...(withoutPrivate ? {} : { box }),
    onProgress: ({ counts: read, totals }) => bar.show(share(total(read), total(totals)), total(read)),
  }).finally(() => bar.end());
  for (const [type, count] of Object.entries(counts))
    print(`${type.padEnd(16)}${String(count).padStart(11)}`);
  if (total(left) > 0) print(`Left behind: ${privateRows(left)}.`);
}

/** What is private among the rows, in words. */
export function privateRows({
  commentPrivate,
  commentVersion,
  commentDecision,
  commentReport,
  commenterMark,
  apiKey,
}: NewsroomImported['left']): string {
  return [
    `the addresses of ${counted(commentPrivate, 'comment')}`,
    `${counted(commentVersion, 'earlier version')} of comments`,
    `${counted(commentDecision, 'decision')} and ${counted(commentReport, 'report')} about them`,
    `what is remembered of ${counted(commenterMark, 'commenter')} and ${counted(apiKey, 'API key')}`,
  ].join(', ');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Lines of all types together. */
export function total(counts: Partial<Counts>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
