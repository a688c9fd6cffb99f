import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { ArticleService } from '../../src/articles';
import { systemActor } from '../../src/core/actor';
import type { Database } from '../../src/database';
import { loadGazetteer } from '../../src/gazetteer';
import { describeTopics } from '../../src/topics';
import { describeEachEngine } from '../support/engines';
import { wholeState } from '../support/whole-state';
import { ask, bring, category, clock, idOf, post, tag, term } from './import-support';

interface TopicAnswer {
  readonly slug: string;
  readonly kind: string;
  readonly parent: { readonly slug: string } | null;
  readonly names: readonly { readonly language: string; readonly name: string }[];
}

async function topicsIn(database: Database): Promise<TopicAnswer[]> {
  const query =
    '{ topics(first: 100) { nodes { slug kind parent { slug } names { language name aliases } } } }';
  return (await ask<{ topics: { nodes: TopicAnswer[] } }>(database, query)).topics.nodes;
}

/** "slug < parent (KIND)", sorted. */
async function outline(database: Database): Promise<string[]> {
  const topics = await topicsIn(database);
  return topics
    .map(({ slug, kind, parent }) => `${slug}${parent ? ` < ${parent.slug}` : ''} (${kind})`)
    .sort();
}

/** The slugs of the topics that an article itself carries, and where they come from. */
async function topicsOf(database: Database, slug: string): Promise<string[]> {
  const query = 'query($slug: String!) { article(slug: $slug) { topics { topic { slug } source } } }';
  const { article } = await ask<{ article: { topics: { topic: { slug: string }; source: string }[] } }>(
    database,
    query,
    { slug },
  );
  return article.topics.map(({ topic, source }) => `${topic.slug} ${source}`).sort();
}

async function countUnder(database: Database, slug: string): Promise<number> {
  const query = 'query($slug: String!) { topic(slug: $slug) { articleCount } }';
  return (await ask<{ topic: { articleCount: number } }>(database, query, { slug })).topic.articleCount;
}

