import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { ArticleService } from '../../src/articles';
import { describeAuthors } from '../../src/authors';
import { describeCategories } from '../../src/categories';
import { restateComments } from '../../src/comments';
import { systemActor } from '../../src/core/actor';
import type { Database, Tx } from '../../src/database';
import { describeImages } from '../../src/images';
import { type ImportReport, importWordPress } from '../../src/importers';
import { describeTopics } from '../../src/topics';
import { describeEachEngine, tempDirectory } from '../support/engines';
import { wholeState } from '../support/whole-state';
import {
  ask,
  author,
  box,
  bring,
  category,
  changesSince,
  clock,
  comment,
  idOf,
  image,
  lastChange,
  post,
  term,
} from './import-support';
import { wxr } from './wxr-support';

const EDITOR = systemActor('editor');

function messages(report: ImportReport): string[] {
  return report.notes.map(({ message, lost }) => `${lost ? 'LOST ' : ''}${message}`);
}

function titles(database: Database): Promise<unknown> {
  return ask(database, '{ articles(orderBy: OLDEST) { nodes { title revision } } }');
}

describeEachEngine('a newer export', (store) => {
  let database: Database;
  beforeEach(async () => {
    database = await store.open();
  });

  describe('of an article', () => {
    test('that was put into the bin withdraws it; out of the bin it is back, where it was', async () => {
      const binned = post(1, {
        slug: 'post-1__trashed',
        status: 'trash',
        link: 'https://news.example/?p=1',
        title: 'Anything',
      });
      const path = '{ route(path: "/2026/05/post-1") { __typename } articles { totalCount } }';
      await bring(database, post(1));
      const last = await lastChange(database);
      await bring(database, binned);
      expect(await ask(database, path)).toEqual({
        route: { __typename: 'Gone' },
        articles: { totalCount: 0 },
      });
      const state = await wholeState(database);
      expect((await bring(database, binned)).changed).toBe(false);
      expect(await wholeState(database)).toEqual(state);
      await bring(database, post(1));
      expect(await ask(database, path)).toEqual({
        route: { __typename: 'RouteTo' },
        articles: { totalCount: 1 },
      });
      expect(await changesSince(database, last)).toEqual(['WITHDRAW ARTICLE 2', 'PUBLISH ARTICLE 3']);
    });

    test('that is not public any more takes it from readers', async () => {
      for (const hidden of [
        { status: 'private' },
        { status: 'draft', link: 'https://news.example/?p=1' },
        { more: '<wp:post_password>x</wp:post_password>' },
      ]) {
        await bring(database, post(1));
        await bring(database, post(1, hidden));
        const query = '{ articles { totalCount } route(path: "/2026/05/post-1") { __typename } }';
        expect(await ask(database, query)).toEqual({ articles: { totalCount: 0 }, route: null });
      }
    });

    test('that takes categories, tags and authors away takes them away here', async () => {
      const terms = [
        ['category', 'news', 'News'],
        ['post_tag', 'kabul', 'Kabul'],
      ] as const;
      await bring(database, category(1, 'news', 'News') + post(1, { terms, author: 'a' }));
      await bring(database, category(1, 'news', 'News') + post(1, { author: 'b' }));
      const query =
        '{ articles { nodes { authors { slug } categories { slug } topics { topic { slug } } } } }';
      expect(await ask(database, query)).toEqual({
        articles: { nodes: [{ authors: [{ slug: 'b' }], categories: [], topics: [] }] },
      });
      expect(await ask(database, '{ topic(slug: "afghanistan") { articleCount } }')).toEqual({
        topic: { articleCount: 0 },
      });
    });
  });

  describe('of an article that was edited here since', () => {
    async function edited(): Promise<void> {
      await bring(database, post(1, { title: 'Before' }) + post(2));
      const service = new ArticleService(database, clock);
      const seen = { id: await idOf(database, 'post-1'), revision: 1 };
      await service.update(EDITOR, seen, { title: 'Ours' });
    }

    test('leaves it and tells of it, in every run; the others are updated', async () => {
      await edited();
      const xml = post(1, { title: 'Theirs' }) + post(2, { title: 'Two' });
      for (const updated of [1, 0]) {
        const report = await bring(database, xml);
        expect(messages(report)).toEqual([
          'LOST "Theirs" was edited here since it was imported, and is left as it is',
        ]);
        expect(report.rows.get('articles')).toMatchObject({ failed: 1, updated });
      }
      expect(await titles(database)).toEqual({
        articles: {
          nodes: [
            { title: 'Ours', revision: 2 },
            { title: 'Two', revision: 2 },
          ],
        },
      });
    });

    test('that is the same over there is no conflict', async () => {
      await edited();
      const report = await bring(database, post(1, { title: 'Before' }) + post(2));
      expect([report.lost, report.changed]).toEqual([false, false]);
    });

    test('overwrites it with --theirs, and then knows it again', async () => {
      await edited();
      const xml = post(1, { title: 'Theirs' }) + post(2);
      const report = await bring(database, xml, { edited: 'THEIRS' });
      expect(report.lost).toBe(false);
      expect(await titles(database)).toMatchObject({
        articles: { nodes: [{ title: 'Theirs', revision: 3 }, {}] },
      });
      expect((await bring(database, xml)).changed).toBe(false);
      expect((await bring(database, xml.replace('Theirs', 'Theirs 2'))).lost).toBe(false);
    });

    test('is settled by --ours, until it changes over there again', async () => {
      await edited();
      const xml = post(1, { title: 'Theirs' }) + post(2);
      const report = await bring(database, xml, { edited: 'OURS' });
      expect([report.lost, report.changed]).toEqual([false, false]);
      expect(Object.fromEntries(report.reasons)).toEqual({ 'articles: edited here, and kept so': 1 });
      expect((await bring(database, xml)).lost).toBe(false);
      expect((await bring(database, xml.replace('Theirs', 'Theirs 2'))).lost).toBe(true);
      expect(await titles(database)).toMatchObject({ articles: { nodes: [{ title: 'Ours' }, {}] } });
    });

    test('does not withdraw it unless it is told to', async () => {
      await edited();
      const binned = post(1, { status: 'trash' });
      expect(messages(await bring(database, binned))).toEqual([
        'LOST "Post 1" was edited here since it was imported, and is left as it is although it lies in the bin there',
      ]);
      await bring(database, binned, { edited: 'THEIRS' });
      expect(await ask(database, '{ articles { totalCount } }')).toEqual({ articles: { totalCount: 1 } });
    });
  });

  describe('of what articles refer to', () => {
    const XML = (name: string) =>
      author(1, 'amina', `${name} A`) +
      category(1, 'news', `${name} C`) +
      term(2, 'desk', 'trade', `${name} T`) +
      image(9, 'https://news.example/r.jpg', { caption: `${name} I` });

    interface Edited {
      readonly letter: string;
      readonly name: ReturnType<typeof sql>;
      /** What an editor does to it. */
      edit(tx: Tx): Promise<unknown>;
    }

    const SUBJECTS: Readonly<Record<string, Edited>> = {
      authors: {
        letter: 'A',
        name: sql`select name from authors`,
        edit: (tx) =>
          describeAuthors(tx, EDITOR, clock.now(), [{ id: 1, name: 'Ours', bio: null, avatarId: null }]),
      },
      categories: {
        letter: 'C',
        name: sql`select name from categories`,
        edit: (tx) =>
          describeCategories(tx, EDITOR, clock.now(), [
            { id: 1, name: 'Ours', description: null, topicId: null, position: 0 },
          ]),
      },
      topics: {
        letter: 'T',
        name: sql`select name from topics`,
        edit: (tx) =>
          describeTopics(tx, EDITOR, clock.now(), [
            {
              ...{ id: 1, kind: 'SUBJECT', description: null, wikidataId: null },
              names: [{ language: 'en', name: 'Ours', aliases: [] }],
            },
          ]),
      },
      images: {
        letter: 'I',
        name: sql`select caption as name from images`,
        edit: (tx) =>
          describeImages(tx, EDITOR, clock.now(), [
            {
              ...{ id: 1, url: 'https://news.example/r.jpg', width: null, height: null },
              ...{ alt: null, caption: 'Ours', credit: null },
            },
          ]),
      },
    };
    const KINDS = Object.entries(SUBJECTS);

    const nameIn = async ({ name }: Edited) => {
      const [row] = await database.rows<{ name: string }>(name);
      return row?.name;
    };

    test('updates what has changed there, and only that', async () => {
      await bring(database, XML('Before'));
      const report = await bring(database, XML('After'));
      for (const [kind, subject] of KINDS) {
        expect([kind, await nameIn(subject)]).toEqual([kind, `After ${subject.letter}`]);
      }
      expect([...report.rows].map(([kind, { updated }]) => `${kind} ${updated}`)).toEqual(
        expect.arrayContaining(['authors 1', 'categories 1', 'topics 1', 'images 1']),
      );
      const state = await wholeState(database);
      expect((await bring(database, XML('After'))).changed).toBe(false);
      expect(await wholeState(database)).toEqual(state);
    });

    describe.each(KINDS)('%s that were edited here', (kind, subject) => {
      beforeEach(async () => {
        await bring(database, XML('Before'));
        await database.write((tx) => subject.edit(tx));
      });

      test('are left and told of where they have changed there too, and only there', async () => {
        expect((await bring(database, XML('Before'))).lost).toBe(false);
        const report = await bring(database, XML('After'));
        expect(await nameIn(subject)).toBe('Ours');
        expect(report.notes).toHaveLength(1);
        expect(messages(report)[0]).toMatch(
          /^LOST The .+ was edited here since it was imported, and is left as it is$/,
        );
        expect([...report.rows].find(([each]) => each === kind)?.[1]).toMatchObject({ failed: 1 });
      });

      test('are overwritten with --theirs, and kept for good with --ours', async () => {
        const ours = await bring(database, XML('After'), { edited: 'OURS' });
        expect([ours.lost, await nameIn(subject)]).toEqual([false, 'Ours']);
        expect((await bring(database, XML('After'))).lost).toBe(false);
        const theirs = await bring(database, XML('Later'), { edited: 'THEIRS' });
        expect([theirs.lost, await nameIn(subject)]).toEqual([false, `Later ${subject.letter}`]);
        expect((await bring(database, XML('Later'))).changed).toBe(false);
      });
    });

    test('does not hang a category elsewhere that an editor has moved', async () => {
      const xml = (name: string) => category(1, 'a', 'A') + category(2, 'b', name, 'a');
      await bring(database, xml('B'));
      await database.write(async (tx) => {
        const { categories } = tx.tables;
        await tx.update(categories).set({ parentId: null }).where(sql`${categories.slug} = 'b'`);
      });
      expect((await bring(database, xml('B'))).changed).toBe(false);
      expect((await bring(database, xml('B2'))).lost).toBe(true);
      expect(await ask(database, '{ category(slug: "b") { name parent { slug } } }')).toEqual({
        category: { name: 'B', parent: null },
      });
    });

    test('of another site leaves what the first has brought', async () => {
      await bring(database, XML('Before'));
      const report = await bring(database, `<link>https://site-2.example</link>${XML('Other')}`);
      expect(report.lost).toBe(false);
      for (const [, subject] of KINDS) expect(await nameIn(subject)).toBe(`Before ${subject.letter}`);
    });
  });

  test('of a site that does not tell its address is known again by its title, and is no other one', async () => {
    const bringTitled = (title: string, body: string) => {
      const path = join(tempDirectory(), 'export.xml');
      writeFileSync(path, wxr(body).replace('<title>Site<', `<title>${title}<`));
      return importWordPress({ database, box, clock, path });
    };
    const slugs = async () => {
      const rows = await database.rows<{ slug: string }>(sql`select slug from articles order by slug`);
      return rows.map(({ slug }) => slug);
    };
    await bringTitled('Kabul Daily', post(1, { slug: 'one' }));
    await bringTitled('Herat Weekly', post(1, { slug: 'two' }));
    expect(await slugs()).toEqual(['one', 'two']);
    expect((await bringTitled('Kabul Daily', post(1, { slug: 'one' }))).changed).toBe(false);
  });

  describe('of comments', () => {
    const thread = (...comments: string[]) => post(1, { comments: comments.join('') });
    const rows = async () => {
      const found = await database.rows<{ text: string; status: string; version: number }>(
        sql`select text, status, version from comments order by id`,
      );
      return found.map(({ text, status, version }) => `${status} ${text} ${version}`);
    };
    const shown = async () => {
      const query = '{ articles { nodes { commentCount } } }';
      const { articles } = await ask<{ articles: { nodes: { commentCount: number }[] } }>(database, query);
      return articles.nodes[0]?.commentCount;
    };

    test('with other words gives them the words, and nothing else a new version', async () => {
      await bring(database, thread(comment(1), comment(2)));
      const newer = thread(comment(1, { text: 'WORDS 1' }), comment(2));
      const report = await bring(database, newer);
      expect(report.rows.get('comments')).toMatchObject({ updated: 1, unchanged: 1 });
      expect(await rows()).toEqual(['APPROVED WORDS 1 2', 'APPROVED Words 2 1']);
      const state = await wholeState(database);
      expect((await bring(database, newer)).changed).toBe(false);
      expect(await wholeState(database)).toEqual(state);
    });

    test('without some hides those, shows them again when they are back, and keeps the thread together', async () => {
      const all = [comment(1), comment(2, { parent: 1 }), comment(3)];
      await bring(database, thread(...all));
      const report = await bring(database, thread(comment(2, { parent: 1 })));
      expect(report.rows.get('comments')).toMatchObject({ updated: 2, unchanged: 1 });
      expect(await rows()).toEqual(['REJECTED Words 1 2', 'APPROVED Words 2 1', 'REJECTED Words 3 2']);
      expect(await shown()).toBe(1);
      expect((await bring(database, thread(comment(2, { parent: 1 })))).changed).toBe(false);
      await bring(database, thread(...all));
      expect(await rows()).toEqual(['APPROVED Words 1 3', 'APPROVED Words 2 1', 'APPROVED Words 3 3']);
      expect(await shown()).toBe(3);
    });

    test('without any, made without comments, hides none', async () => {
      await bring(database, thread(comment(1)));
      expect((await bring(database, thread())).changed).toBe(false);
      expect(await shown()).toBe(1);
    });

    test('leaves what moderators have decided here, unless it is told otherwise; what was erased stays erased', async () => {
      await bring(database, thread(comment(1), comment(2), comment(3)));
      const [one, two] = await database.rows<{ id: number }>(sql`select id from comments order by id`);
      await database.write(async (tx) => {
        const spam = { id: one?.id ?? 0, expectedVersion: 1, status: 'SPAM' as const };
        await restateComments(tx, systemActor('moderator'), clock.now(), [spam]);
        const { comments } = tx.tables;
        const erased = { status: 'DELETED' as const, text: '', html: '', authorName: '', version: 2 };
        await tx
          .update(comments)
          .set(erased)
          .where(sql`${comments.id} = ${two?.id ?? 0}`);
      });
      const newer = thread(...[1, 2, 3].map((id) => comment(id, { text: 'New' })));
      const report = await bring(database, newer);
      expect(report.lost).toBe(false);
      expect(Object.fromEntries(report.reasons)).toEqual({
        'comments: moderated here since, and left so': 2,
      });
      expect(await rows()).toEqual(['SPAM Words 1 2', 'DELETED  2', 'APPROVED New 2']);
      await bring(database, newer, { edited: 'THEIRS' });
      expect(await rows()).toEqual(['APPROVED New 3', 'DELETED  2', 'APPROVED New 2']);
    });
  });
});
