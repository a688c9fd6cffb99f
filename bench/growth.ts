/**
 * What becomes of each read when the archive is a hundred times as large: `npm run bench:growth -- [articles] [requests]`.
 * Two built servers, on 10,000 articles and on a million, are asked in turn, one request at a time, so that whatever else
 * the machine does falls on both alike. Pages are at any depth. Nothing is kept between two requests.
 */
import Sqlite from 'better-sqlite3';
import { ensureDatabase } from './generate';
import { Connection, requestBytes } from './harness/connection';
import { runWithNumbers } from './harness/numbers';
import { document, OPERATIONS, type Variables } from './harness/operations';
import { print, say } from './harness/program';
import { median } from './harness/quantile';
import { machine } from './harness/report';
import { type Server, startServer } from './harness/servers';
import { makeWorkload } from './harness/variables';
import { readThrough, settled } from './harness/warm';

const SMALL = 10_000;
const WARMING = 40;

/** One of the servers, with what it is asked. */
interface Side {
  readonly server: Server;
  /** Made when it is first used: one that says nothing for long is closed. */
  connection?: Connection;
  readonly workloads: ReadonlyMap<string, readonly object[]>;
}

/** Beside the operations that the comparison has: those that page by topics, and what a path leads to. */
function furtherWorkloads(file: string): [string, object[]][] {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const topics = db
      .prepare<[], string>('select slug from topics order by coverage desc limit 200')
      .pluck()
      .all();
    const paths = db.prepare<[], string>("select path from articles where +status = 'PUBLISHED' limit 200");
    const pairs = topics.slice(1).map((slug, place) => [topics[place] ?? slug, slug]);
    return [
      ['TopicPage', topics.map((slug) => ({ slug }))],
      ['PartnerList', pairs.map((any) => ({ first: 20, filter: { topics: { any } } }))],
      [
        'Resolve',
        paths
          .pluck()
          .all()
          .map((path) => ({ path })),
      ],
    ];
  } finally {
    db.close();
  }
}

function workloadsOf(file: string): ReadonlyMap<string, readonly object[]> {
  const compared = OPERATIONS.map((name): [string, readonly Variables[]] => [
    name,
    makeWorkload(file, name, 'uniform', 1).variables,
  ]);
  return new Map<string, readonly object[]>([...compared, ...furtherWorkloads(file)]);
}

async function open(articles: number): Promise<Side> {
  const file = await ensureDatabase({ articles, seed: 1, say });
  await readThrough(file);
  const server = await startServer('dateline', file, false, {
    ...{ COST_ANONYMOUS: '1000000', OVERLOAD_DELAY: '1m', REQUEST_TIMEOUT: '10m' },
  });
  await settled(server);
  return { server, workloads: workloadsOf(file) };
}

async function timed(side: Side, name: string, index: number): Promise<number> {
  const { server, workloads } = side;
  side.connection ??= new Connection(server.port);
  const all = workloads.get(name) ?? [];
  const variables = all[index % all.length] ?? {};
  const body = JSON.stringify({ operationName: name, query: document(name), variables });
  const bytes = requestBytes(server.path, body);
  const start = performance.now();
  const reply = await side.connection.send(bytes);
  const took = performance.now() - start;
  if (reply.status !== 200 || reply.body.includes('"errors":'))
    throw new Error(`${name} ${JSON.stringify(variables)}: ${reply.body.toString('utf8', 0, 300)}`);
  return took;
}

async function main(large: number, requests: number): Promise<void> {
  const opened: Side[] = [];
  try {
    for (const articles of [SMALL, large]) opened.push(await open(articles));
    const [lesser, greater] = opened as [Side, Side];
    print(`${machine()}; ${requests} requests of each operation to each, one at a time\n`);
    print(`| operation | ${SMALL} articles, p50 ms | ${large}, p50 ms | ratio |`);
    print('|-----------|-----:|-----:|-----:|');
    for (const name of lesser.workloads.keys()) {
      const seen: [number[], number[]] = [[], []];
      for (let index = 0; index < WARMING + requests; index++) {
        for (const place of index % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
          const took = await timed(place === 0 ? lesser : greater, name, index * 7);
          if (index >= WARMING) seen[place].push(took);
        }
      }
      const [small, big] = [median(seen[0]), median(seen[1])];
      print(`| ${[name, small.toFixed(2), big.toFixed(2), (big / small).toFixed(2)].join(' | ')} |`);
    }
    const [few, many] = opened.map(({ server }) => server.memory().toFixed(0));
    print(`\nResident memory afterwards: ${few} MiB with ${SMALL} articles, ${many} MiB with ${large}`);
  } finally {
    for (const { server, connection } of opened) {
      connection?.close();
      await server.stop();
    }
  }
}

runWithNumbers(
  'bench:growth --',
  {
    articles: [1_000_000, 'of the larger archive'],
    requests: [200, 'of each operation to each server'],
  },
  ({ articles, requests }) => main(articles, requests),
);
