import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { ChangeFeed, type ChangeStream, ChangesLost, recordChanges } from '../../src/changes';
import { DatabaseUnavailable } from '../../src/core/errors';
import { type Log, silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { ARCHIVIST, at, NOW } from '../support/archive';
import { startChild } from '../support/child';
import { describeEachEngine, describeEngine, recordStatements } from '../support/engines';
import { until } from '../support/until';

const feeds: ChangeFeed[] = [];
afterEach(() => {
  for (const feed of feeds.splice(0)) feed.close();
});

function feedOf(database: Database, log: Log = silentLog): ChangeFeed {
  const feed = new ChangeFeed({ database, log });
  feeds.push(feed);
  return feed;
}

async function record(db: Database, ...ids: number[]): Promise<void> {
  await db.write(async (tx) => {
    const changes = ids.map(
      (id) => ({ entity: 'ARTICLE', entityId: id, op: 'UPDATE', revision: 1 }) as const,
    );
    recordChanges(tx, ARCHIVIST, NOW, changes);
  });
}

/** The keys of the next entries, at least so many. */
async function take(stream: ChangeStream, count: number): Promise<number[]> {
  const ids: number[] = [];
  while (ids.length < count) {
    const { value, done } = await stream.next();
    if (done) throw new Error('The stream has ended');
    ids.push(...value.map(({ entityId }) => entityId));
  }
  return ids;
}

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => from + index);

