/**
 * Measures what partners cost: a snapshot of a whole archive, page by page, and many who wait for news of it:
 * `npm run bench:syndication -- [articles] [partners] [seconds]`.
 */

import { constants, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiKeyService } from '../src/access';
import { systemActor } from '../src/core/actor';
import { systemClock } from '../src/core/clock';
import { openDatabase } from '../src/database';
import { SNAPSHOT } from '../src/mirror';
import { EntitlementService } from '../src/syndication';
import { ensureDatabase } from './generate';
import { runWithNumbers } from './harness/numbers';
import { print, say } from './harness/program';
import { machine } from './harness/report';
import { type Server, startServer } from './harness/servers';
import { settled } from './harness/warm';

/** What a list of headlines needs, and all that a mirror keeps. */
const SELECTIONS: Readonly<Record<string, string>> = {
  headlines: `query ($after: String) {
    snapshot(after: $after, first: 100) { articles { id revision title publishedAt } nextToken changesToken }
  }`,
  'with bodies': `query ($after: String) {
    snapshot(after: $after, first: 100) {
      articles { id revision slug path language title standfirst publishedAt updatedAt body { html } rights { credit licence } }
      nextToken changesToken
    }
  }`,
  'all that a mirror keeps': SNAPSHOT,
};
const CHANGES = `query ($after: String!) {
  changes(after: $after, waitSeconds: 15) { changes { item } nextToken hasMore }
}`;
const OPERATOR = systemActor('bench');

async function main(articles: number, partners: number, seconds: number): Promise<void> {
  const archive = await ensureDatabase({ articles, seed: 1, say });
  const folder = mkdtempSync(join(tmpdir(), 'bench-syndication-'));
  try {
    const file = join(folder, 'archive.db');
    copyFileSync(archive, file, constants.COPYFILE_FICLONE);
    const keys = await keysIn(file, partners);
    const server = await startServer('kept', file, true);
    try {
      print(`${machine()}; ${articles} articles\n`);
      print('| snapshot | articles | articles/s | CPU ms/article | most memory, MiB |');
      print('|----------|---------:|-----------:|---------------:|-----------------:|');
      await settled(server);
      const alone = await restOf(server, seconds);
      for (const [name, query] of Object.entries(SELECTIONS))
        await snapshot(server, keys[0] ?? '', { name, query });
      await idle(server, keys, { seconds, alone });
    } finally {
      await server.stop();
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One key for each of so many partners, all entitled to everything. */
async function keysIn(file: string, count: number): Promise<string[]> {
  const database = openDatabase(file);
  try {
    const service = new ApiKeyService(database, systemClock);
    const entitlements = new EntitlementService(database, systemClock);
    const keys: string[] = [];
    while (keys.length < count) {
      const { key, kept } = await service.create(OPERATOR, { roles: ['PARTNER'] });
      await entitlements.entitle(OPERATOR, kept.publicId, {});
      keys.push(key);
    }
    return keys;
  } finally {
    await database.close();
  }
}

interface SnapshotAnswer {
  readonly snapshot: {
    readonly articles: readonly object[];
    readonly nextToken: string | null;
    readonly changesToken: string;
  };
}

async function snapshot(server: Server, key: string, { name, query }: { name: string; query: string }) {
  const agent = new Agent({ keepAlive: true });
  const [began, cpu] = [performance.now(), server.cpu()];
  let [articles, memory] = [0, 0];
  for (let after: string | null = null; ; ) {
    const { snapshot }: SnapshotAnswer = await ask(server, { agent, key, query, variables: { after } });
    articles += snapshot.articles.length;
    memory = Math.max(memory, server.memory());
    after = snapshot.nextToken;
    if (after === null) break;
  }
  const rate = (articles * 1_000) / (performance.now() - began);
  const each = (server.cpu() - cpu) / articles;
  print(`| ${name} | ${articles} | ${rate.toFixed(0)} | ${each.toFixed(3)} | ${memory.toFixed(0)} |`);
  agent.destroy();
}

/** How much of a core the server takes when nothing is asked, in per cent. */
async function restOf(server: Server, seconds: number): Promise<number> {
  const [began, cpu] = [performance.now(), server.cpu()];
  await delay(seconds * 1_000);
  return (100 * (server.cpu() - cpu)) / (performance.now() - began);
}

/** Everybody waits for news, and there is none. */
async function idle(
  server: Server,
  keys: readonly string[],
  { seconds, alone }: { seconds: number; alone: number },
): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  let [over, polls] = [false, 0];
  const follow = async (key: string, place: number) => {
    await delay((place * 15_000) / keys.length);
    const { snapshot }: SnapshotAnswer = await ask(server, {
      ...{ agent, key, variables: {} },
      query: '{ snapshot(first: 1) { articles { id } nextToken changesToken } }',
    });
    let after = snapshot.changesToken;
    while (!over) {
      const answer: { changes: { nextToken: string } } = await ask(server, {
        ...{ agent, key, query: CHANGES, variables: { after } },
      });
      after = answer.changes.nextToken;
      polls++;
    }
  };
  const following = keys.map((key, place) => follow(key, place));
  await delay(16_000);
  const before = polls;
  const share = await restOf(server, seconds);
  print(
    `\n${keys.length} partners who wait for news, with ${((polls - before) / seconds).toFixed(1)} polls a second: ${share.toFixed(1)} % of a core, of which ${alone.toFixed(1)} % without them, ${server.memory().toFixed(0)} MiB`,
  );
  over = true;
  await Promise.all(following);
  agent.destroy();
}

interface Asked {
  readonly agent: Agent;
  readonly key: string;
  readonly query: string;
  readonly variables: object;
}

function ask<T>({ port, path }: Server, { agent, key, query, variables }: Asked): Promise<T> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        ...{ port, path, agent, host: '127.0.0.1', method: 'POST' },
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          const { data, errors } = JSON.parse(Buffer.concat(parts).toString());
          if (errors) reject(new Error(JSON.stringify(errors)));
          else resolve(data);
        });
      },
    );
    sent.on('error', reject);
    sent.end(JSON.stringify({ query, variables }));
  });
}

if (require.main === module) {
  runWithNumbers(
    'bench:syndication --',
    {
      articles: [100_000, 'of the archive'],
      partners: [200, 'that wait for news of it'],
      seconds: [30, 'that they wait'],
    },
    ({ articles, partners, seconds }) => main(articles, partners, seconds),
  );
}
