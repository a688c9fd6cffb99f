/** The order of what is found, its pages, and what readers must not see. */
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { updateArticles } from '../../src/articles';
import { describeAuthors } from '../../src/authors';
import { systemActor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { CURSOR_LIFETIME } from '../../src/search/search.cursor';
import { describeTopics } from '../../src/topics';
import { ARCHIVIST, HOUR, NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { addAuthor, addTopic, publish, Searcher } from './support';

const DAY = 24 * HOUR;
const staff = systemActor('test');

const edit = (db: Database, id: number, update: object) =>
  db.write(async (tx) => {
    const [row] = await tx.rows<{ revision: number }>(sql`select revision from articles where id = ${id}`);
    const expectedRevision = row?.revision ?? 0;
    await updateArticles(tx, ARCHIVIST, NOW, [{ id, expectedRevision, op: 'UPDATE', ...update }]);
  });

describeEachEngine('the order of a search', (store) => {
  let db: Database;
  let searcher: Searcher;

  beforeAll(async () => {
    db = await store.open();
    searcher = new Searcher(db);
    await publish(db, [
      { title: 'In the body', text: 'a harvest of apricots, and more words that say nothing of the kind' },
      {
        title: 'Standfirst',
        standfirst: 'Apricots again',
        text: 'words that say nothing of the kind, and more',
      },
      { title: 'Apricots', text: 'words that say nothing of the kind, and more' },
      { title: 'Old walnuts', text: 'walnuts', publishedAt: NOW - 3_000 * DAY },
      { title: 'New walnuts', text: 'walnuts', publishedAt: NOW - DAY },
      ...Array.from({ length: 45 }, (_, at) => ({
        title: `Melon ${at}`,
        text: `melons ${'and '.repeat(at % 7)}`,
        // Several at one instant, and several days.
        publishedAt: NOW - DAY - Math.floor(at / 3) * 7 * HOUR,
      })),
      { title: 'Undated melon', text: 'melons', status: 'DRAFT', publishedAt: null },
    ]);
  });

  test('title before standfirst before body', async () => {
    expect(await searcher.titles('apricot')).toEqual(['Apricots', 'Standfirst', 'In the body']);
  });

  test('of two that answer alike the newer one first', async () => {
    expect(await searcher.titles('walnut')).toEqual(['New walnuts', 'Old walnuts']);
  });

  test('by date, and by key at the same instant', async () => {
    const expected = Array.from({ length: 15 }, (_, at) =>
      [2, 1, 0].map((each) => `Melon ${3 * at + each}`),
    ).flat();
    expect(await searcher.allPages('melon', { orderBy: 'NEWEST', first: 4 })).toEqual(expected);
    const everything = { status: ['PUBLISHED', 'DRAFT'] };
    const newsroom = new Searcher(db, staff);
    const pages = await newsroom.allPages('melon', { orderBy: 'NEWEST', first: 7, filter: everything });
    expect(pages).toEqual([...expected, 'Undated melon']);
  });

  test.each(['RELEVANCE', 'NEWEST'] as const)(
    '%s: pages neither repeat nor skip while articles come in',
    async (orderBy) => {
      const before = await searcher.allPages('melon', { orderBy, first: 100 });
      let count = 0;
      const pages = await searcher.allPages('melon', { orderBy, first: 6 }, () =>
        publish(
          db,
          Array.from({ length: 5 }, () => ({
            title: `Arrived ${orderBy} ${count++}`,
            text: 'melons of another kind'.repeat(9),
          })),
        ),
      );
      expect(pages.filter((title) => !title.startsWith('Arrived'))).toEqual(
        before.filter((title) => !title.startsWith('Arrived')),
      );
      expect(new Set(pages).size).toBe(pages.length);
    },
  );

  test('whatever is edited between two pages, each article is shown once', async () => {
    const expected = (await searcher.allPages('melon', { first: 100 })).sort();
    const ids = await db.rows<{ id: number; title: string }>(
      sql`select id, title from articles where title like 'Melon %' order by id`,
    );
    const edits = fc.array(
      fc.record({
        place: fc.nat({ max: ids.length - 1 }),
        // Far better than all others, and far worse.
        standfirst: fc.constantFrom(null, 'melon melon melon melon', 'other words '.repeat(60)),
      }),
      { maxLength: 5 },
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(edits, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 12, max: 25 }),
        async (rounds, first) => {
          let round = 0;
          const pages = await searcher.allPages('melon', { first }, async () => {
            for (const { place, standfirst } of rounds[round++ % rounds.length] ?? [])
              await edit(db, ids[place]?.id ?? 0, { fields: { standfirst } });
          });
          const known = new Set(expected);
          expect(pages.filter((title) => known.has(title)).sort()).toEqual(expected);
          expect(new Set(pages).size).toBe(pages.length);
        },
      ),
      { numRuns: 5 },
    );
  }, 60_000);

  test('a cursor of another search, an old one and something else are refused, and say why', async () => {
    const { pageInfo } = await searcher.search('melon', { first: 2 });
    const after = pageInfo.endCursor;
    const refused = (reason: string) => ({ code: 'BAD_CURSOR', details: { argument: 'after', reason } });
    await expect(searcher.search('walnut', { after })).rejects.toMatchObject(refused('other-search'));
    await expect(searcher.search('melon', { after, orderBy: 'NEWEST' })).rejects.toMatchObject(
      refused('other-search'),
    );
    await expect(searcher.search('melon', { after: 'x' })).rejects.toMatchObject(refused('malformed'));
    const later = new Searcher(db, undefined, NOW + CURSOR_LIFETIME + 1);
    await expect(later.search('melon', { after })).rejects.toMatchObject(refused('expired'));
    await expect(searcher.search('melon', { first: 101 })).rejects.toMatchObject({ code: 'BAD_PAGE_SIZE' });
  });
});

