import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { Random } from '../../bench/generator/random';
import { wxrExport } from '../../bench/generator/wxr';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import { canStartThreads } from '../../src/core/threads';
import type { Database } from '../../src/database';
import { importWordPress } from '../../src/importers';
import { type Child, startChild } from '../support/child';
import { describeEachEngine, tempDirectory } from '../support/engines';
import { until } from '../support/until';
import { storedContent } from './stored-content';

const SECRET = 'a secret of at least thirty-two characters';
const NOW = Date.parse('2026-06-01T12:00:00Z');
const box = new SecretBox(SECRET);
/** Enough for several batches, and for a file that is read in a thread of its own. */
const POSTS = 900;
const KILLS = 4;
/** Milliseconds after a sign of life within which the process is killed: a batch takes about as long. */
const WITHIN = 150;

describeEachEngine('an import that is killed and started again', (store) => {
  let path: string;
  let uninterrupted: { database: Database; url: string };
  let whole: Awaited<ReturnType<typeof storedContent>>;

  const start = (url: string): Child =>
    startChild('importers/children/import.ts', url, path, SECRET, String(NOW));

  async function finish(url: string): Promise<void> {
    const child = start(url);
    await child.ended();
    expect(child.lines.at(-1)).toBe('done');
  }

  /** What is in the database that was opened, and how often it was written to. */
  async function content(database: Database) {
    return storedContent(database, box);
  }

  beforeAll(async () => {
    path = join(tempDirectory(), 'export.xml');
    const text = Readable.from(wxrExport({ posts: POSTS, comments: 2, seed: 11 }));
    await pipeline(text, createWriteStream(path));
    uninterrupted = { database: await store.open(), url: store.url() };
    await finish(uninterrupted.url);
    whole = await content(uninterrupted.database);
  }, 240_000);

  test('has brought all of it in one go', () => {
    expect(whole.articles?.length).toBeGreaterThan(POSTS * 0.9);
    expect(whole.comments?.length).toBeGreaterThan(POSTS);
  });

  test('has brought what the import brings without a thread of its own', async () => {
    const database = await store.open();
    // Jest's modules cannot be loaded by a thread.
    expect(canStartThreads()).toBe(false);
    await importWordPress({ database, box, clock: heldClock(NOW), path });
    expect(await content(database)).toEqual(whole);
  }, 240_000);

  test.each(store.engine === 'sqlite' ? [1] : [3])(
    'ends with the same content as one that was not (seed %i)',
    async (seed) => {
      const random = new Random(seed);
      const database = await store.open();
      const url = store.url();
      const seen: number[] = [];
      for (let kill = 0; kill < KILLS; kill++) {
        const child = start(url);
        // The first dies in the survey, the others after the first or second batch of articles.
        const sign = kill === 0 ? /^SURVEY/ : /^ARTICLES/;
        const signs = random.between(1, 2);
        await until(() => child.lines.filter((line) => sign.test(line)).length >= signs);
        await delay(random.between(0, WITHIN));
        await child.kill();
        expect(child.lines).not.toContain('done');
        const [count] = await database.rows<{ count: number }>(sql`select count(*) as count from articles`);
        seen.push(count?.count ?? 0);
      }
      // None of them had everything, and what one has brought the next has kept.
      expect(seen.every((count) => count < (whole.articles?.length ?? 0))).toBe(true);
      expect(seen).toEqual([...seen].sort((a, b) => a - b));
      expect(seen.at(-1)).toBeGreaterThan(0);
      await finish(url);
      expect(await content(database)).toEqual(whole);
    },
    240_000,
  );

  test('changes nothing when it is run again', async () => {
    const { database, url } = uninterrupted;
    const [head] = await database.rows(sql`select seq from feed_head`);
    await finish(url);
    expect(await database.rows(sql`select seq from feed_head`)).toEqual([head]);
    expect(await content(database)).toEqual(whole);
  }, 240_000);
});
