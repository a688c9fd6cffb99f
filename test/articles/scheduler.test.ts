import { sql } from 'drizzle-orm';
import { ARTICLE_DEFAULTS, type ArticleFields, articleScheduler, insertArticles } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { type Clock, heldClock, systemClock } from '../../src/core/clock';
import { type Log, silentLog } from '../../src/core/log';
import type { Database } from '../../src/database';
import { JobRunner } from '../../src/jobs';
import { ARCHIVIST, at, HOUR, NOW } from '../support/archive';
import { startChild } from '../support/child';
import { describeEachEngine } from '../support/engines';
import { Newsroom } from '../support/newsroom';
import { until } from '../support/until';

const SECOND = 1_000;

describeEachEngine('dates of articles that come', (store) => {
  const runners: JobRunner[] = [];
  afterEach(async () => {
    await Promise.all(runners.splice(0).map((runner) => runner.stop()));
  });

  /** Articles that were made at NOW. */
  const storeMany = (db: Database, fields: (n: number) => Partial<ArticleFields>, count = 450) =>
    db.write((tx) =>
      insertArticles(
        tx,
        ARCHIVIST,
        NOW,
        Array.from({ length: count }, (_, n) => ({
          fields: {
            ...ARTICLE_DEFAULTS,
            ...{ slug: `a-${n}`, path: `/a-${n}`, language: 'en', title: `A ${n}` },
            ...{ createdAt: NOW, updatedAt: NOW, ...fields(n) },
          },
          body: parseBody('<p>Text</p>'),
          ...{ authorIds: [], categoryIds: [], topics: [] },
        })),
      ),
    );

  const told = (db: Database) =>
    db
      .select({
        id: db.tables.changes.entityId,
        op: db.tables.changes.op,
        payload: db.tables.changes.payload,
      })
      .from(db.tables.changes)
      .where(sql`${db.tables.changes.actor} = 'system:scheduler'`)
      .orderBy(db.tables.changes.seq);

  const scheduled = (db: Database) =>
    db.rows<{ count: number }>(sql`select count(*) as count from articles where status = 'SCHEDULED'`);

  /** Does what is due as a process does that has the turn, or thinks so. */
  const keepDates = async (database: Database, now: number, log: Log = silentLog) => {
    let writes = 0;
    await articleScheduler({ database, log }).run({
      now,
      signal: new AbortController().signal,
      write: (work) => {
        writes += 1;
        return database.write(work);
      },
    });
    return writes;
  };

  const runnerOn = (database: Database, clock: Clock, parts: { log?: Log; look?: number } = {}) => {
    const { log = silentLog, ...rest } = parts;
    const jobs = [articleScheduler({ database, log })];
    const runner = new JobRunner({ database, clock, log, jobs, ...rest });
    runners.push(runner);
    runner.start();
  };

  test('are told once by two processes that do it at the same time', async () => {
    const db = await store.open();
    const other = await store.openAnother();
    const ids = await storeMany(db, (n) => ({
      status: 'SCHEDULED',
      publishedAt: NOW + (450 - n) * SECOND,
      embargoUntil: n % 3 === 0 ? NOW + 900 * SECOND : null,
      expiresAt: n % 5 === 0 ? NOW + 901 * SECOND : null,
    }));
    await Promise.all([db, other].map((each) => keepDates(each, NOW + 450 * SECOND)));
    const published = await told(db);
    expect(published.map(({ id }) => id).sort((a, b) => b - a)).toEqual([...ids].reverse());
    expect(new Set(published.map(({ op }) => op))).toEqual(new Set(['PUBLISH']));
    expect(await scheduled(db)).toEqual([{ count: 0 }]);
    await keepDates(db, NOW + 899 * SECOND);
    expect(await told(db)).toHaveLength(450);
    await Promise.all([other, db].map((each) => keepDates(each, NOW + HOUR)));
    const rest = (await told(db)).slice(450);
    expect(rest.filter(({ op }) => op === 'RELEASE')).toHaveLength(150);
    expect(rest.filter(({ op }) => op === 'EXPIRE')).toHaveLength(90);
    expect(rest).toHaveLength(240);
    expect(await db.select().from(db.tables.articleAgenda)).toEqual([]);
  });

  test('are told from the first to the last, in batches', async () => {
    const db = await store.open();
    const ids = await storeMany(db, (n) => ({
      status: 'SCHEDULED',
      publishedAt: NOW + (450 - n) * SECOND,
    }));
    // 200 at a time.
    expect(await keepDates(db, NOW + HOUR)).toBe(3);
    expect((await told(db)).map(({ id }) => id)).toEqual([...ids].reverse());
    expect(at(await told(db), 0).payload).toEqual({ due: new Date(NOW + SECOND).toISOString() });
  });

  test('that came while nothing ran are caught up with, and the log says how many and how late', async () => {
    const db = await store.open();
    await storeMany(db, () => ({ status: 'SCHEDULED', publishedAt: NOW + SECOND, expiresAt: NOW + HOUR }), 3);
    await storeMany(db, () => ({ status: 'PUBLISHED', publishedAt: NOW, embargoUntil: NOW + 2 * HOUR }), 2);
    const said: object[] = [];
    const log = { ...silentLog, warn: (facts: object) => void said.push(facts) };
    runnerOn(db, heldClock(NOW + 3 * HOUR + SECOND), { log, look: 5 });
    await until(() => said.length === 2);
    expect(said).toEqual([
      { job: 'article-scheduler', lateSeconds: 3 * 3_600 },
      { published: 3, released: 2, expired: 3, lateSeconds: 3 * 3_600 },
    ]);
  });

  test('wake the process up: it does not only look now and then', async () => {
    const db = await store.open();
    const soon = systemClock.now() + 300;
    await storeMany(db, () => ({ status: 'SCHEDULED', publishedAt: soon }), 1);
    runnerOn(db, systemClock, { look: 10 * 60 * SECOND });
    await until(async () => (await told(db)).length === 1);
    const [entry] = await db.select().from(db.tables.changes).where(sql`op = 'PUBLISH'`);
    expect(entry?.at).toBeGreaterThanOrEqual(soon);
  });

  test('while a process was killed over them are told by the next one, each once', async () => {
    const db = await store.open();
    await storeMany(db, (n) => ({ status: 'SCHEDULED', publishedAt: NOW + n + 1 }), 3_000);
    const lease = 300;
    const child = startChild('articles/children/keep-dates.ts', store.url(), String(lease));
    await child.line();
    await child.kill();
    const before = (await told(db)).length;
    expect(before).toBeGreaterThanOrEqual(200);
    expect(before % 200).toBe(0);
    const runner = new JobRunner({
      ...{ database: db, clock: systemClock, log: silentLog, lease, look: 5 },
      jobs: [articleScheduler({ database: db, log: silentLog })],
    });
    runners.push(runner);
    runner.start();
    await until(async () => (await db.select().from(db.tables.articleAgenda).limit(1)).length === 0);
    const all = await told(db);
    expect(all).toHaveLength(3_000);
    expect(new Set(all.map(({ id }) => id)).size).toBe(3_000);
  });

  test('before an editor comes by are told before what the editor does', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    const newsroom = new Newsroom(db, { clock });
    const draft = await newsroom.draft();
    const later = new Date(NOW + HOUR).toISOString();
    const due = await newsroom.to(draft, 'publishArticle', { at: later });
    clock.advance(2 * HOUR);
    await newsroom.to(due, 'withdrawArticle', { note: 'Wrong' });
    await keepDates(db, clock.now());
    const log = await db.select().from(db.tables.changes).orderBy(db.tables.changes.seq);
    expect(log.map(({ op, actor, revision }) => [op, actor, revision])).toEqual([
      ['CREATE', 'user:editor', 1],
      ['SCHEDULE', 'user:editor', 2],
      ['PUBLISH', 'system:scheduler', 2],
      ['WITHDRAW', 'user:editor', 3],
    ]);
  });

  test('that were put off or called off are not told', async () => {
    const db = await store.open();
    const clock = heldClock(NOW);
    const newsroom = new Newsroom(db, { clock });
    const hours = (n: number) => new Date(NOW + n * HOUR).toISOString();
    const off = await newsroom.to(await newsroom.draft(), 'publishArticle', { at: hours(1) });
    await newsroom.to(off, 'unpublishArticle');
    const put = await newsroom.to(await newsroom.draft(), 'publishArticle', { at: hours(1) });
    await newsroom.to(put, 'publishArticle', { at: hours(3) });
    const open = await newsroom.to(await newsroom.draft(), 'publishArticle', { embargoUntil: hours(1) });
    await newsroom.to(open, 'updateArticle', { rights: { embargoUntil: null, expiresAt: hours(4) } });
    await keepDates(db, NOW + 2 * HOUR);
    expect(await told(db)).toEqual([]);
    await keepDates(db, NOW + 4 * HOUR);
    expect((await told(db)).map(({ op }) => op)).toEqual(['PUBLISH', 'EXPIRE']);
  });
});
