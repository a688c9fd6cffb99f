import type { Command } from 'commander';
import { systemClock } from '../core/clock';
import { type Database, openDatabase } from '../database';
import { CommandError } from '../failure';
import { checkIndex, type IndexProgress, isSound, rebuildIndex } from '../indexing';
import { tellOfNewIndex } from '../search';
import { progressBar, share } from './progress';
import { type DatabaseOptions, databaseOption, examples, print, settingsOf } from './settings';

export function add(program: Command): void {
  const search = program.command('search').description('look after the index of the search');
  examples(search, '\nExamples:\n  $ dateline search check\n  $ dateline search rebuild');
  const rebuild = search
    .command('rebuild')
    .description('make the index anew out of the articles')
    .addOption(databaseOption())
    .action((options: DatabaseOptions) => onDatabase(options, 'Indexing', makeAnew));
  examples(
    rebuild,
    `
The index changes with every article, in the same transaction, and after an update a server makes it anew by itself
where that is needed. This does it by hand: after somebody has changed tables behind Dateline's back, or to count
anew how often words occur. Others may read and write meanwhile, and find everything.

Examples:
  $ dateline search rebuild
  $ dateline search rebuild --database ./data/blog.db`,
  );
  const check = search
    .command('check')
    .description('compare the index with the articles')
    .addOption(databaseOption())
    .action((options: DatabaseOptions) => onDatabase(options, 'Comparing', compare));
  examples(
    check,
    `
Compares every article, and the names of topics and authors, with what the index has of them, as of one instant, and
tells what differs. The exit status is 0 only if nothing does.

Examples:
  $ dateline search check`,
  );
}

type Tell = (progress: IndexProgress) => void;

async function onDatabase(
  { database: url }: DatabaseOptions,
  label: string,
  work: (database: Database, tell: Tell) => Promise<() => void>,
): Promise<void> {
  // What a power cut takes back of a rebuilding is made again by the server that finds it unfinished.
  const database = openDatabase(settingsOf({ DATABASE_URL: url }).databaseUrl, { durability: 'FLUSH' });
  const bar = progressBar(label, 'articles');
  try {
    const report = await work(database, ({ done, total }) => bar.show(share(done, total), done)).finally(() =>
      bar.end(),
    );
    report();
  } finally {
    await database.close();
  }
}

async function makeAnew(database: Database, onProgress: Tell): Promise<() => void> {
  const { done } = await rebuildIndex({ write: (step) => database.write(step), onProgress });
  await database.write(async (tx) => tellOfNewIndex(tx, systemClock.now()));
  await database.flush();
  await database.analyse();
  return () => print(`Indexed ${done} articles.`);
}

async function compare(database: Database, onProgress: Tell): Promise<() => void> {
  const report = await checkIndex(database, onProgress);
  const { articles, missing, stale, surplus, renamed, damage } = report;
  return () => {
    if (isSound(report)) return print(`The index says what ${articles} articles say.`);
    throw new CommandError(
      [
        `The index does not say what ${articles} articles say:`,
        ...(damage === null ? [] : [damage]),
        `  ${missing} articles are missing, ${stale} are there otherwise, ${surplus} documents belong to none,`,
        `  ${renamed} topics and authors have other names.`,
        'Run "dateline search rebuild".',
      ].join('\n'),
    );
  };
}