describeEachEngine('topics of an import', (store) => {
  let database: Database;
  beforeEach(async () => {
    database = await store.open();
  });

  describe('from tags', () => {
    test('that name one thing in two languages are one topic, named in all of them', async () => {
      const persian = encodeURIComponent('پاکستان').toLowerCase();
      const report = await bring(
        database,
        tag(1, 'pakistan', 'Pakistan') +
          tag(2, persian, 'پاكستان') +
          post(1, { terms: [['post_tag', 'pakistan', 'Pakistan']] }) +
          post(2, { terms: [['post_tag', persian, 'پاكستان']] }),
      );
      expect(report.rows.get('topics')).toMatchObject({ read: 2, created: 1, unchanged: 1 });
      const [topic, ...others] = await topicsIn(database);
      expect(others).toEqual([]);
      expect(topic).toMatchObject({ slug: 'pakistan', kind: 'PLACE', parent: null });
      expect(topic?.names.map(({ language, name }) => `${language} ${name}`).sort()).toEqual([
        'ar باكستان',
        'en Pakistan',
        'fa پاکستان',
        'fa-AF پاکستان',
        'ps پاکستان',
        'ur پاکستان',
      ]);
      expect(await topicsOf(database, 'post-1')).toEqual(['pakistan IMPORT']);
      expect(await topicsOf(database, 'post-2')).toEqual(['pakistan IMPORT']);
      expect(await countUnder(database, 'pakistan')).toBe(2);
    });

    test('leave their addresses behind where the topic has another', async () => {
      await bring(database, tag(1, encodeURIComponent('پاکستان'), 'پاکستان'));
      const query =
        '{ tag: route(path: "/tag/پاکستان/") { ... on Redirect { to permanent } } topic: route(path: "/tag/pakistan") { ... on RouteTo { node { ... on Topic { slug } } } } }';
      expect(await ask(database, query)).toEqual({
        tag: { to: '/tag/pakistan', permanent: true },
        topic: { node: { slug: 'pakistan' } },
      });
    });

    test('stand in what they are part of, so that articles are found there too', async () => {
      await bring(
        database,
        tag(1, 'peshawar-city', 'پېښور') +
          tag(2, 'karzai', 'Hamid Karzai') +
          post(1, { terms: [['post_tag', 'peshawar-city', 'پېښور']] }) +
          post(2, { terms: [['post_tag', 'karzai', 'Hamid Karzai']] }),
      );
      expect(await outline(database)).toEqual([
        'hamid-karzai (PERSON)',
        'khyber-pakhtunkhwa < pakistan (PLACE)',
        'pakistan (PLACE)',
        'peshawar < khyber-pakhtunkhwa (PLACE)',
      ]);
      expect(await topicsOf(database, 'post-1')).toEqual(['peshawar IMPORT']);
      expect(await countUnder(database, 'pakistan')).toBe(1);
    });

    test('that nobody knows are subjects, under the name and slug that they have', async () => {
      await bring(
        database,
        tag(1, 'elections', 'Elections &amp; votes') +
          post(1, { terms: [['post_tag', 'elections', 'Elections']] }),
      );
      expect(await outline(database)).toEqual(['elections (SUBJECT)']);
      expect((await topicsIn(database))[0]?.names).toEqual([
        { language: 'en-US', name: 'Elections & votes', aliases: [] },
      ]);
    });

    test('with a name of two things are subjects: it is not known which is meant', async () => {
      await bring(database, tag(1, 'congo', 'Congo'));
      expect(await outline(database)).toEqual(['congo (SUBJECT)']);
    });

    test('that only an article names are brought as well', async () => {
      await bring(
        database,
        post(1, {
          terms: [
            ['post_tag', 'kabul', 'کابل'],
            ['post_tag', 'chess', 'Chess'],
          ],
        }),
      );
      expect(await outline(database)).toEqual([
        'afghanistan (PLACE)',
        'chess (SUBJECT)',
        'kabul < afghanistan (PLACE)',
      ]);
      expect(await topicsOf(database, 'post-1')).toEqual(['chess IMPORT', 'kabul IMPORT']);
    });

    test('join a topic that an editor has made, and leave it as it is', async () => {
      await bring(database, tag(1, 'kabul', 'Kabul'));
      const [kabul] = await database.rows<{ id: number }>(sql`select id from topics where slug = 'kabul'`);
      await database.write((tx) =>
        describeTopics(tx, systemActor('editor'), clock.now(), [
          {
            id: kabul?.id ?? 0,
            kind: 'PLACE',
            description: 'Ours',
            wikidataId: null,
            names: [{ language: 'en', name: 'Kabul City', aliases: [] }],
          },
        ]),
      );
      const before = await wholeState(database);
      const report = await bring(database, `${tag(1, 'kabul', 'Kabul')}`);
      expect(report.changed).toBe(false);
      expect(await wholeState(database)).toEqual(before);
    });
  });

  describe('from categories', () => {
    const CATEGORIES =
      category(1, 'economy', 'Economy', 'afghanistan-news') +
      category(2, 'afghanistan-news', 'افغانستان') +
      category(3, 'analysis', 'Analysis');

    test('that the gazetteer knows: a site without a single tag has topics', async () => {
      await bring(
        database,
        CATEGORIES +
          post(1, { terms: [['category', 'afghanistan-news', 'افغانستان']] }) +
          post(2, { terms: [['category', 'economy', 'Economy']] }) +
          post(3, { terms: [['category', 'analysis', 'Analysis']] }),
      );
      expect(await outline(database)).toEqual(['afghanistan (PLACE)']);
      expect(await ask(database, '{ categories { slug topic { slug } } }')).toMatchObject({
        categories: expect.arrayContaining([
          { slug: 'afghanistan-news', topic: { slug: 'afghanistan' } },
          { slug: 'economy', topic: null },
          { slug: 'analysis', topic: null },
        ]),
      });
      expect(await topicsOf(database, 'post-1')).toEqual(['afghanistan IMPORT']);
      // Through the category that its own stands in.
      expect(await topicsOf(database, 'post-2')).toEqual(['afghanistan IMPORT']);
      expect(await topicsOf(database, 'post-3')).toEqual([]);
      expect(await countUnder(database, 'afghanistan')).toBe(2);
    });

    test('stand beside those of tags, each once', async () => {
      await bring(
        database,
        CATEGORIES +
          post(1, {
            terms: [
              ['category', 'economy', 'Economy'],
              ['category', 'afghanistan-news', 'افغانستان'],
              ['post_tag', 'kabul', 'Kabul'],
              ['post_tag', 'afg', 'Afghanistan'],
            ],
          }),
      );
      expect(await topicsOf(database, 'post-1')).toEqual(['afghanistan IMPORT', 'kabul IMPORT']);
    });

    test('are the nearest: an article in Karachi of Pakistan carries Karachi', async () => {
      await bring(
        database,
        category(1, 'pk', 'Pakistan') +
          category(2, 'khi', 'کراچی', 'pk') +
          category(3, 'crime', 'Crime', 'khi') +
          post(1, { terms: [['category', 'crime', 'Crime']] }),
      );
      expect(await topicsOf(database, 'post-1')).toEqual(['karachi IMPORT']);
      expect(await countUnder(database, 'pakistan')).toBe(1);
    });
  });

  describe('from custom terms', () => {
    test('are subjects with their parents, which may come later', async () => {
      await bring(
        database,
        term(3, 'desk', 'trade', 'Trade', 'economy') +
          term(2, 'desk', 'economy', 'Economy', 'news') +
          term(1, 'desk', 'news', 'News') +
          post(1, { terms: [['desk', 'trade', 'Trade']] }),
      );
      expect(await outline(database)).toEqual([
        'economy < news (SUBJECT)',
        'news (SUBJECT)',
        'trade < economy (SUBJECT)',
      ]);
      expect(await countUnder(database, 'news')).toBe(1);
    });

    test('move with all their articles when a newer export moves them', async () => {
      const terms = (parent: string) =>
        term(1, 'desk', 'news', 'News') +
        term(2, 'desk', 'views', 'Views') +
        term(3, 'desk', 'trade', 'Trade', parent);
      const article = post(1, { terms: [['desk', 'trade', 'Trade']] });
      await bring(database, terms('news') + article);
      const report = await bring(database, terms('views') + article);
      expect(report.rows.get('topics')).toMatchObject({ updated: 1, unchanged: 2 });
      expect([await countUnder(database, 'news'), await countUnder(database, 'views')]).toEqual([0, 1]);
    });

    test('without their parent, or above each other, stand at the top, and it is told', async () => {
      const report = await bring(
        database,
        term(1, 'desk', 'trade', 'Trade', 'gone') +
          term(2, 'desk', 'a', 'A', 'b') +
          term(3, 'desk', 'b', 'B', 'a'),
      );
      expect(report.notes.map(({ message, lost }) => `${lost} ${message}`)).toEqual([
        'true The term "trade" of desk: its parent "gone" is not in the file',
        'true The term "a" of desk: its parent "b" is not in the file',
      ]);
      expect(await outline(database)).toEqual(['a (SUBJECT)', 'b < a (SUBJECT)', 'trade (SUBJECT)']);
    });

    test('of the plugin that keeps who has written what are no topics, and what describes them stays there', async () => {
      await bring(
        database,
        term(1, 'author', 'cap-jane', 'jane', '', 'Jane Doe jane 7 jane@desk.example') +
          post(1, {
            terms: [
              ['author', 'cap-jane', 'jane'],
              ['author', 'cap-li', 'Li'],
            ],
            author: 'admin',
          }) +
          post(2, {
            type: 'guest-author',
            meta: { 'cap-user_login': 'jane', 'cap-display_name': 'Jane Doe' },
          }),
      );
      expect(await outline(database)).toEqual([]);
      expect(await ask(database, '{ articles { nodes { authors { slug name } } } }')).toEqual({
        articles: {
          nodes: [
            {
              authors: [
                { slug: 'jane', name: 'Jane Doe' },
                { slug: 'li', name: 'Li' },
              ],
            },
          ],
        },
      });
      expect(JSON.stringify(await database.rows(sql`select * from topics`))).not.toContain('@');
    });
  });

  describe('when the beat is edited between two runs', () => {
    let folder: string;
    beforeEach(() => {
      folder = mkdtempSync(join(tmpdir(), 'dateline-beat-'));
    });
    afterEach(() => rmSync(folder, { recursive: true }));

    function withEntries(...more: object[]) {
      const file = join(folder, 'beat.json');
      const ours: unknown = JSON.parse(
        readFileSync(join(__dirname, '../../src/gazetteer/beat.json'), 'utf8'),
      );
      writeFileSync(file, JSON.stringify([...(Array.isArray(ours) ? ours : []), ...more]));
      return loadGazetteer(file);
    }

    const EXPORT =
      tag(1, 'wakhan', 'Wakhan') +
      category(2, 'north', 'Badakhshan') +
      post(1, { terms: [['post_tag', 'wakhan', 'Wakhan']] }) +
      post(2, { terms: [['category', 'north', 'Badakhshan']] }) +
      post(3, { terms: [['post_tag', 'wakhan', 'Wakhan']] }) +
      post(4);
    const ENTRIES = [
      { id: 'wakhan', kind: 'PLACE', parent: 'badakhshan', names: { en: ['Wakhan'] } },
      { id: 'badakhshan', kind: 'PLACE', parent: 'afghanistan', names: { en: ['Badakhshan'] } },
    ];

    test('what it knows now becomes known, in articles too; only they are written', async () => {
      await bring(database, EXPORT);
      expect(await outline(database)).toEqual(['wakhan (SUBJECT)']);
      const gazetteer = withEntries(...ENTRIES);
      const report = await bring(database, EXPORT, { gazetteer });
      expect(await outline(database)).toEqual([
        'afghanistan (PLACE)',
        'badakhshan < afghanistan (PLACE)',
        'wakhan < badakhshan (PLACE)',
      ]);
      expect(await topicsOf(database, 'post-2')).toEqual(['badakhshan IMPORT']);
      expect(await countUnder(database, 'afghanistan')).toBe(3);
      expect(report.rows.get('articles')).toMatchObject({ updated: 3, unchanged: 1 });
      const state = await wholeState(database);
      expect((await bring(database, EXPORT, { gazetteer })).changed).toBe(false);
      expect(await wholeState(database)).toEqual(state);
    });

    test('articles that were edited here keep the topics that they have, and are no conflict', async () => {
      await bring(database, EXPORT);
      const service = new ArticleService(database, clock);
      const seen = { id: await idOf(database, 'post-2'), revision: 1 };
      await service.update(systemActor('editor'), seen, { title: 'Ours' });
      const report = await bring(database, EXPORT, { gazetteer: withEntries(...ENTRIES) });
      expect(report.lost).toBe(false);
      expect(await topicsOf(database, 'post-2')).toEqual([]);
    });
  });

  test('two imports at once that bring the same topics get along', async () => {
    const names = ['Pakistan', 'Kabul', 'Chess', 'Elections', 'Water', 'پېښور', 'Herat', 'NATO'];
    const slug = (name: string) => encodeURIComponent(name);
    const tags = names.map((name, index) => tag(index + 1, slug(name), name));
    const posts = names.map((name, index) => post(index + 1, { terms: [['post_tag', slug(name), name]] }));
    const another = await store.openAnother();
    const site = (number: number) => `<link>https://site-${number}.example</link>`;
    const runs = [database, another, database, another].map((target, index) =>
      bring(target, `${site(index)}${(index % 2 ? tags : [...tags].reverse()).join('')}${posts.join('')}`),
    );
    for (const report of await Promise.all(runs)) expect(report.lost).toBe(false);
    const slugs = (await topicsIn(database)).map((topic) => topic.slug);
    expect(slugs.length).toBe(new Set(slugs).size);
    expect(slugs).toHaveLength(10);
  });
});