describeEachEngine('what a search does not find', (store) => {
  test('what readers may not see, by anything that it says; staff may', async () => {
    const db = await store.open();
    const hidden = {
      draft: { status: 'DRAFT', publishedAt: null },
      scheduled: { status: 'SCHEDULED', publishedAt: NOW + HOUR },
      withdrawn: { status: 'WITHDRAWN' },
      embargoed: { embargoUntil: NOW + HOUR },
      expired: { expiresAt: NOW - HOUR },
      page: { kind: 'PAGE' },
    } as const;
    const topic = await addTopic(db, 'secret', [{ language: 'en', name: 'Quince' }]);
    await publish(db, [
      ...Object.entries(hidden).map(([title, fields]) => ({
        ...{ title, text: `quinces of ${title}`, topicIds: [topic] },
        ...fields,
      })),
      { title: 'seen', text: 'quinces' },
    ]);
    const reader = new Searcher(db);
    for (const orderBy of ['RELEVANCE', 'NEWEST'] as const) {
      expect(await reader.titles('quince', { orderBy })).toEqual(['seen']);
      expect((await reader.search('quince', { orderBy })).totalCount).toBe(1);
      for (const title of Object.keys(hidden)) expect(await reader.titles(title, { orderBy })).toEqual([]);
    }
    expect(await reader.titles('quince', { filter: { kind: 'PAGE' } })).toEqual(['page']);
    const later = new Searcher(db, undefined, NOW + HOUR);
    expect((await later.titles('quince')).sort()).toEqual(['embargoed', 'scheduled', 'seen']);
    const all = { status: ['DRAFT', 'SCHEDULED', 'PUBLISHED', 'WITHDRAWN'] };
    const found = await new Searcher(db, staff).titles('quince', { filter: all });
    expect(found.sort()).toEqual(['draft', 'embargoed', 'expired', 'scheduled', 'seen', 'withdrawn']);
    expect(await reader.titles('quince', { filter: all })).toEqual(['seen']);
  });
});

