import { sql } from 'drizzle-orm';
import { ChangeFeed, changeRetention, recordChanges } from '../../src/changes';
import { heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { JobRunner } from '../../src/jobs';
import { ARCHIVIST, HOUR, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { until } from '../support/until';

const DAY = 24 * HOUR;
const LIMITS = { details: 30 * DAY, entries: 400 * DAY };

/** One entry for each age, in milliseconds, in this order. */
async function recordAged(db: Database, ages: readonly number[]): Promise<void> {
  await db.write(async (tx) => {
    for (const [index, age] of ages.entries()) {
      const payload = { from: `/before-${index}` };
      const change = { entity: 'ARTICLE', entityId: index + 1, op: 'MOVE', revision: 1, payload } as const;
      recordChanges(tx, ARCHIVIST, NOW - age, [change]);
    }
  });
}

describeEachEngine('the retention of the change log', (store) => {
  const runners: JobRunner[] = [];
  afterEach(() => Promise.all(runners.splice(0).map((runner) => runner.stop())));

  async function applied(databases: readonly Database[], limits: Parameters<typeof changeRetention>[0]) {
    for (const database of databases) {
      const jobs = [changeRetention(limits)];
      const runner = new JobRunner({ database, clock: heldClock(NOW), log: silentLog, jobs, look: 5 });
      runners.push(runner);
      runner.start();
    }
    const [db] = databases;
    const { jobs } = databases[0]?.tables ?? {};
    await until(async () => {
      const [state] = jobs && db ? await db.select().from(jobs) : [];
      return state?.lastRun === NOW && state.holder === null;
    });
  }

  const left = async (db: Database) => {
    const { changes } = db.tables;
    const rows = await db.select().from(changes).orderBy(changes.seq);
    return rows.map(({ seq, payload, actor, at }) => ({ seq, payload, actor, at }));
  };
  const entry = (seq: number, age: number, payload: object | null) => ({
    ...{ seq, payload, actor: 'system:archive', at: NOW - age },
  });

  test('drops details and entries, each when it is old', async () => {
    const db = await store.open();
    const ages = [401 * DAY, 400 * DAY + 1, 400 * DAY, 31 * DAY, 30 * DAY + 1, 30 * DAY, 0];
    await recordAged(db, ages);
    await applied([db], LIMITS);
    expect(await left(db)).toEqual([
      entry(3, 400 * DAY, null),
      entry(4, 31 * DAY, null),
      entry(5, 30 * DAY + 1, null),
      entry(6, 30 * DAY, { from: '/before-5' }),
      entry(7, 0, { from: '/before-6' }),
    ]);
  });

  test('keeps who did what for ever where that is wanted', async () => {
    const db = await store.open();
    await recordAged(db, [5_000 * DAY, 0]);
    await applied([db], { ...LIMITS, entries: null });
    expect(await left(db)).toEqual([entry(1, 5_000 * DAY, null), entry(2, 0, { from: '/before-1' })]);
  });

  test('never tears a gap: an old entry behind a young one waits for it', async () => {
    const db = await store.open();
    await recordAged(db, [401 * DAY, 1 * DAY, 402 * DAY, 0]);
    await applied([db], LIMITS);
    expect((await left(db)).map(({ seq }) => seq)).toEqual([2, 3, 4]);
  });

  test('gets through any number of entries in small pieces, by one of several processes', async () => {
    const db = await store.open();
    const { changes } = db.tables;
    await recordAged(db, [...Array.from({ length: 1_700 }, () => 500 * DAY), 40 * DAY, 0]);
    await applied([db, await store.openAnother()], LIMITS);
    expect((await left(db)).map(({ seq, payload }) => [seq, payload === null])).toEqual([
      [1_701, true],
      [1_702, false],
    ]);
    const [stored] = await db.rows<{ turn: number }>(sql`select turn from jobs`);
    expect(stored?.turn).toBe(1);
    expect(await db.select().from(changes)).toHaveLength(2);
  });

  test('lets numbers go on where they were, for readers and writers', async () => {
    const db = await store.open();
    await recordAged(db, [500 * DAY, 500 * DAY]);
    await applied([db], LIMITS);
    expect(await left(db)).toEqual([]);
    const feed = new ChangeFeed({ database: db, log: silentLog });
    expect(await feed.head()).toBe(2);
    const stream = feed.follow(2);
    await recordAged(db, [0]);
    expect((await stream.next()).value).toMatchObject([{ seq: 3 }]);
    await stream.return();
    await expect(feed.follow(1).next()).rejects.toMatchObject({ name: 'ChangesLost' });
    feed.close();
  });
});