describeEachEngine('the feed of changes', (store) => {
  test('has what was committed before and after one began to follow, whoever wrote it', async () => {
    const db = await store.open();
    const another = await store.openAnother();
    await record(db, 1, 2);
    const feed = feedOf(db);
    const [all, fromNow] = [feed.follow(0), feed.follow(await feed.head())];
    const waiting = take(fromNow, 1);
    expect(await take(all, 2)).toEqual([1, 2]);
    await record(another, 3);
    expect(await waiting).toEqual([3]);
    await record(db, 4);
    expect([await take(all, 2), await take(fromNow, 1)]).toEqual([[3, 4], [4]]);
  });

  test('says who did what to what, and when', async () => {
    const db = await store.open();
    await db.write(async (tx) => {
      const payload = { from: '/before' };
      recordChanges(tx, ARCHIVIST, NOW, [{ entity: 'TOPIC', entityId: 7, op: 'MOVE', revision: 3, payload }]);
    });
    const { value } = await feedOf(db).follow(0).next();
    const entry = { seq: 1, at: NOW, actor: 'system:archive', entity: 'TOPIC', entityId: 7, op: 'MOVE' };
    expect(value).toEqual([{ ...entry, revision: 3, payload: { from: '/before' } }]);
  });

  test('is told of every entry with its commit', async () => {
    const db = await store.open();
    let told = 0;
    const end = db.watch(() => told++);
    const before = told;
    await record(db, 1);
    expect(told).toBeGreaterThan(before);
    end();
  });

  test('says nothing of what was given up', async () => {
    const db = await store.open();
    const stream = feedOf(db).follow(0);
    const givenUp = db.write(async (tx) => {
      recordChanges(tx, ARCHIVIST, NOW, [{ entity: 'ARTICLE', entityId: 1, op: 'UPDATE', revision: 1 }]);
      throw new Error('Given up');
    });
    await expect(givenUp).rejects.toThrow('Given up');
    await record(db, 2);
    expect(await take(stream, 1)).toEqual([2]);
  });

  test('is whole and in order for one that is far behind, and for one beside it that is not', async () => {
    const db = await store.open();
    const feed = feedOf(db);
    const [quick, slow] = [feed.follow(0), feed.follow(0)];
    const quickly = take(quick, 4_000);
    for (let first = 1; first <= 4_000; first += 100) await record(db, ...range(first, first + 99));
    expect(await quickly).toEqual(range(1, 4_000));
    const behind = await take(slow, 1);
    await record(db, ...range(4_001, 4_010));
    expect([...behind, ...(await take(slow, 4_010 - behind.length))]).toEqual(range(1, 4_010));
    expect(await take(quick, 10)).toEqual(range(4_001, 4_010));
  });

  test('ends for one that leaves while it waits, and for all when it is closed', async () => {
    const feed = feedOf(await store.open());
    const [one, another] = [feed.follow(0), feed.follow(0)];
    const [first, second] = [one.next(), another.next()];
    await delay(20);
    await one.return();
    expect(await first).toEqual({ done: true, value: undefined });
    feed.close();
    expect(await second).toEqual({ done: true, value: undefined });
    expect(await feed.follow(0).next()).toEqual({ done: true, value: undefined });
  });

  test('goes on when all have left and one comes back', async () => {
    const db = await store.open();
    const feed = feedOf(db);
    const first = feed.follow(0);
    await record(db, 1);
    expect(await take(first, 1)).toEqual([1]);
    await first.return();
    await record(db, 2, 3);
    const second = feed.follow(1);
    expect(await take(second, 2)).toEqual([2, 3]);
    await record(db, 4);
    expect(await take(second, 1)).toEqual([4]);
  });

  test('tells one whose next entries are gone, or who has seen what never was, instead of going on', async () => {
    const db = await store.open();
    await record(db, ...range(1, 10));
    const { changes } = db.tables;
    await db.write(async (tx) => {
      await tx.delete(changes).where(sql`${changes.seq} <= 4`);
    });
    const feed = feedOf(db);
    await expect(feed.follow(3).next()).rejects.toMatchObject({ name: 'ChangesLost', after: 3, head: 10 });
    await expect(feed.follow(11).next()).rejects.toBeInstanceOf(ChangesLost);
    expect(await take(feed.follow(4), 6)).toEqual(range(5, 10));
  });

  test('tells those who wait when the log was put back to an earlier state', async () => {
    const db = await store.open();
    await record(db, 1, 2, 3);
    const feed = feedOf(db);
    const stream = feed.follow(0);
    expect(await take(stream, 3)).toEqual([1, 2, 3]);
    const waiting = stream.next();
    const { changes, feedHead } = db.tables;
    await db.write(async (tx) => {
      await tx.delete(changes).where(sql`${changes.seq} > 1`);
      await tx.update(feedHead).set({ seq: 1 });
      tx.announce();
    });
    await expect(waiting).rejects.toMatchObject({ name: 'ChangesLost', after: 3, head: 1 });
  });

  test('waits while the database does not answer, says so once, and misses nothing', async () => {
    const db = await store.open();
    let away = false;
    const flaky: Database = Object.create(db, {
      tuples: {
        value: (...args: Parameters<Database['tuples']>) =>
          away ? Promise.reject(new DatabaseUnavailable('it is away')) : db.tuples(...args),
      },
    });
    const said: string[] = [];
    const feed = feedOf(flaky, { ...silentLog, warn: (_facts, message) => void said.push(message) });
    const [upToDate, behind] = [feed.follow(0), feed.follow(0)];
    await record(db, 1);
    expect(await take(upToDate, 1)).toEqual([1]);
    away = true;
    const waiting = [take(upToDate, 1), take(behind, 2)];
    await record(db, 2);
    await delay(700);
    expect(said).toEqual(['The change log cannot be read']);
    away = false;
    expect(await Promise.all(waiting)).toEqual([[2], [1, 2]]);
  });

  test('has everything that another process committed before it was killed, and nothing else', async () => {
    const db = await store.open();
    const stream = feedOf(db).follow(0);
    const seen: number[] = [];
    const reading = (async () => {
      for await (const page of stream) seen.push(...page.map(({ entityId }) => entityId));
    })();
    let next = 1;
    for (let round = 0; round < 3; round++) {
      const child = startChild('changes/children/record-for-ever.ts', store.url(), String(next));
      while (child.lines.length < 20) await child.line();
      await child.kill();
      const { changes } = db.tables;
      const stored = await db.select({ id: changes.entityId }).from(changes).orderBy(changes.seq);
      const acknowledged = Number(child.lines.at(-1));
      expect(stored.map(({ id }) => id)).toEqual(range(1, stored.length));
      expect(stored.length).toBeGreaterThanOrEqual(acknowledged);
      next = stored.length + 1;
      await until(() => seen.length === stored.length);
      expect(seen).toEqual(range(1, stored.length));
    }
    await stream.return();
    await reading;
  }, 60_000);

  test('hardly asks the database anything while nothing happens, and nothing at all when nobody follows', async () => {
    const sent = recordStatements();
    const db = await store.open(sent);
    await record(db, 1);
    const feed = feedOf(db);
    const streams = range(1, 50).map(() => feed.follow(0));
    for (const stream of streams) await take(stream, 1);
    const waiting = streams.map((stream) => stream.next());
    await delay(50);
    const idle = await sent.during(() => delay(1_500));
    expect(idle.length).toBeLessThanOrEqual(store.engine === 'sqlite' ? 0 : 3);
    await Promise.all(streams.map((stream) => stream.return()));
    await Promise.all(waiting);
    await record(db, 2);
    expect(await sent.during(() => delay(1_200))).toEqual([]);
  });
});

describeEngine('postgres', 'the feed of changes when its connection breaks', (store) => {
  const listeners = sql`select pid from pg_stat_activity where datname = current_database() and query in ('listen dateline', 'select 1')`;

  test('hears of what others commit all the same, and listens again', async () => {
    const db = await store.open();
    const another = await store.openAnother();
    const stream = feedOf(db).follow(0);
    const first = take(stream, 1);
    await until(async () => (await another.rows(listeners)).length === 1);
    await record(another, 1);
    await first;
    const [before] = await another.rows<{ pid: number }>(listeners);
    await another.rows(sql`select pg_terminate_backend(${before?.pid})`);
    for (const id of range(2, 10)) {
      const next = take(stream, 1);
      await record(another, id);
      expect(await next).toEqual([id]);
    }
    await until(async () => {
      const [now] = await another.rows<{ pid: number }>(listeners);
      return now !== undefined && now.pid !== at([before], 0)?.pid;
    });
    const next = take(stream, 1);
    await record(another, 11);
    expect(await next).toEqual([11]);
  });
});
