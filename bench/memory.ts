/**
 * What a server keeps resident, at its worst, of an archive of any size: `npm run bench:memory -- [articles] [seconds]`.
 * One server as it is by default, answers that are kept included, is asked everything that takes room, one kind of question
 * after the other: hundreds of relations first, one at a time, then each operation by eight connections at once. Nothing is
 * let go of in between, so that the last figures have all of it.
 */
import Sqlite from 'better-sqlite3';
import { ensureDatabase } from './generate';
import { ask } from './harness/ask';
import { LoadProcess } from './harness/load-process';
import { runWithNumbers } from './harness/numbers';
import { OPERATIONS, requestBody } from './harness/operations';
import { print, say } from './harness/program';
import { machine } from './harness/report';
import { startServer } from './harness/servers';
import { makeWorkload } from './harness/variables';
import { readThrough, settled } from './harness/warm';

/** Questions of each kind about relations. */
const QUESTIONS = 330;
/** Milliseconds between two looks at the memory. */
const OFTEN = 20;

/** What is asked one at a time. */
interface Questions {
  readonly name: string;
  readonly query: string;
  readonly variables: readonly object[];
}

function aboutRelations(file: string): readonly Questions[] {
  const db = new Sqlite(file, { readonly: true, fileMustExist: true });
  try {
    const topics = db
      .prepare<[], string>('select slug from topics order by coverage desc limit 300')
      .pluck()
      .all();
    const articles = db
      .prepare<[number], string>("select slug from articles where +status = 'PUBLISHED' limit ?")
      .pluck()
      .all(QUESTIONS);
    const many = Array.from({ length: QUESTIONS }, (_, place) => place);
    const topicAt = (place: number) => topics[place % topics.length];
    const pairs = many.map((place) => ({
      topics: [topicAt(place % 40), topicAt(40 + ((place * 7) % (topics.length - 40)))],
      // All of the archive, and parts of it that are some years long.
      window: place % 3 === 0 ? null : { from: year(2008 + (place % 7)), to: year(2016 + (place % 9)) },
    }));
    const relation = (fields: string) =>
      `query ($topics: [String!]!, $window: DateRange) { relation(topics: $topics, window: $window) { ${fields} } }`;
    return [
      {
        name: 'relations with association, timeline and articles',
        query: relation(
          'articleCount association { lift npmi logLikelihood } timeline(bucket: MONTH) { start count total } articles(first: 20) { nodes { slug title } }',
        ),
        variables: pairs,
      },
      {
        name: 'relations with connectors and bursts',
        query: relation(
          'connectors(first: 10) { topic { slug } articleCount newInWindow } bursts(first: 5) { start end weight }',
        ),
        variables: pairs,
      },
      {
        name: '`Topic.related`',
        query:
          'query ($slug: String!) { topic(slug: $slug) { related(first: 10) { topic { slug } score } } }',
        variables: many.map((place) => ({ slug: topicAt(place) })),
      },
      {
        name: '`Article.related`',
        query:
          'query ($slug: String!) { article(slug: $slug) { related(first: 5) { article { slug } score } } }',
        variables: articles.map((slug) => ({ slug })),
      },
    ];
  } finally {
    db.close();
  }
}

function year(year: number): string {
  return `${year}-01-01T00:00:00Z`;
}

async function main(articles: number, seconds: number): Promise<void> {
  const file = await ensureDatabase({ articles, seed: 1, say });
  await readThrough(file);
  const load = new LoadProcess(false);
  const server = await startServer('kept', file, false, {
    ...{ COST_ANONYMOUS: '1000000', OVERLOAD_DELAY: '1m', REQUEST_TIMEOUT: '10m' },
  });
  let highest = 0;
  const looking = setInterval(() => {
    highest = Math.max(highest, server.memory());
  }, OFTEN);
  const tell = (name: string, asked: number | '') => {
    print(`| ${[name, asked, server.memory().toFixed(0), highest.toFixed(0)].join(' | ')} |`);
    highest = 0;
  };
  try {
    print(`${machine()}; ${articles} articles\n`);
    print('| what was asked | requests | resident afterwards, MiB | highest meanwhile |');
    print('|----------------|---------:|-------------------------:|------------------:|');
    await settled(server);
    tell('nothing yet', '');
    for (const questions of aboutRelations(file)) {
      for (const variables of questions.variables) await ask(server, questions.query, variables);
      tell(questions.name, questions.variables.length);
    }
    for (const name of OPERATIONS) {
      const { variables, sequence } = makeWorkload(file, name, 'uniform', 1);
      const bodies = variables.map((each) => requestBody(name, each));
      const { port, path } = server;
      const order = {
        port,
        path,
        bodies,
        sequence,
        offset: 0,
        connections: 8,
        milliseconds: seconds * 1_000,
      };
      const { requests, failure } = await load.run(order);
      if (failure !== null) throw new Error(`${name}: ${failure}`);
      tell(name, requests);
    }
  } finally {
    clearInterval(looking);
    load.stop();
    await server.stop();
  }
}

runWithNumbers(
  'bench:memory --',
  { articles: [1_000_000, 'of the archive'], seconds: [10, 'of load with each operation'] },
  ({ articles, seconds }) => main(articles, seconds),
);
