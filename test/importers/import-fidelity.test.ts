import { getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import type { ImportReport } from '../../src/importers';
import { describeEachEngine } from '../support/engines';
import { wholeState } from '../support/whole-state';
import {
  ask,
  author,
  bring,
  category,
  changesSince,
  comment,
  idOf,
  image,
  lastChange,
  post,
  tag,
} from './import-support';

interface Row {
  readonly [column: string]: unknown;
}

async function article(database: Database, slug: string): Promise<Row | undefined> {
  const [row] = await database.rows<Row>(sql`select * from articles where slug = ${slug}`);
  return row;
}

function route(database: Database, path: string): Promise<unknown> {
  const query =
    'query($path: String!) { route(path: $path) { __typename ... on RouteTo { node { ... on Article { slug } } } ... on Redirect { to } } }';
  return ask<{ route: unknown }>(database, query, { path }).then((answer) => answer.route);
}

/** Why things were skipped, by kind and reason. */
function skipsOf(report: ImportReport): Record<string, number> {
  return Object.fromEntries(report.skipped.map(({ kind, reason, count }) => [`${kind}: ${reason}`, count]));
}

/** Every value of every table, as text. */
async function everything(database: Database): Promise<string> {
  const texts: string[] = [];
  for (const table of Object.values(database.tables)) {
    if (!is(table, PgTable) && !is(table, SQLiteTable)) continue;
    texts.push(getTableName(table), JSON.stringify(await database.rows(sql`select * from ${table}`)));
  }
  return texts.join('\n');
}

describeEachEngine('what an import carries over', (store) => {
  let database: Database;
  beforeEach(async () => {
    database = await store.open();
  });

  describe('of addresses', () => {
    test('old slugs lead to where the article is now', async () => {
      const xml = post(1, {
        slug: 'new',
        link: 'https://news.example/2026/05/new.html',
        meta: { _wp_old_slug: encodeURIComponent('کهنه') },
      });
      await bring(database, xml);
      expect(await route(database, `/2026/05/${encodeURIComponent('کهنه')}.html`)).toEqual({
        __typename: 'Redirect',
        to: '/2026/05/new.html',
      });
    });

    test('a slug and a path that change between two runs leave redirects', async () => {
      await bring(database, post(1, { slug: 'first' }));
      await bring(database, post(1, { slug: 'second', link: 'https://news.example/world/second/' }));
      expect(await route(database, '/2026/05/first/')).toEqual({
        __typename: 'Redirect',
        to: '/world/second',
      });
      expect(await route(database, '/world/second')).toEqual({
        __typename: 'RouteTo',
        node: { slug: 'second' },
      });
    });

    test('an old slug that another article has now is no way to the first', async () => {
      await bring(
        database,
        post(1, { slug: 'new', meta: { _wp_old_slug: 'old' } }) + post(2, { slug: 'old' }),
      );
      expect(await route(database, '/2026/05/old')).toEqual({ __typename: 'RouteTo', node: { slug: 'old' } });
    });

    test('slugs are kept as they are written, and found decoded and encoded', async () => {
      const slug = 'کابل-100٪-را';
      await bring(database, post(1, { slug: encodeURIComponent(slug).toLowerCase() }));
      const query = 'query($slug: String!) { article(slug: $slug) { slug path canonicalUrl } }';
      for (const written of [slug, encodeURIComponent(slug), encodeURIComponent(slug).toLowerCase()]) {
        expect(await ask(database, query, { slug: written })).toEqual({
          article: {
            slug,
            path: `/2026/05/${slug}`,
            canonicalUrl: `https://news.example/2026/05/${encodeURIComponent(slug).toLowerCase()}/`,
          },
        });
      }
    });

    test('of two posts with one slug the second gets a suffix, keeps its path, and it is told; also when it changes', async () => {
      const twins = (title: string) =>
        post(1, { slug: 'twin' }) +
        post(2, { title, slug: 'twin', link: 'https://news.example/fa/twin/' }) +
        post(3, { slug: 'twin', link: 'https://news.example/ps/twin/' });
      const report = await bring(database, twins('Two'));
      expect(report.lost).toBe(false);
      expect(report.notes.map(({ message }) => message)).toEqual([
        '"Two": another article has the slug "twin"; this one has "twin-2"',
        '"Post 3": another article has the slug "twin"; this one has "twin-3"',
      ]);
      expect(report.notes[0]?.line).toBeGreaterThan(6);
      expect((await bring(database, twins('Two, corrected'))).rows.get('articles')).toMatchObject({
        updated: 1,
      });
      expect(await article(database, 'twin-2')).toMatchObject({ path: '/fa/twin', title: 'Two, corrected' });
    });

    test('many without a slug are each given one', async () => {
      const nameless = Array.from({ length: 60 }, (_, index) =>
        post(index + 1, {
          title: '',
          slug: '',
          status: 'draft',
          link: `https://news.example/?p=${index + 1}`,
        }),
      );
      await bring(database, nameless.join(''));
      const rows = await database.rows<{ slug: string; path: string }>(sql`select slug, path from articles`);
      expect(new Set(rows.map(({ slug }) => slug)).size).toBe(60);
      expect(rows.filter(({ slug, path }) => path !== `/articles/${slug}`)).toEqual([]);
    });

    test('pages stand below their parents, drafts too', async () => {
      await bring(
        database,
        post(3, {
          type: 'page',
          slug: 'team',
          parent: 2,
          status: 'draft',
          link: 'https://news.example/?page_id=3',
        }) +
          post(2, { type: 'page', slug: 'us', parent: 1, link: 'https://news.example/about/us/' }) +
          post(1, { type: 'page', slug: 'about', link: 'https://news.example/about/' }),
      );
      expect(await database.rows(sql`select path, kind, status from articles order by path`)).toEqual([
        { path: '/about', kind: 'PAGE', status: 'PUBLISHED' },
        { path: '/about/us', kind: 'PAGE', status: 'PUBLISHED' },
        { path: '/about/us/team', kind: 'PAGE', status: 'DRAFT' },
      ]);
    });
  });

  describe('of an article', () => {
    test('sticky is pinned, and whether it can be commented on is kept', async () => {
      await bring(
        database,
        post(1, { more: '<wp:is_sticky>1</wp:is_sticky><wp:comment_status>open</wp:comment_status>' }) +
          post(2, { more: '<wp:is_sticky>0</wp:is_sticky><wp:comment_status>closed</wp:comment_status>' }),
      );
      const yes = store.engine === 'sqlite' ? 1 : true;
      expect(await article(database, 'post-1')).toMatchObject({ pinned: yes, commenting: 'OPEN' });
      expect(await article(database, 'post-2')).toMatchObject({
        commenting: 'CLOSED',
        commenting_closes_at: null,
      });
    });

    test('the primary category is the one that the desk has chosen, while the article is in it', async () => {
      const terms = [
        ['category', 'news', 'News'],
        ['category', 'border', 'Border'],
      ] as const;
      await bring(
        database,
        category(7, 'news', 'News') +
          category(8, 'border', 'Border') +
          category(9, 'other', 'Other') +
          post(1, { terms, meta: { _yoast_wpseo_primary_category: '8' } }) +
          post(2, { terms, meta: { rank_math_primary_category: '8' } }) +
          post(3, { terms, meta: { _yoast_wpseo_primary_category: '9' } }),
      );
      const query =
        '{ articles(orderBy: OLDEST) { nodes { primaryCategory { slug } categories { slug } } } }';
      const categories = [{ slug: 'news' }, { slug: 'border' }];
      expect(await ask(database, query)).toEqual({
        articles: {
          nodes: [
            { primaryCategory: { slug: 'border' }, categories },
            { primaryCategory: { slug: 'border' }, categories },
            { primaryCategory: { slug: 'news' }, categories },
          ],
        },
      });
    });

    test('who has written it, although the file declares nobody', async () => {
      await bring(
        database,
        author(1, 'amina', 'Amina B.') + post(1, { author: 'amina' }) + post(2, { author: 'wali' }),
      );
      expect(
        await ask(database, '{ articles(orderBy: OLDEST) { nodes { authors { slug name } } } }'),
      ).toEqual({
        articles: {
          nodes: [
            { authors: [{ slug: 'amina', name: 'Amina B.' }] },
            { authors: [{ slug: 'wali', name: 'wali' }] },
          ],
        },
      });
    });

    test('who has written it, without the address by which they sign in', async () => {
      const two = ['nadia@desk.example', 'nadia@news.example'] as const;
      await bring(
        database,
        two.map((login, index) => author(index + 7, login, index === 0 ? login : 'Nadia K.')).join('') +
          two.map((login, index) => post(index + 1, { author: login })).join('') +
          post(3, { author: 'wali@desk.example' }),
      );
      expect(
        await ask(database, '{ articles(orderBy: OLDEST) { nodes { authors { slug name } } } }'),
      ).toEqual({
        articles: {
          nodes: [
            { authors: [{ slug: 'nadia-7', name: 'nadia' }] },
            { authors: [{ slug: 'nadia-8', name: 'Nadia K.' }] },
            { authors: [{ slug: 'wali', name: 'wali' }] },
          ],
        },
      });
    });

    test('its categories, although the file declares none', async () => {
      await bring(database, post(1, { terms: [['category', 'border', 'The Border']] }));
      expect(await ask(database, '{ categories { slug name articleCount } }')).toEqual({
        categories: [{ slug: 'border', name: 'The Border', articleCount: 1 }],
      });
    });

    test('no more than it may have, and it is told what is left out', async () => {
      const terms = Array.from({ length: 103 }, (_, n) => ['post_tag', `t-${n}`, `T ${n}`] as const);
      const report = await bring(database, post(1, { terms }));
      expect(report.lost).toBe(true);
      expect(report.notes.map(({ message }) => message)).toEqual(['"Post 1" has 103 topics; 100 are kept']);
    });

    test('entities are decoded once, in titles, names and terms', async () => {
      await bring(
        database,
        author(1, 'a', 'B &amp;amp; C') +
          tag(1, 't', 'R&amp;D &lt;b&gt;') +
          post(1, { author: 'a', title: 'Q&A &amp; “more” <em>a</em>', terms: [['post_tag', 't', 'x']] }),
      );
      const query = '{ articles { nodes { title authors { name } topics { topic { name } } } } }';
      expect(await ask(database, query)).toEqual({
        articles: {
          nodes: [
            {
              title: 'Q&A &amp; “more” a',
              authors: [{ name: 'B &amp; C' }],
              topics: [{ topic: { name: 'R&D <b>' } }],
            },
          ],
        },
      });
    });

    test('dates that are none come from the local ones and the clock of the site, or stay unset', async () => {
      const local = (date: string) => `<wp:post_date>${date}</wp:post_date>`;
      const zero = '0000-00-00 00:00:00';
      await bring(
        database,
        post(1, { date: '2026-05-01 10:00:00', more: local('2026-05-01 14:30:00') }) +
          post(2, { date: zero, more: local('2026-05-02 14:30:00') }) +
          post(3, {
            date: zero,
            status: 'draft',
            more: `${local(zero)}<pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate>`,
          }),
      );
      const at = (text: string) => Date.parse(text);
      expect(await article(database, 'post-2')).toMatchObject({ published_at: at('2026-05-02T10:00:00Z') });
      expect(await article(database, 'post-3')).toMatchObject({
        published_at: null,
        created_at: at('2026-06-01T12:00:00Z'),
      });
    });

    test('what was not public there is public nowhere here', async () => {
      const states = [
        { status: 'draft' },
        { status: 'pending' },
        { status: 'private' },
        { status: 'future', date: '2030-01-01 00:00:00' },
        { status: 'trash' },
        { status: 'made-up' },
        { status: 'publish', more: '<wp:post_password>secret</wp:post_password>' },
      ];
      const terms = [
        ['category', 'news', 'News'],
        ['post_tag', 'kabul', 'Kabul'],
      ] as const;
      const report = await bring(
        database,
        states.map((state, index) => post(index + 1, { ...state, terms })).join(''),
      );
      expect(report.rows.get('articles')).toMatchObject({ created: 6, skipped: 1 });
      const rows = await database.rows<{ id: number; slug: string; path: string; status: string }>(
        sql`select id, slug, path, status from articles order by id`,
      );
      expect(rows.map(({ status }) => status)).toEqual([
        'DRAFT',
        'DRAFT',
        'DRAFT',
        'SCHEDULED',
        'DRAFT',
        'DRAFT',
      ]);
      for (const { id, slug, path } of rows) {
        const query = `query($slug: String!, $id: ID!) { article(slug: $slug) { id } node(id: $id) { id } }`;
        expect(await ask(database, query, { slug, id: globalId('Article', id) })).toEqual({
          article: null,
          node: null,
        });
        expect(await route(database, path)).toBeNull();
      }
      const lists =
        '{ articles { totalCount } category(slug: "news") { articleCount } topic(slug: "kabul") { articleCount } author(slug: "desk") { articles { totalCount } } }';
      expect(await ask(database, lists)).toEqual({
        articles: { totalCount: 0 },
        category: { articleCount: 0 },
        topic: { articleCount: 0 },
        author: { articles: { totalCount: 0 } },
      });
    });

    test('other types of posts are counted, and brought when they are asked for', async () => {
      const xml = post(1) + post(2, { type: 'event' }) + post(3, { type: 'nav_menu_item' });
      const report = await bring(database, xml);
      expect(skipsOf(report)).toMatchObject({
        'other: event: the post type "event" was not asked for': 1,
        'other: nav_menu_item: menus are not carried over': 1,
      });
      const more = await bring(database, xml, { postTypes: ['event'] });
      expect(more.rows.get('articles')).toMatchObject({ created: 1, unchanged: 1 });
    });

    test('of two with one number the first counts, in every run', async () => {
      const xml = post(1) + post(2) + post(1, { title: 'Another', slug: 'another' }) + post(2);
      const report = await bring(database, xml);
      expect(report.rows.get('articles')).toMatchObject({ created: 2, skipped: 2 });
      expect(report.notes.map(({ message }) => message)).toEqual([
        '"Another" has the number of an article before it (1), and is left out',
      ]);
      const state = await wholeState(database);
      await bring(database, xml);
      expect(await wholeState(database)).toEqual(state);
    });
  });

  describe('of images', () => {
    const ALT = { _wp_attachment_image_alt: 'A river &amp; hills' };
    const SIZE = {
      _wp_attachment_metadata:
        'a:3:{s:5:"width";i:1200;s:6:"height";i:800;s:10:"image_meta";a:1:{s:6:"credit";s:3:"AFP";}}',
    };

    test('the featured one is the lead image, with its size and all that describes it', async () => {
      await bring(
        database,
        post(1, { meta: { _thumbnail_id: '9' } }) +
          image(9, 'https://news.example/river.jpg', {
            caption: 'The <b>river</b>',
            meta: { ...ALT, ...SIZE },
          }),
      );
      expect(
        await ask(database, '{ articles { nodes { leadImage { url width height alt caption credit } } } }'),
      ).toEqual({
        articles: {
          nodes: [
            {
              leadImage: {
                ...{ url: 'https://news.example/river.jpg', width: 1200, height: 800 },
                ...{ alt: 'A river & hills', caption: 'The river', credit: 'AFP' },
              },
            },
          ],
        },
      });
    });

    test('one that is described otherwise now changes what its articles show: the log and the revision say so', async () => {
      const xml = (caption: string, title = 'One') =>
        post(1, { title, meta: { _thumbnail_id: '9' } }) +
        post(2) +
        image(9, 'https://news.example/r.jpg', { caption });
      await bring(database, xml('Before'));
      const last = await lastChange(database);
      const report = await bring(database, xml('After'));
      expect(report.rows.get('images')).toMatchObject({ updated: 1 });
      expect(await changesSince(database, last)).toEqual(['UPDATE IMAGE 2', 'UPDATE ARTICLE 2']);
      const state = await wholeState(database);
      expect((await bring(database, xml('After'))).changed).toBe(false);
      expect(await wholeState(database)).toEqual(state);
      // It was no edit of anybody's: what changes over there next is taken.
      const next = await bring(database, xml('After', 'One, corrected'));
      expect(next.lost).toBe(false);
      expect(await article(database, 'post-1')).toMatchObject({ title: 'One, corrected', revision: 3 });
    });

    test('a lead image that is not in the file is told of', async () => {
      const report = await bring(database, post(1, { meta: { _thumbnail_id: '9' } }));
      expect(report.lost).toBe(true);
      expect(report.notes[0]?.message).toBe('"Post 1": its lead image (attachment 9) is not in the file');
    });

    test('those of galleries stand in the text, wherever in the file they are', async () => {
      await bring(
        database,
        image(8, 'https://news.example/8.jpg', { parent: 2, meta: ALT }) +
          post(1, { content: '[gallery ids="9,8"]' }) +
          post(2, { content: 'Text\n\n[gallery columns="2"]' }) +
          image(9, 'https://news.example/9.jpg', { caption: 'Nine' }),
      );
      const [first, second] = await Promise.all(
        ['post-1', 'post-2'].map(async (slug) => {
          const [row] = await database.rows<{ html: string }>(
            sql`select html from article_bodies where article_id = ${await idOf(database, slug)}`,
          );
          return row?.html ?? '';
        }),
      );
      expect(first).toMatch(/9\.jpg.*Nine.*8\.jpg/s);
      expect(second).toContain('src="https://news.example/8.jpg" alt="A river &amp; hills"');
    });

    test('other files stay where they are, and so do the links to them', async () => {
      const report = await bring(
        database,
        post(1, { content: '<p><a href="https://news.example/report.pdf">Report</a></p>' }) +
          image(9, 'https://news.example/report.pdf'),
      );
      expect(report.lost).toBe(false);
      expect(skipsOf(report)).toEqual({
        'other: attachment: "pdf" is no image; links to it stay as they are': 1,
      });
      expect(await everything(database)).toContain('https://news.example/report.pdf');
    });
  });

  describe('of comments', () => {
    test("only readers' words, with thread and state; the rest is counted by its type", async () => {
      const types = ['', 'comment', 'pingback', 'trackback', 'note', 'order_note'];
      const comments = types.map((type, index) => comment(index + 1, { type })).join('');
      const report = await bring(database, post(1, { comments }));
      expect(report.rows.get('comments')).toMatchObject({ created: 2, skipped: 4 });
      expect(skipsOf(report)).toEqual({
        'comments: pingback': 1,
        'comments: trackback': 1,
        'comments: note': 1,
        'comments: order_note': 1,
      });
    });

    test('no address of anybody is to be read anywhere in the database', async () => {
      await bring(
        database,
        author(1, 'amina', 'Amina') +
          post(1, { author: 'amina', comments: comment(1) + comment(2, { parent: 1 }) }),
      );
      const text = await everything(database);
      expect(text).toContain('email_sealed');
      expect(text).not.toMatch(/@mail\.example|@desk\.example|192\.0\.2\./);
    });
  });

  describe('of translations', () => {
    const language = (slug: string) => ['language', slug, slug] as const;
    const group = (name: string) => ['post_translations', name, name] as const;
    const translations =
      '{ articles(orderBy: OLDEST) { nodes { language translations { language slug } } } }';

    test("by Polylang's terms: each in its language, all of a group together", async () => {
      await bring(
        database,
        post(1, { terms: [language('en'), group('pll_1')] }) +
          post(2, { terms: [language('ps'), group('pll_1')] }) +
          post(3, { terms: [language('ur'), group('pll_2')] }),
      );
      expect(await ask(database, translations)).toEqual({
        articles: {
          nodes: [
            { language: 'en', translations: [{ language: 'ps', slug: 'post-2' }] },
            { language: 'ps', translations: [{ language: 'en', slug: 'post-1' }] },
            { language: 'ur', translations: [] },
          ],
        },
      });
    });

    test("by WPML's meta", async () => {
      const meta = (code: string) => ({ _wpml_language_code: code, _wpml_trid: '77' });
      await bring(database, post(1, { meta: meta('fa') }) + post(2, { meta: meta('ar') }));
      expect(await ask(database, translations)).toMatchObject({
        articles: { nodes: [{ translations: [{ slug: 'post-2' }] }, { translations: [{ slug: 'post-1' }] }] },
      });
    });

    test('one that comes later changes the others: the log and their revisions say so, and it is no edit', async () => {
      const first = post(1, { terms: [language('en'), group('pll_1')] });
      await bring(database, first);
      const last = await lastChange(database);
      const both = first + post(2, { terms: [language('ps'), group('pll_1')] });
      await bring(database, both);
      expect(await changesSince(database, last)).toEqual(['PUBLISH ARTICLE 1', 'LINK ARTICLE 2']);
      const state = await wholeState(database);
      expect((await bring(database, both)).changed).toBe(false);
      expect(await wholeState(database)).toEqual(state);
      const report = await bring(database, both.replace('Post 1', 'Post 1, corrected'));
      expect(report.rows.get('articles')).toMatchObject({ updated: 1, failed: 0 });
    });

    test('a second of one language is told of, and stands alone; so does one that takes the language of another', async () => {
      const xml = (third: string) =>
        post(1, { terms: [language('en'), group('g')] }) +
        post(2, { terms: [language('en'), group('g')] }) +
        post(3, { terms: [language(third), group('g')] });
      const report = await bring(database, xml('ps'));
      expect(report.notes.map(({ message }) => message)).toEqual([
        '"Post 2": its group of translations has one in its language already',
      ]);
      const later = await bring(database, xml('en'));
      expect(later.rows.get('articles')).toMatchObject({ updated: 1, failed: 0 });
      expect(await ask(database, translations)).toMatchObject({
        articles: { nodes: [{ translations: [] }, { translations: [] }, { translations: [] }] },
      });
    });
  });
});
