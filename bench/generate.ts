/**
 * Makes a Dateline database of any size, the same for everybody who names the same size and seed:
 * `node -r ./bench/register.js bench/generate.ts --articles 100000`.
 */

import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isPostgresUrl, migrationsHash } from '../src/database';
import { ArticleMaker } from './generator/articles';
import { postgresSink } from './generator/postgres-sink';
import { Random } from './generator/random';
import { noRows, type Sink } from './generator/rows';
import { sqliteSink } from './generator/sqlite-sink';
import { makeSubjects } from './generator/subjects';
import { run, say } from './harness/program';

export interface GenerateOptions {
  readonly articles: number;
  readonly seed: number;
  /** Told what is being done. */
  readonly say: (text: string) => void;
}

/** Raise it when the same seed makes other data: files of the old kind are then not used again. */
const EDITION = 2;
/** Articles written in one transaction: few enough that their rows die young in the heap. */
const BATCH = 200;

/** The SQLite file with this size and seed; made when it is not there. */
export async function ensureDatabase(options: GenerateOptions): Promise<string> {
  const { articles, seed, say } = options;
  const folder = join(__dirname, '..', 'data', 'bench');
  const hash = `${migrationsHash('sqlite').slice(0, 8)}${EDITION}`;
  const file = join(folder, `${articles}-${seed}-${hash}.db`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}.part`;
  try {
    await fill(sqliteSink(unfinished), options);
    renameSync(unfinished, file);
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(unfinished + suffix, { force: true });
  }
  say(`${file}\n`);
  return file;
}

/** Fills the empty PostgreSQL database at `url`. */
export async function fillPostgres(url: string, options: GenerateOptions): Promise<void> {
  await fill(postgresSink(url), options);
}

async function fill(sink: Sink, { articles, seed, say }: GenerateOptions): Promise<void> {
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1_000).toFixed(0);
  const show = process.stderr.isTTY ? say : () => undefined;
  const random = new Random(seed);
  await sink.open();
  const first = noRows();
  const maker = new ArticleMaker(random, makeSubjects(random, first), articles);
  await sink.write(first);
  for (let id = 1; id <= articles; ) {
    const rows = noRows();
    const end = Math.min(id + BATCH, articles + 1);
    for (; id < end; id++) maker.make(id, rows);
    await sink.write(rows);
    if (id % 10_000 === 1 || id > articles) show(`\r${id - 1} of ${articles} articles, ${seconds()} s   `);
  }
  await sink.finish(maker.coverage, maker.lastChange, (what) => show(`\r${what}, ${seconds()} s`.padEnd(50)));
  say(`\rmade ${articles} articles in ${seconds()} s`.padEnd(50));
  say('\n');
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      articles: { type: 'string', default: '10000' },
      seed: { type: 'string', default: '1' },
      url: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    say('generate.ts [--articles 10000] [--seed 1] [--url postgres://…]\n');
    return;
  }
  const options = { articles: Number(values.articles), seed: Number(values.seed), say };
  if (values.url === undefined) await ensureDatabase(options);
  else if (isPostgresUrl(values.url)) await fillPostgres(values.url, options);
  else throw new Error('--url names a PostgreSQL database; an SQLite file gets its name from size and seed');
}

if (require.main === module) run(main);
