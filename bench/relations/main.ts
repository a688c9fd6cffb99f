/**
 * How fast relations are at a size of one's choice: `node -r ./bench/register.js bench/relations/main.ts --articles 1000000`.
 * The built server is asked over HTTP by one client, one request at a time, each of another window or topic, so that
 * nothing could be answered out of a memory; and articles are published by another process, as a newsroom has several.
 */
import { parseArgs } from 'node:util';
import { ArticleService } from '../../src/articles';
import { systemActor } from '../../src/core/actor';
import { systemClock } from '../../src/core/clock';
import { openDatabase } from '../../src/database';
import { ask } from '../harness/ask';
import { print, run, say } from '../harness/program';
import { quantile } from '../harness/quantile';
import { machine } from '../harness/report';
import { type Server, startServer } from '../harness/servers';
import { ensureLeanDatabase, LAST } from './generate';

const DAY = 86_400_000;
const WARMING = 30;
const EDITOR = systemActor('bench');
const PARTS = {
  page: `articleCount association { total lift npmi jaccard logLikelihood significant conditional { share } }
    timeline(bucket: MONTH) { start count total share baseline z }
    articles(first: 20) { totalCount nodes { id title publishedAt } }`,
  all: `bursts { start end weight peak { title } } connectors(first: 10) { topic { name } logLikelihood articleCount }`,
};

/** A window of all but the last so many days of ten years: each is another question, and as large as can be. */
const windowOf = (index: number) =>
  `window: { from: "2016-01-01T00:00:00Z", to: "${new Date(LAST - (index % 100) * DAY).toISOString()}" }`;

const QUESTIONS: Readonly<Record<string, (index: number, topics: readonly string[]) => string>> = {
  'relation: association, timeline, 20 articles': (index, [a, b]) =>
    `{ relation(topics: ["${a}", "${b}"], ${windowOf(index)}) { ${PARTS.page} } }`,
  'the same with 10 connectors and bursts': (index, [a, b]) =>
    `{ relation(topics: ["${a}", "${b}"], ${windowOf(index)}) { ${PARTS.page} ${PARTS.all} } }`,
  'relation of 5 topics': (index, topics) =>
    `{ relation(topics: ${JSON.stringify(topics.slice(0, 5))}, ${windowOf(index)}) { ${PARTS.page} } }`,
  'Topic.related of the most frequent topic': (_, [a]) =>
    `{ topic(slug: "${a}") { related { topic { name } score } } }`,
  'Topic.related of any of the first 200': (index, topics) =>
    `{ topic(slug: "${topics[(index * 7) % topics.length]}") { related { topic { name } score } } }`,
  'Article.related(first: 5)': (index) =>
    `{ article(slug: "article-${1 + ((index * 7_919) % 900_000)}") { related(first: 5) { article { title } score } } }`,
  trendingTopics: (index) =>
    `{ trendingTopics(window: ${['DAY', 'WEEK', 'MONTH'][index % 3]}) { topic { name } z } }`,
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      articles: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      requests: { type: 'string', default: '300' },
    },
  });
  const file = await ensureLeanDatabase({
    articles: Number(values.articles),
    seed: Number(values.seed),
    say,
  });
  const topics = await mostCovered(file);
  const began = performance.now();
  const server = await startServer('dateline', file, false);
  try {
    await ask(server, QUESTIONS['relation: association, timeline, 20 articles']?.(0, topics) ?? '');
    const ready = performance.now() - began;
    print(`${machine()}; ${values.articles} articles, ${values.requests} requests each, one at a time\n`);
    print('| question | p50 ms | p99 ms | processor ms |\n|---|--:|--:|--:|');
    for (const [name, question] of Object.entries(QUESTIONS)) {
      const { times, cpu } = await timed(server, Number(values.requests), (index) =>
        ask(server, question(index, topics)),
      );
      print(`| ${name} | ${ms(times, 0.5)} | ${ms(times, 0.99)} | ${cpu.toFixed(1)} |`);
    }
    const { publishing, asking } = await publish(file, server, topics);
    print(`| publishing an article | ${ms(publishing, 0.5)} | ${ms(publishing, 0.99)} | |`);
    print(`| the first relation asked for after it | ${ms(asking, 0.5)} | ${ms(asking, 0.99)} | |`);
    print(
      `\nready ${(ready / 1_000).toFixed(1)} s after the start; ${server.memory().toFixed(0)} MiB resident`,
    );
  } finally {
    await server.stop();
  }
}

/** Milliseconds by the clock, rising, and of processor time of all threads of the server for each. */
async function timed(server: Server, count: number, work: (index: number) => Promise<unknown>) {
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

async function publish(file: string, server: Server, topics: readonly string[]) {
  const database = openDatabase(file);
  const service = new ArticleService(database, systemClock);
  const publishing: number[] = [];
  const asking: number[] = [];
  const question = QUESTIONS['relation: association, timeline, 20 articles'] ?? (() => '');
  for (let index = 0; index < 100; index++) {
    const draft = await service.create(EDITOR, {
      ...{ title: `Made by the bench ${index}`, language: 'en', html: '<p>Text</p>' },
      topics: topics.slice(0, 8),
    });
    const began = performance.now();
    const { id, revision } = await service.publish(EDITOR, draft, { at: systemClock.now() });
    publishing.push(performance.now() - began);
    const asked = performance.now();
    await ask(server, question(index, topics));
    asking.push(performance.now() - asked);
    await service.withdraw(EDITOR, { id, revision }, 'It was only measured');
  }
  await database.close();
  return { publishing: publishing.sort((a, b) => a - b), asking: asking.sort((a, b) => a - b) };
}

function ms(rising: readonly number[], share: number): string {
  return quantile(rising, share).toFixed(1);
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
