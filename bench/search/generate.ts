/**
 * An archive for measuring the search: a million articles with the words that a search reads, their topics, authors
 * and categories, and the index of them. Bodies are short, eighty words of plain text, so that it is made in some
 * minutes.
 * `node -r ./bench/register.js bench/search/generate.ts --articles 1000000`
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { migrationsHash } from '../../src/database';
import { postgresSink } from '../generator/postgres-sink';
import { Random } from '../generator/random';
import { noRows, type Rows, type Sink } from '../generator/rows';
import { sqliteSink } from '../generator/sqlite-sink';
import { AUTHOR_COUNT, makeSubjects, type Subjects, TOPIC_COUNT } from '../generator/subjects';
import { BODY, type InventedArticle, inventor } from './invented-article';
import { makeIndex } from './make-index';

const BATCH = 500;
const EDITION = 2;

export interface SearchedOptions {
  readonly articles: number;
  readonly seed: number;
  readonly say: (text: string) => void;
}

/** The SQLite file with this size and seed; made when it is not there. */
export async function ensureSearchedDatabase(options: SearchedOptions): Promise<string> {
  const { articles, seed, say } = options;
  const folder = join(__dirname, '..', '..', 'data', 'bench');
  const hash = `${migrationsHash('sqlite').slice(0, 8)}${EDITION}`;
  const file = join(folder, `search-${articles}-${seed}-${hash}.db`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await fill(sqliteSink(unfinished), unfinished, options);
    renameSync(unfinished, file);
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(unfinished + suffix, { force: true });
  }
  say(`\r${file}\n`);
  return file;
}

/** Fills the empty PostgreSQL database at `url`. */
export async function fillSearchedPostgres(url: string, options: SearchedOptions): Promise<void> {
  await fill(postgresSink(url), url, options);
}

async function fill(sink: Sink, url: string, { articles, seed, say }: SearchedOptions): Promise<void> {
  await sink.open();
  const first = noRows();
  const subjects = makeSubjects(new Random(seed), first);
  await sink.write(first);
  const articleOf = inventor(seed, articles, subjects);
  const coverage = {
    authors: new Int32Array(AUTHOR_COUNT + 1),
    categories: new Int32Array(subjects.categoryCount + 1),
    topics: new Int32Array(TOPIC_COUNT + 1),
  };
  for (let id = 1; id <= articles; ) {
    const rows = noRows();
    const end = Math.min(id + BATCH, articles + 1);
    for (; id < end; id++) addArticle(articleOf(id), subjects, coverage, rows);
    await sink.write(rows);
    if (id % 50_000 === 1) say(`\rmade ${id - 1} of ${articles}`);
  }
  await sink.finish(coverage, articles, () => undefined);
  await makeIndex(url, articles, articleOf, say);
}

function addArticle(
  { id, publishedAt, embargoUntil, expiresAt, language, ...article }: InventedArticle,
  { categoryParents }: Subjects,
  coverage: Readonly<Record<'authors' | 'categories' | 'topics', Int32Array>>,
  rows: Rows,
): void {
  rows.articles.push({
    ...{ id, kind: 'ARTICLE', status: 'PUBLISHED', slug: `article-${id}`, path: `/articles/article-${id}` },
    ...{ language, title: article.title, standfirst: article.standfirst },
    ...{ createdAt: publishedAt, updatedAt: publishedAt, publishedAt, embargoUntil, expiresAt },
  });
  // Of a body the search reads the text alone.
  rows.articleBodies.push({ articleId: id, html: '', text: article.body, blocks: [], wordCount: BODY });
  const listing = { articleId: id, listedAt: publishedAt, embargoUntil, expiresAt };
  rows.articleAuthors.push({ ...listing, authorId: article.authorId, position: 0 });
  count(coverage.authors, article.authorId);
  for (
    let category: number | undefined = article.categoryId;
    category !== undefined;
    category = categoryParents.get(category)
  ) {
    const direct = category === article.categoryId;
    rows.articleCategories.push({ ...listing, categoryId: category, direct, position: 0 });
    count(coverage.categories, category);
  }
  for (const [topicId, direct] of article.topics) {
    rows.articleTopics.push({
      ...{ ...listing, topicId, direct },
      ...{ salience: direct ? salienceOf(id, topicId) : 0, mentions: 0, source: 'IMPORT' },
    });
    count(coverage.topics, topicId);
  }
}

/** Above 0, at most 1; as good as drawn by lot. */
function salienceOf(articleId: number, topicId: number): number {
  return (1 + ((articleId * 31 + topicId * 17) % 100)) / 100;
}

function count(coverage: Int32Array, id: number): void {
  coverage[id] = (coverage[id] ?? 0) + 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      articles: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      url: { type: 'string' },
    },
  });
  const options = {
    articles: Number(values.articles),
    seed: Number(values.seed),
    say: (text: string) => void process.stderr.write(text),
  };
  if (values.url === undefined) await ensureSearchedDatabase(options);
  else await fillSearchedPostgres(values.url, options);
}

if (require.main === module) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  });
}
