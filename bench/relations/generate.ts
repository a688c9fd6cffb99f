/**
 * A database for measuring relations: a million articles with their topics and nothing else, no bodies and no comments,
 * so that it is made in a minute or two and is some 2 GB instead of 16.
 * `node -r ./bench/register.js bench/relations/generate.ts --articles 1000000`
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrationsHash } from '../../src/database';
import { Random, zipf } from '../generator/random';
import { noRows, type Rows, type Sink } from '../generator/rows';
import { sqliteSink } from '../generator/sqlite-sink';
import { makeSubjects, TOPIC_COUNT } from '../generator/subjects';

/** The archive ends here, and begins ten years before. */
export const LAST = Date.parse('2026-11-01T00:00:00.000Z');
const YEARS = 10;
const DAY = 86_400_000;
const BATCH = 500;
/** Topics of an article, without those above them. */
const TOPICS = 8;
const EDITION = 1;

export interface LeanOptions {
  readonly articles: number;
  readonly seed: number;
  readonly say: (text: string) => void;
}

/** The SQLite file with this size and seed; made when it is not there. */
export async function ensureLeanDatabase({ articles, seed, say }: LeanOptions): Promise<string> {
  const folder = join(__dirname, '..', '..', 'data', 'bench');
  const file = join(
    folder,
    `relations-${articles}-${seed}-${migrationsHash('sqlite').slice(0, 8)}${EDITION}.db`,
  );
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await fill(sqliteSink(unfinished), articles, new Random(seed));
    renameSync(unfinished, file);
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(unfinished + suffix, { force: true });
  }
  say(`${file}\n`);
  return file;
}

async function fill(sink: Sink, articles: number, random: Random): Promise<void> {
  await sink.open();
  const first = noRows();
  const { topicParents } = makeSubjects(random, first);
  await sink.write(first);
  const coverage = {
    authors: new Int32Array(1),
    categories: new Int32Array(1),
    topics: new Int32Array(TOPIC_COUNT + 1),
  };
  const pick = zipf(TOPIC_COUNT - 2, 1, 2);
  for (let id = 1; id <= articles; ) {
    const rows = noRows();
    const end = Math.min(id + BATCH, articles + 1);
    for (; id < end; id++)
      addArticle(id, articles, { random, pick, topicParents, coverage: coverage.topics, rows });
    await sink.write(rows);
  }
  await sink.finish(coverage, articles, () => undefined);
}

interface Making {
  readonly random: Random;
  readonly pick: (random: Random) => number;
  readonly topicParents: ReadonlyMap<number, number>;
  readonly coverage: Int32Array;
  readonly rows: Rows;
}

function addArticle(
  id: number,
  articles: number,
  { random, pick, topicParents, coverage, rows }: Making,
): void {
  // In the order of their dates, with some that come later than they are dated.
  const listedAt = Math.floor(LAST - YEARS * 365 * DAY * (1 - id / articles) - random.next() * DAY);
  const embargoUntil = random.chance(0.0005) ? LAST + DAY : null;
  const expiresAt = random.chance(0.002) ? listedAt + 365 * DAY : null;
  rows.articles.push({
    ...{ id, kind: 'ARTICLE', status: 'PUBLISHED', slug: `article-${id}`, path: `/articles/article-${id}` },
    ...{
      language: 'en',
      title: `Article ${id}`,
      createdAt: listedAt,
      updatedAt: listedAt,
      publishedAt: listedAt,
    },
    ...{ embargoUntil, expiresAt },
  });
  for (const [topicId, direct] of carried(random, pick, topicParents)) {
    rows.articleTopics.push({
      ...{ articleId: id, topicId, direct, listedAt, embargoUntil, expiresAt },
      ...{ salience: direct ? random.between(1, 100) / 100 : 0, mentions: 0, source: 'IMPORT' },
    });
    coverage[topicId] = (coverage[topicId] ?? 0) + 1;
  }
}

/** The first two topics stand on a third of all articles each, often together; the others by Zipf's law. */
export function carried(
  random: Random,
  pick: (random: Random) => number,
  parents: ReadonlyMap<number, number>,
) {
  const own = new Set<number>();
  if (random.chance(0.34)) own.add(1);
  if (random.chance(own.size > 0 ? 0.6 : 0.2)) own.add(2);
  while (own.size < TOPICS) own.add(pick(random) + 3);
  const all = new Map<number, boolean>([...own].map((topic) => [topic, true]));
  for (const topic of own) {
    for (let parent = parents.get(topic); parent !== undefined; parent = parents.get(parent)) {
      if (!all.has(parent)) all.set(parent, false);
    }
  }
  return all;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { articles: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
  });
  await ensureLeanDatabase({
    articles: Number(values.articles),
    seed: Number(values.seed),
    say: (text) => void process.stderr.write(text),
  });
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
}
