/**
 * How fast the search is at a size of one's choice: `node -r ./bench/register.js bench/search/main.ts --articles 1000000`.
 * The built server is asked over HTTP by one client, one request at a time, each another query. `--url` measures a
 * PostgreSQL database, which is filled when it is empty.
 */
import { parseArgs } from 'node:util';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../../src/database';
import { Random } from '../generator/random';
import { ask } from '../harness/ask';
import { print, run, say } from '../harness/program';
import { median, quantile } from '../harness/quantile';
import { machine } from '../harness/report';
import { type Server, startServer } from '../harness/servers';
import { readThrough, settled } from '../harness/warm';
import { ensureSearchedDatabase, fillSearchedPostgres, type SearchedOptions } from './generate';
import { type Question, questionsAbout } from './questions';

const WARMING = 100;

const HELP = `search/main.ts [options]

  --articles N   of the archive, which is made when it is not there (1000000)
  --seed N       and its seed (1)
  --requests N   for each kind of query (200)
  --only TEXT    queries whose name has it
  --url URL      of a PostgreSQL database in place of a file
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      articles: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      requests: { type: 'string', default: '200' },
      only: { type: 'string', default: '' },
      url: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(HELP);
  const options = {
    articles: Number(values.articles),
    seed: Number(values.seed),
    say,
  };
  const url = values.url === undefined ? await ensureSearchedDatabase(options) : values.url;
  await (values.url === undefined ? readThrough(url) : ensureFilled(url, options));
  const questions = questionsAbout(await rareTopics(url)).filter(({ name }) => name.includes(values.only));
  const server = await startServer('dateline', url, false);
  try {
    await settled(server);
    print(`${machine()}; ${values.articles} articles, ${values.requests} requests each, one at a time\n`);
    print('| query | p50 ms | p99 ms | found, median |\n|---|--:|--:|--:|');
    for (const question of questions) {
      const { times, found } = await measure(server, question, Number(values.requests));
      print(
        `| ${question.name} | ${quantile(times, 0.5).toFixed(1)} | ${quantile(times, 0.99).toFixed(1)} | ${found} |`,
      );
    }
    print(`\n${server.memory().toFixed(0)} MiB resident`);
  } finally {
    await server.stop();
  }
}

async function measure(server: Server, question: Question, count: number) {
  const times: number[] = [];
  const found: number[] = [];
  const random = new Random(1);
  // The first are not counted: the compiler warms up on them.
  for (let index = -WARMING; index < count; index++) {
    const variables = question.variables(random);
    const began = performance.now();
    const data = await ask<Answered>(server, question.query, variables);
    if (index < 0) continue;
    times.push(performance.now() - began);
    found.push(data.search?.totalCount ?? data.autocomplete?.length ?? 0);
  }
  return { times: times.sort((a, b) => a - b), found: median(found) };
}

interface Answered {
  readonly search?: { readonly totalCount: number };
  readonly autocomplete?: readonly unknown[];
}

async function ensureFilled(url: string, options: SearchedOptions): Promise<void> {
  const database = openDatabase(url);
  const tables = await database.rows(
    sql`select table_name from information_schema.tables where table_schema = 'public' and table_name = 'articles'`,
  );
  await database.close();
  if (tables.length === 0) await fillSearchedPostgres(url, options);
}

/** The global ids of topics that few articles carry. */
async function rareTopics(url: string): Promise<string[]> {
  const database = openDatabase(url);
  const { topics } = database.tables;
  const rows = await database.select({ slug: topics.slug, coverage: topics.coverage }).from(topics);
  await database.close();
  return rows
    .sort((a, b) => a.coverage - b.coverage || (a.slug < b.slug ? -1 : 1))
    .slice(0, 500)
    .map(({ slug }) => slug);
}

run(main);
