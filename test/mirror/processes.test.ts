/** Publisher and mirror as processes of their own, both killed at random: the copy ends as the publisher is. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { ApiKeyService } from '../../src/access';
import { ArticleService } from '../../src/articles';
import { ANONYMOUS } from '../../src/core/actor';
import { systemClock } from '../../src/core/clock';
import { type Database, migrate, openDatabase } from '../../src/database';
import { EntitlementService } from '../../src/syndication';
import { startCli, workFolder } from '../cli/run-cli';
import { ACTORS } from '../support/actors';
import { allOf, contentOf, NearPublisher, partnerOfAll } from './copies';

const folder = workFolder();

/** Milliseconds; what is random about when things are killed. */
const soon = () => 200 + Math.random() * 1_500;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : 0;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** Publishes, rewrites, takes back and withdraws, until it is told to stop. */
async function edit(database: Database, stopped: () => boolean): Promise<void> {
  const articles = new ArticleService(database, systemClock);
  for (let count = 0; !stopped(); count++) {
    const draft = { title: `Story ${count}`, language: 'en', html: `<p>Text ${count}</p>` };
    const made = await articles.publish(ACTORS.editor, await articles.create(ACTORS.editor, draft));
    if (count % 2 === 0) await articles.update(ACTORS.editor, made, { title: `Story ${count}, again` });
    const [old] = await database.rows<{ id: number; revision: number }>(
      sql`select id, revision from articles where status = 'PUBLISHED' and id <= ${Math.max(1, count - 3)} order by id desc limit 1`,
    );
    if (old && count % 3 === 0) await articles.withdraw(ACTORS.editor, old, 'It was wrong.');
    else if (old && count % 5 === 0) await articles.unpublish(ACTORS.editor, old);
    await delay(30);
  }
}

test('a copy ends as its publisher is, although both are killed', async () => {
  const database = openDatabase(folder.file('publisher.db'));
  try {
    await migrate(database);
    const { key, kept } = await new ApiKeyService(database, systemClock).create(ACTORS.admin, {
      roles: ['PARTNER'],
    });
    await new EntitlementService(database, systemClock).entitle(ACTORS.admin, kept.publicId, {});
    const port = String(await freePort());
    const env = { SAMPLE_NEWSROOM: 'never', DATELINE_SECRET: 'of-the-test-and-of-nothing-else-at-all' };
    const publish = () =>
      startCli(
        folder.path,
        ['serve', '--host', '127.0.0.1', '--port', port, '--database', 'publisher.db'],
        env,
      );
    const mirror = (...more: string[]) =>
      startCli(folder.path, [
        ...['mirror', '--from', `http://127.0.0.1:${port}`, '--key', key, '--to', 'copy.db', ...more],
      ]);
    let over = false;
    const editing = edit(database, () => over);
    let [publisher, copying] = [publish(), mirror()];
    await once(publisher.stdout ?? publisher, 'data');
    for (let round = 0; round < 2; round++) {
      await delay(soon());
      await kill(copying);
      copying = mirror();
      await delay(soon());
      await kill(publisher);
      publisher = publish();
    }
    over = true;
    await editing;
    await kill(copying);
    const last = mirror('--once');
    const [code] = await once(last, 'exit');
    expect(code).toBe(0);
    await kill(publisher);
    const partner = { ...ANONYMOUS, kind: 'PARTNER' as const, name: `key:${kept.publicId}` };
    const given = contentOf(await allOf(new NearPublisher(database, partner, systemClock)));
    expect(Object.keys(given).length).toBeGreaterThan(3);
    const copy = openDatabase(folder.file('copy.db'));
    try {
      const copied = new NearPublisher(copy, await partnerOfAll(copy, systemClock), systemClock);
      expect(contentOf(await allOf(copied))).toEqual(given);
    } finally {
      await copy.close();
    }
  } finally {
    await database.close();
  }
}, 120_000);
