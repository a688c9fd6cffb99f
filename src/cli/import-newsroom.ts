import type { Config } from '../config';
import { systemClock } from '../core/clock';
import { type Counts, importNewsroom, type NewsroomImported } from '../importers';
import { progressBar, share } from './progress';
import { boxOf, databaseName, print, withDatabase } from './settings';

/** Brings what "dateline export" wrote into the empty database, with what is private in it or without. */
export async function bringNewsroom(config: Config, file: string, privacy: 'KEEP' | 'LEAVE'): Promise<void> {
  const bar = progressBar('Importing', 'lines');
  const { counts, left } = await withDatabase(config, (database) =>
    importNewsroom({
      database,
      clock: systemClock,
      lines: file,
      ...(privacy === 'KEEP' ? { box: () => boxOf(config) } : {}),
      onProgress: ({ counts: read, totals }) => bar.show(share(total(read), total(totals)), total(read)),
    }),
  ).finally(() => bar.end());
  for (const [type, count] of Object.entries(counts))
    print(`${type.padEnd(16)}${String(count).padStart(11)}`);
  if (total(left) > 0) print(`Left behind: ${privateRows(left)}.`);
  print(`Imported into ${databaseName(config)}.`);
}

/** What is private among the rows, in words. */
export function privateRows({ commentPrivate, apiKey }: NewsroomImported['left']): string {
  return `the addresses of ${commentPrivate} comments and ${apiKey} API keys`;
}

/** Lines of all types together. */
export function total(counts: Partial<Counts>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}
