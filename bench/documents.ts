/**
 * Measures documents that are kept, feeds and sitemaps, against answers of GraphQL that are, in one interleaved run:
 * `npm run bench:documents -- [seconds] [rounds]`.
 */

import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { openDatabase } from '../src/database';
import { ensureDatabase } from './generate';
import { LoadProcess } from './harness/load-process';
import { runWithNumbers } from './harness/numbers';
import { OPERATIONS, requestBody } from './harness/operations';
import { print, say } from './harness/program';
import { median } from './harness/quantile';
import { machine } from './harness/report';
import { startServer } from './harness/servers';
import { makeWorkload } from './harness/variables';

const CONNECTIONS = 8;
/** What a busy newsroom publishes in 48 hours. */
const NEWS = 300;

interface Asked {
  readonly name: string;
  readonly path: string;
  /** Empty for a request by GET. */
  readonly body: string;
}

async function main(seconds: number, rounds: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-documents-'));
  const file = join(folder, 'dateline.db');
  const generated = await ensureDatabase({ articles: 10_000, seed: 1, say });
  copyFileSync(generated, file);
  const topic = await makeNews(file);
  const load = new LoadProcess(true);
  process.env.SITE_URL = 'https://news.example';
  const server = await startServer('kept', file, true);
  try {
    const operations = OPERATIONS.map((name): Asked => {
      const [variables = {}] = makeWorkload(file, name, 'uniform', 1).variables;
      return { name, path: server.path, body: requestBody(name, variables) };
    });
    const documents = ['sitemap-news.xml', `feeds/topic/${topic}.rss`, `feeds/topic/${topic}.json`].map(
      (path): Asked => ({ name: path, path: `/${path}`, body: '' }),
    );
    print(`${machine()}; ${rounds} rounds of ${seconds} s each, medians\n`);
    for (const coding of ['br', undefined]) {
      const rates = new Map<Asked, { perSecond: number[]; cpu: number[] }>();
      for (let round = 0; round <= rounds; round++) {
        for (const asked of [...operations, ...documents]) {
          const before = server.cpu();
          const tally = await load.run({
            ...{ port: server.port, path: asked.path, bodies: [asked.body], sequence: [0], offset: 0 },
            ...{ connections: CONNECTIONS, milliseconds: seconds * 1_000 },
            ...(coding === undefined ? {} : { coding }),
          });
          if (tally.failure !== null) throw new Error(`${asked.name}: ${tally.failure}`);
          // The first round warms up.
          if (round === 0) continue;
          const seen = rates.get(asked) ?? { perSecond: [], cpu: [] };
          seen.perSecond.push(tally.requests / tally.seconds);
          seen.cpu.push((server.cpu() - before) / tally.requests);
          rates.set(asked, seen);
        }
      }
      const middle = (asked: Asked, figure: 'perSecond' | 'cpu') => median(rates.get(asked)?.[figure] ?? []);
      const all = (figure: 'perSecond' | 'cpu') => median(operations.map((asked) => middle(asked, figure)));
      print(`| ${coding ?? 'plain'} | requests/s | CPU ms/request | of GraphQL | of GraphQL by CPU |`);
      print('|---|---:|---:|---:|---:|');
      for (const asked of [...operations, ...documents]) {
        const [perSecond, cpu] = [middle(asked, 'perSecond'), middle(asked, 'cpu')];
        const share = [perSecond / all('perSecond'), all('cpu') / cpu].map((each) => each.toFixed(2));
        print(`| ${[asked.name, perSecond.toFixed(0), cpu.toFixed(3), ...share].join(' | ')} |`);
      }
      const slowest = Math.min(...documents.map((asked) => all('cpu') / middle(asked, 'cpu')));
      print(
        `\n${slowest >= 0.5 ? 'Every document has' : 'NOT every document has'} 0.5 of the rate of answers\n`,
      );
    }
  } finally {
    load.stop();
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** Moves the newest articles into the last 48 hours. Returns the slug of the most covered topic. */
async function makeNews(file: string): Promise<string> {
  const database = openDatabase(file);
  try {
    await database.write((tx) =>
      tx.execute(
        sql`update articles set published_at = cast(unixepoch() * 1000 - (id % 170000) * 1000 as integer) where id in (select id from articles where status = 'PUBLISHED' and kind = 'ARTICLE' and embargo_until is null order by published_at desc limit ${NEWS})`,
      ),
    );
    const [topic] = await database.rows<{ slug: string }>(
      sql`select slug from topics order by coverage desc limit 1`,
    );
    return topic?.slug ?? '';
  } finally {
    await database.close();
  }
}

runWithNumbers(
  'bench:documents --',
  {
    seconds: [2, 'of load with each document and round'],
    rounds: [3, 'every document has its turn in each'],
  },
  ({ seconds, rounds }) => main(seconds, rounds),
);
