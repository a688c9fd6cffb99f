/**
 * PostGraphile and Dateline on one PostgreSQL server, in one interleaved run:
 * `npm run bench:postgraphile -- postgres://… [articles] [seconds] [rounds]`, with the address of a database that is empty, or
 * that an earlier run has filled. The answers are not the same JSON: PostGraphile gives its own names to what the tables have,
 * checks no embargo, expiry or right, works out no direction and leaves the replies to comments out.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { fillPostgres } from './generate';
import { ask } from './harness/ask';
import { compare } from './harness/compare';
import { LoadProcess } from './harness/load-process';
import { runWithNumbers } from './harness/numbers';
import { requestBody } from './harness/operations';
import { print, say } from './harness/program';
import { machine } from './harness/report';
import { startServer } from './harness/servers';

const OPERATIONS = ['FrontPage', 'ArticlePage', 'CommentsPage'] as const;
/** Articles that are asked for by themselves, the newest of all. */
const ARTICLES = 100;

async function main(url: string, articles: number, seconds: number, rounds: number): Promise<void> {
  if (!url.startsWith('postgres'))
    throw new Error('Name the database: npm run bench:postgraphile -- postgres://…');
  if (!(await isFilled(url))) await fillPostgres(url, { articles, seed: 1, say });
  const load = new LoadProcess(true);
  const dateline = await startServer('dateline', url, true);
  const postgraphile = await startServer('postgraphile', url, true);
  try {
    const query = `{ articles(first: ${ARTICLES}) { nodes { slug } } }`;
    const newest = await ask<{ articles: { nodes: { slug: string }[] } }>(dateline, query);
    print(`${machine()}; PostgreSQL, ${rounds} rounds of ${seconds} s each, medians\n`);
    print(
      '| operation | PostGraphile, a second | Dateline | ratio | PostGraphile, CPU ms | Dateline | ratio |',
    );
    print(`|-----------|${'---:|'.repeat(6)}`);
    for (const name of OPERATIONS) {
      const variables = name === 'FrontPage' ? [{ first: 20 }] : newest.articles.nodes;
      const theirs = readFileSync(
        join(__dirname, 'peers', 'postgraphile', 'operations', `${name}.graphql`),
        'utf8',
      );
      const bodies = {
        dateline: variables.map((each) => requestBody(name, each)),
        postgraphile: variables.map((each) =>
          JSON.stringify({ operationName: name, query: theirs, variables: each }),
        ),
      };
      const seen = await compare(load, { dateline, postgraphile }, { bodies, rounds, seconds });
      const [other, own] = [seen.postgraphile, seen.dateline];
      const rates = [other.perSecond.toFixed(0), own.perSecond.toFixed(0)];
      const times = [other.cpu.toFixed(2), own.cpu.toFixed(2)];
      const [byRate, byTime] = [own.perSecond / other.perSecond, other.cpu / own.cpu];
      print(`| ${[name, ...rates, byRate.toFixed(1), ...times, byTime.toFixed(1)].join(' | ')} |`);
    }
  } finally {
    load.stop();
    await Promise.all([dateline.stop(), postgraphile.stop()]);
  }
}

async function isFilled(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('articles') is not null as there`,
    );
    return rows[0]?.there === true;
  } finally {
    await client.end();
  }
}

const [url = '', ...numbers] = process.argv.slice(2);
runWithNumbers(
  'bench:postgraphile -- postgres://…',
  {
    articles: [10_000, 'of the archive, where the database is empty'],
    seconds: [2, 'of load for each operation, server and round'],
    rounds: [8, 'every server has its turn in each'],
  },
  ({ articles, seconds, rounds }) => main(url, articles, seconds, rounds),
  url.startsWith('-') ? [url] : numbers,
);
