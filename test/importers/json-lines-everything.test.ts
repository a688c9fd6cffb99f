/** That an export is everything: whatever a newsroom has in its tables, it has again after a move. */
import { sql } from 'drizzle-orm';
import { ChangeFeed, readChanges } from '../../src/changes';
import { ANONYMOUS, systemActor } from '../../src/core/actor';
import { silentLog } from '../../src/core/log';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { exportNewsroom, importNewsroom } from '../../src/importers';
import { describeEachEngine } from '../support/engines';
import { BOX, clock, exported, keysOf, linesOf, openEngine, openOtherEngine } from './json-lines-support';
import { answersOf } from './newsroom-answers';
import {
  columnsOf,
  contentOf,
  contentWithoutPrivate,
  dump,
  LEFT_OUT,
  PRIVATE,
  untold,
} from './newsroom-content';
import { bringBlog, storeWholeNewsroom } from './whole-newsroom';

const privateTypes = [
  'commentPrivate',
  'commentVersion',
  'commentDecision',
  'commentReport',
  'commenterMark',
  'apiKey',
] as const satisfies (keyof typeof PRIVATE)[];
const none = Object.fromEntries(privateTypes.map((type) => [type, 0]));

describeEachEngine('an export of everything', (store) => {
  let source: Database;

  beforeAll(async () => {
    source = await store.open();
    await storeWholeNewsroom(source);
  });

  test('is made of a newsroom that has something in every column', async () => {
    // A column in this list was added lately: give it something in whole-newsroom.ts, so that the next test can
    // see whether it arrives.
    expect(await untold(source)).toEqual([]);
  });

  test('arrives with every column of every table, in the other engine and back again', async () => {
    const there = await moved(source, await openOtherEngine(store), BOX);
    expect(await contentOf(there)).toEqual(await contentOf(source));
    const back = await moved(there, await openEngine(store, store.engine), BOX);
    expect(await contentOf(back)).toEqual(await contentOf(source));
    expect(await exported(back, BOX)).toBe(await exported(source, BOX));
    expect(await exported(there, BOX)).toBe(await exported(source, BOX));
  }, 60_000);

  test('answers every operation alike, ids included, in the other engine and back again', async () => {
    const there = await moved(source, await openOtherEngine(store));
    const back = await moved(there, await openEngine(store, store.engine));
    for (const actor of [ANONYMOUS, systemActor('test')]) {
      const theirs = await answersOf(source, actor);
      expect(theirs.length).toBeGreaterThan(300);
      expect(await answersOf(there, actor)).toEqual(theirs);
      expect(await answersOf(back, actor)).toEqual(theirs);
    }
  }, 120_000);

  test('lists nothing as left out that is not there', () => {
    expect(columnsOf(source)).toEqual(expect.arrayContaining(Object.keys(LEFT_OUT)));
  });

  test('without what is private arrives with everything else', async () => {
    const there = await moved(source, await openOtherEngine(store));
    for (const table of Object.values(PRIVATE)) {
      expect((await contentOf(there)).get(table)).toEqual([]);
      expect((await contentOf(source)).get(table)).not.toEqual([]);
    }
    expect(await contentWithoutPrivate(there)).toEqual(await contentWithoutPrivate(source));
  });

  test('is read as an earlier Dateline has written it, which knew less of comments', async () => {
    const former = (text: string): string => {
      const line: { version?: number; totals?: object; counts?: object } = JSON.parse(text);
      for (const counts of [line.totals ?? {}, line.counts ?? {}])
        for (const type of ['commentVersion', 'commentDecision', 'commentReport'])
          Reflect.deleteProperty(counts, type);
      return JSON.stringify(line.totals ? { ...line, version: 2 } : line);
    };
    const lines = (await exported(source)).trimEnd().split('\n');
    const [first = '', last = ''] = [lines[0], lines.at(-1)];
    const text = [former(first), ...lines.slice(1, -1), former(last)].join('\n');
    expect(text).not.toContain('commentVersion');
    const there = await openOtherEngine(store);
    await importNewsroom({ database: there, clock, lines: linesOf(text) });
    expect(await contentWithoutPrivate(there)).toEqual(await contentWithoutPrivate(source));
  });

  test('lets addresses be read and found again under the same secret', async () => {
    const there = await moved(source, await openOtherEngine(store), BOX);
    const rows = await there.select().from(there.tables.commentPrivate);
    const addresses = rows.map(({ emailSealed }) => (emailSealed === null ? null : BOX.open(emailSealed)));
    expect(addresses).toContain('blog.reader1@example.org');
    expect(rows.map(({ emailHash }) => emailHash)).toContain(BOX.hash('blog.reader2@example.org'));
  });

  test('lets a key of the API go on being good, and nobody add one', async () => {
    const text = await exported(source, BOX);
    const there = await openOtherEngine(store);
    const forged = text.replace('"roles":["CONTRIBUTOR"]', '"roles":["ADMIN"]');
    expect(forged).not.toBe(text);
    const refused = importNewsroom({
      database: there,
      clock,
      lines: linesOf(forged),
      box: async () => BOX,
    });
    await expect(refused).rejects.toThrow(/field "proof": The API key was changed, or added/);
    await moved(source, there, BOX);
    const keys = await there.select().from(there.tables.apiKeys);
    expect(keys).toEqual(await source.select().from(source.tables.apiKeys));
  });

  test('gives out no key of a row again, also where the rows are gone', async () => {
    const there = await moved(source, await openOtherEngine(store));
    const last = await lastKeysOf(source);
    for (const table of ['articles', 'comments']) {
      expect(last.get(table)).toBeGreaterThan((await keysOf(source, table)).at(-1) ?? 0);
    }
    expect(await lastKeysOf(there)).toEqual(last);
  });

  test('with what is private needs the secret that it is sealed under, or leaves it behind', async () => {
    const text = await exported(source, BOX);
    const another = async () => new SecretBox('another secret, which is long enough as well');
    const there = await openOtherEngine(store);
    const refused = importNewsroom({ database: there, clock, lines: linesOf(text), box: another });
    await expect(refused).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringMatching(/^Line 1, field "secret": .*DATELINE_SECRET.*Nothing was imported\.$/),
    });
    expect([...(await dump(there)).values()].flat()).toEqual([]);

    const { left, counts } = await importNewsroom({ database: there, clock, lines: linesOf(text) });
    expect(left).toEqual(Object.fromEntries(privateTypes.map((type) => [type, counts[type]])));
    expect(left.commentPrivate).toBeGreaterThan(10);
    const again = await exportNewsroom({ database: there, write: async () => undefined });
    expect(again.left).toEqual(none);
  });

  test('says how much that is private it leaves out', async () => {
    const { left, counts } = await exportNewsroom({ database: source, write: async () => undefined });
    expect(counts).toMatchObject(none);
    const content = await dump(source);
    const rows = privateTypes.map((type) => [type, content.get(PRIVATE[type])?.length]);
    expect(left).toEqual(Object.fromEntries(rows));
  });

  test('lets an import from WordPress go on where it was: nothing new, and edits arrive', async () => {
    const there = await moved(source, await openOtherEngine(store));
    const before = await contentOf(there);
    const same = await bringBlog(there, 'The first headline');
    expect(same.changed).toBe(false);
    expect([...same.rows].filter(([, { created, updated }]) => created + updated > 0)).toEqual([]);
    expect(same.rows.get('articles')).toMatchObject({ read: 2, unchanged: 2 });
    expect(same.rows.get('comments')).toMatchObject({ read: 2, unchanged: 2 });
    expect(await contentOf(there)).toEqual(before);

    const newer = await bringBlog(there, 'A better headline');
    expect(newer.rows.get('articles')).toMatchObject({ created: 0, updated: 1, unchanged: 1 });
    const titles = await there.rows(sql`select title from articles where title like '%headline'`);
    expect(titles).toEqual([{ title: 'A better headline' }]);
  });

  test('is told to who follows the log of the empty database, from its first entry', async () => {
    const there = await openOtherEngine(store);
    const feed = new ChangeFeed({ database: there, log: silentLog });
    const stream = feed.follow(0);
    const first = stream.next();
    await moved(source, there);
    const { value } = await first;
    feed.close();
    const [begun] = await readChanges(source, 0, 1);
    expect(value?.[0]).toEqual(begun);
  });

  test('arrives in an empty database on which a server runs', async () => {
    const there = await openOtherEngine(store);
    await there.write(async (tx) => {
      await tx.insert(tx.tables.jobs).values({ name: 'a job', turn: 3 });
      await tx.insert(tx.tables.settings).values({ name: 'a lock', value: '' });
    });
    await moved(source, there);
    expect(await exported(there)).toBe(await exported(source));
  });

  test('keeps the change log, and what happens next is numbered after it', async () => {
    const there = await moved(source, await openOtherEngine(store));
    const [head] = await source.select().from(source.tables.feedHead);
    await bringBlog(there, 'A better headline');
    const { changes } = there.tables;
    const added = await there.select().from(changes).where(sql`${changes.seq} > ${head?.seq}`);
    expect(added.length).toBeGreaterThan(0);
    expect(Math.min(...added.map(({ seq }) => seq))).toBe((head?.seq ?? 0) + 1);
  });
});

/** The last key that was given out, by the name of each table that gives them out. */
/** Nobody refers to a name of a topic, which is part of it, nor to what became of a comment; webhooks stay where they are. */
const STAYING = ['topic_names', 'comment_events', 'webhooks', 'webhook_deliveries'];

async function lastKeysOf(database: Database): Promise<Map<string, number>> {
  const rows = await database.rows<{ name: string; last: number }>(
    database.engine === 'sqlite'
      ? sql`select name, seq as last from sqlite_sequence where seq > 0 order by name`
      : sql`select replace(sequencename, '_id_seq', '') as name, last_value as last from pg_sequences
            where schemaname = current_schema() and last_value is not null order by name`,
  );
  const kept = rows.filter(({ name }) => !STAYING.includes(name));
  return new Map(kept.map(({ name, last }) => [name, last]));
}

async function moved(source: Database, target: Database, box?: SecretBox): Promise<Database> {
  const text = await exported(source, box);
  const own = box ? { box: async () => box } : {};
  await importNewsroom({ database: target, clock, lines: linesOf(text), ...own });
  return target;
}
