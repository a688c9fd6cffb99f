/**
 * How fast relations are at a size of one's choice: `node -r ./bench/register.js bench/relations/main.ts --articles 1000000`.
 * The built server is asked over HTTP by one client, one request at a time, each of another window or topic, so that
 * nothing could be answered out of a memory; and articles are published by another process, as a newsroom has several.
 */
import { parseArgs } from 'node:util';
import { openDatabase } from '../../src/database';
import { ask } from '../harness/ask';
import { print, run, say } from '../harness/program';
import { quantile } from '../harness/quantile';
import { machine } from '../harness/report';
import { type Server, startServer } from '../harness/servers';
import { readThrough, settled } from '../harness/warm';
import { ensureSearchedDatabase } from '../search/generate';
import { LAST } from '../search/invented-article';
import { parts, publishing, type Timed } from './publishing';

const DAY = 86_400_000;
const WARMING = 100;
const PARTS = {
  page: `articleCount association { total lift npmi jaccard logLikelihood significant conditional { share } }
    timeline(bucket: MONTH) { start count total share baseline z }
    articles(first: 20) { totalCount nodes { id title publishedAt } }`,
  all: `bursts { start end weight peak { title } } connectors(first: 10) { topic { name } logLikelihood articleCount }`,
};

/** A window of all but the last so many days of ten years: each is another question, and as large as can be. */
const windowOf = (index: number) =>
  `window: { from: "2016-01-01T00:00:00Z", to: "${new Date(LAST - (index % 100) * DAY).toISOString()}" }`;

interface Question {
  /** Milliseconds that a quiet machine may take, p99; null where nobody has said. */
  readonly wanted: number | null;
  ask(index: number, topics: readonly string[]): string;
}

const relation = (topics: readonly string[], index: number, fields: string) =>
  `{ relation(topics: ${JSON.stringify(topics)}, ${windowOf(index)}) { ${fields} } }`;

const PAGE = 'relation: association, timeline, 20 articles';

const QUESTIONS: Readonly<Record<string, Question>> = {
  [PAGE]: { wanted: 25, ask: (index, topics) => relation(topics.slice(0, 2), index, PARTS.page) },
  'the same with 10 connectors and bursts': {
    wanted: 60,
    ask: (index, topics) => relation(topics.slice(0, 2), index, `${PARTS.page} ${PARTS.all}`),
  },
  'relation of 5 topics': {
    wanted: null,
    ask: (index, topics) => relation(topics.slice(0, 5), index, PARTS.page),
  },
  'storyCount of the two most frequent': {
    wanted: null,
    ask: (index, topics) => relation(topics.slice(0, 2), index, 'articleCount storyCount'),
  },
  'Topic.related of the most frequent topic': {
    wanted: 10,
    ask: (_, [a]) => `{ topic(slug: "${a}") { related { topic { name } score } } }`,
  },
  'Topic.related of any of the first 200': {
    wanted: 10,
    ask: (index, topics) =>
      `{ topic(slug: "${topics[(index * 7) % topics.length]}") { related { topic { name } score } } }`,
  },
  'Article.related(first: 5)': {
    wanted: 25,
    ask: (index) =>
      `{ article(slug: "article-${1 + ((index * 7_919) % 900_000)}") { related(first: 5) { article { title } score } } }`,
  },
  trendingTopics: {
    wanted: null,
    ask: (index) => `{ trendingTopics(window: ${['DAY', 'WEEK', 'MONTH'][index % 3]}) { topic { name } z } }`,
  },
};

const HELP = `relations/main.ts [options]

  --articles N   of the archive, which is made when it is not there (1000000)
  --seed N       and its seed (1)
  --requests N   for each kind of question (300)
  --only TEXT    questions whose name has it, and nothing about publishing
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      articles: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      requests: { type: 'string', default: '300' },
      only: { type: 'string', default: '' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return say(HELP);
  const file = await ensureSearchedDatabase({
    articles: Number(values.articles),
    seed: Number(values.seed),
    say,
  });
  await readThrough(file);
  const topics = await mostCovered(file);
  const began = performance.now();
  const server = await startServer('dateline', file, false);
  try {
    await ask(server, QUESTIONS[PAGE]?.ask(0, topics) ?? '');
    const ready = performance.now() - began;
    await settled(server);
    print(`${machine()}; ${values.articles} articles, ${values.requests} requests each, one at a time\n`);
    print('| what | p50 ms | p99 ms | processor ms | wanted (p99) |\n|---|--:|--:|--:|--:|');
    for (const [name, { wanted, ask: question }] of Object.entries(QUESTIONS)) {
      if (!name.includes(values.only)) continue;
      const measured = await timed(server, Number(values.requests), (index) =>
        ask(server, question(index, topics)),
      );
      print(row(name, measured, wanted));
    }
    const pages = await timed(server, Number(values.requests), (index) => page(server, index, topics));
    print(row('the page /relations/a+b', pages, null));
    if (values.only === '') await tellPublishing(file, server, topics);
    print(
      `\nready ${(ready / 1_000).toFixed(1)} s after the start; ${server.memory().toFixed(0)} MiB resident`,
    );
  } finally {
    await server.stop();
  }
}

async function tellPublishing(file: string, server: Server, topics: readonly string[]): Promise<void> {
  const database = openDatabase(file);
  const asked = () => ask(server, QUESTIONS[PAGE]?.ask(0, topics) ?? '');
  const { create, publish, ask: asking } = await publishing(database, topics, asked);
  print(row('writing a draft of 400 words', create, null));
  print(row('publishing it', publish, 5));
  print(row('the first relation asked for after it (processor time of who asks)', asking, null));
  for (const [name, part] of Object.entries(await parts(database))) print(row(name, part, null));
  await database.close();
}

/** What an editor opens, of two of the most frequent topics. */
async function page(server: Server, index: number, topics: readonly string[]): Promise<void> {
  const pair = [topics[index % 7], topics[7 + (index % 11)]];
  const response = await fetch(`http://127.0.0.1:${server.port}/relations/${pair.join('+')}`);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`The page answered ${response.status}`);
}

/** Milliseconds by the clock, rising, and of processor time of all threads of the server for each. */
async function timed(
  server: Server,
  count: number,
  work: (index: number) => Promise<unknown>,
): Promise<Timed> {
  const times: number[] = [];
  // The first are not counted: the compiler warms up on them.
  for (let index = 1; index <= WARMING; index++) await work(index);
  const used = server.cpu();
  for (let index = 0; index < count; index++) {
    const began = performance.now();
    await work(index);
    times.push(performance.now() - began);
  }
  return { times: times.sort((a, b) => a - b), cpu: (server.cpu() - used) / count };
}

function row(name: string, { times, cpu }: Timed, wanted: number | null): string {
  const ms = (share: number) => quantile(times, share).toFixed(1);
  return `| ${name} | ${ms(0.5)} | ${ms(0.99)} | ${cpu.toFixed(1)} | ${wanted ?? ''} |`;
}

async function mostCovered(file: string): Promise<string[]> {
  const database = openDatabase(file);
  const { topics } = database.tables;
  const rows = await database.select({ slug: topics.slug, coverage: topics.coverage }).from(topics);
  await database.close();
  return rows
    .sort((a, b) => b.coverage - a.coverage)
    .slice(0, 200)
    .map(({ slug }) => slug);
}

run(main);
