import { type Command, Option } from 'commander';
import type { Config } from '../config';
import { systemClock } from '../core/clock';
import { type Database, openDatabase } from '../database';
import { loadGazetteer } from '../gazetteer';
import { Tagger } from '../tagging';
import { type RebuildReport, rebuildTopics, type TagReport, tagArchive } from '../topics';
import { progressBar, share } from './progress';
import { assertThere, type DatabaseOptions, databaseOption, examples, print, settingsOf } from './settings';

interface TagOptions extends DatabaseOptions {
  readonly dryRun?: true;
  readonly restart?: true;
}

export function add(program: Command): void {
  const topics = program.command('topics').description('look after the topics of the archive');
  examples(topics, '\nExamples:\n  $ dateline topics tag --dry-run\n  $ dateline topics rebuild');
  const tag = topics
    .command('tag')
    .description('tag all articles anew by what their texts name')
    .addOption(databaseOption())
    .option('--dry-run', 'tell what would change, and change nothing')
    .addOption(new Option('--restart', 'begin with the first article, also where a run was broken off'))
    .action(tagAll);
  examples(
    tag,
    `
Reads title, standfirst and body of every article that is not withdrawn, and ties it to the topics that they name by
any of their names, in any language. What is not a topic yet but stands in the gazetteer, and is named, becomes one.
What editors and imports have said stays: their topics remain, and what an editor has taken away stays away.

An article is tagged when it is written; run this after topics were given further names, or the gazetteer has changed.
Others may read and write meanwhile. A run that is broken off goes on where it was when it is started again.

Examples:
  $ dateline topics tag --dry-run
  $ dateline topics tag
  $ dateline topics tag --restart --database ./data/blog.db`,
  );
  const rebuild = topics
    .command('rebuild')
    .description('make anew what is kept so that topics are found at once, and tell what differed')
    .addOption(databaseOption())
    .action(rebuildAll);
  examples(
    rebuild,
    `
Articles carry what stands above their topics and categories, each of these counts its articles, and topics are found
by their names in one spelling. All of it changes with what it follows from, in the same transaction. This makes it
anew out of the articles, puts right what differs, and tells how much that was: 0, unless somebody has changed tables
behind Dateline's back. Others may read and write meanwhile.

Examples:
  $ dateline topics rebuild
  $ dateline topics rebuild --database ./data/blog.db`,
  );
}

async function tagAll({ database: url, dryRun, restart }: TagOptions): Promise<void> {
  const config = settingsOf({ DATABASE_URL: url });
  const tagger = new Tagger(loadGazetteer(config.gazetteerFile));
  await withBar(config, 'Tagging', async (database, onProgress) => {
    const report = await tagArchive({
      ...{ database, clock: systemClock, tagger, onProgress },
      ...{ dryRun: dryRun === true, restart: restart === true },
    });
    return () => print(told(report, dryRun === true));
  });
}

function told({ from, read, changed, given, taken, made }: TagReport, isRehearsal: boolean): string {
  const lines = [
    ...(from > 0 ? ['Went on where an earlier run was broken off.'] : []),
    `Read ${read} articles; ${changed} ${isRehearsal ? 'would be' : 'were'} tagged otherwise than before.`,
    `Ties to topics: ${given} new, ${taken} gone. Topics made of what the gazetteer knows: ${made}.`,
    ...(isRehearsal ? ['Nothing was changed.'] : []),
  ];
  return lines.join('\n');
}

async function rebuildAll({ database: url }: DatabaseOptions): Promise<void> {
  await withBar(settingsOf({ DATABASE_URL: url }), 'Rebuilding', async (database, onProgress) => {
    const report = await rebuildTopics({ database, clock: systemClock, onProgress });
    return () => print(differences(report));
  });
}

function differences({ articles, listings, inherited, written, coverage, names }: RebuildReport): string {
  return [
    `Looked at ${articles} articles. What differed, and is right now:`,
    `  ${listings} ties said otherwise when their article is listed`,
    `  ${inherited} ties to what stands above a topic or category were missing or too many`,
    `  ${written} articles repeated other ties than they have`,
    `  ${coverage} authors, categories and topics counted other articles`,
    `  ${names} names of topics were spelt otherwise`,
  ].join('\n');
}

type Tell = (progress: { readonly done: number; readonly total: number }) => void;

async function withBar(
  config: Config,
  label: string,
  work: (database: Database, tell: Tell) => Promise<() => void>,
): Promise<void> {
  assertThere(config);
  // What a power cut takes back is done again by the next run.
  const database = openDatabase(config.databaseUrl, { durability: 'FLUSH' });
  const bar = progressBar(label, 'articles');
  try {
    const tell = await work(database, ({ done, total }) => bar.show(share(done, total), done)).finally(() =>
      bar.end(),
    );
    await database.flush();
    tell();
  } finally {
    await database.close();
  }
}