describeEachEngine('the index of the search', (store) => {
  let db: Database;
  let reader: Searcher;

  beforeAll(async () => {
    db = await store.open();
    reader = new Searcher(db);
  });

  test('changes with the article, and in its transaction', async () => {
    const [id = 0] = await publish(db, [{ title: 'Saffron', text: 'threads' }]);
    await edit(db, id, { fields: { title: 'Cumin' } });
    expect(await reader.titles('saffron')).toEqual([]);
    expect(await reader.titles('cumin threads')).toEqual(['Cumin']);
    const failing = db.write(async (tx) => {
      const fields = { title: 'Cardamom' };
      await updateArticles(tx, ARCHIVIST, NOW, [{ id, expectedRevision: 2, op: 'UPDATE', fields }]);
      tx.beforeCommit(async () => {
        throw new Error('given up');
      });
    });
    await expect(failing).rejects.toThrow('given up');
    expect(await reader.titles('cardamom')).toEqual([]);
    expect(await reader.titles('cumin')).toEqual(['Cumin']);
    await edit(db, id, { fields: { publishedAt: NOW - 400 * DAY } });
    expect(await reader.titles('cumin', { orderBy: 'NEWEST' })).toEqual(['Cumin']);
  });

  test('knows the names of topics and authors as they are now', async () => {
    const topic = await addTopic(db, 'pk', [
      { language: 'en', name: 'Pakistan', aliases: ['Islamic Republic of Pakistan'] },
      { language: 'fa', name: 'پاکستان' },
    ]);
    const heir = await addTopic(db, 'heir', [{ language: 'en', name: 'Hindustan' }]);
    const author = await addAuthor(db, 'zarghuna', 'Zarghuna Wafadar');
    const [id = 0] = await publish(db, [
      { title: 'Tagged', text: 'dams', topicIds: [topic], authorIds: [author] },
    ]);
    for (const query of [
      'pakistan',
      'پاكستان',
      '"islamic republic"',
      'republ* dam',
      'zarghuna',
      '"zarghuna wafadar" dams',
    ])
      expect([query, await reader.titles(query)]).toEqual([query, ['Tagged']]);
    expect(await reader.titles('"pakistan islamic"')).toEqual([]);
    expect(await reader.titles('dam -pakistan')).toEqual([]);

    const name = { language: 'en', name: 'Sindh' };
    const described = { id: topic, kind: 'PLACE' as const, description: null, wikidataId: null };
    await db.write((tx) =>
      describeTopics(tx, ARCHIVIST, NOW, [{ ...described, names: [{ ...name, aliases: [] }] }]),
    );
    expect(await reader.titles('pakistan')).toEqual([]);
    expect(await reader.titles('sindh dams')).toEqual(['Tagged']);

    await db.write((tx) =>
      describeAuthors(tx, ARCHIVIST, NOW, [
        { id: author, name: 'Shahzeb Orakzai', bio: null, avatarId: null },
      ]),
    );
    expect(await reader.titles('zarghuna')).toEqual([]);
    expect(await reader.titles('orakzai sindh')).toEqual(['Tagged']);

    const merge =
      'mutation ($input: MergeTopicInput!) { mergeTopic(input: $input) { userErrors { message } } }';
    const input = { id: globalId('Topic', topic), expectedRevision: 2, into: globalId('Topic', heir) };
    const { mergeTopic } = await new Searcher(db, staff).api.ask<{ mergeTopic: object }>(merge, { input });
    expect(mergeTopic).toEqual({ userErrors: [] });
    expect(await reader.titles('hindustan')).toEqual(['Tagged']);
    expect(await reader.titles('sindh')).toEqual(['Tagged']);
    await edit(db, id, { topics: [] });
    expect(await reader.titles('hindustan')).toEqual([]);
  });
});
