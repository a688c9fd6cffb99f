import { request } from 'node:http';
import { eq } from 'drizzle-orm';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { heldClock } from '../../src/core/clock';
import { NO_SITE } from '../../src/core/site';
import type { Database } from '../../src/database';
import { errorsOf, type Running } from '../http/tiny';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import {
  type Archive,
  addToArchive,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  storeArchive,
} from '../support/archive';
import { describeEachEngine, recordStatements } from '../support/engines';
import { describeWithSharedData } from '../support/shared-data';
import { fetched, serveDocumentsOf, wrongIn, wrongInJson } from './serving';

const published = (hours: number, more: Partial<PlannedArticle> = {}): PlannedArticle => ({
  ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', publishedAt: NOW - hours * HOUR },
  ...{ updatedAt: NOW - hours * HOUR, embargoUntil: null, expiresAt: null },
  ...{ authors: [0], categories: [0], topics: [0], ...more },
});

/** Category 1 stands below 0; of 120 articles every second is about topic 1 as well, by author 1, in Dari. */
const PLAN = {
  ...{ authors: 3, categories: [null, 0, null], topics: [null, null, null] },
  articles: [
    ...Array.from({ length: 120 }, (_, turn) =>
      published(turn, turn % 2 ? { topics: [0, 1], authors: [1], categories: [1], language: 'fa-AF' } : {}),
    ),
    published(5, { status: 'DRAFT', publishedAt: null }),
    published(5, { embargoUntil: NOW + HOUR }),
    published(5, { expiresAt: NOW - HOUR }),
    published(5, { kind: 'PAGE' }),
  ],
};

const FEEDS = [
  ...['site', 'category/category-0', 'topic/topic-1', 'author/author-1'],
  'relation/topic-0+topic-1',
];
const FORMATS = ['rss', 'atom', 'json'];

/** What stands in a feed of any format, as a program that reads feeds has it. */
function read(format: string, text: string) {
  if (format === 'rss') {
    const { items = [], atom, title } = parseRssFeed(text);
    const next = atom?.links?.find(({ rel }) => rel === 'next')?.href;
    return {
      title,
      next,
      ids: items.map(({ guid }) => guid?.value),
      titles: items.map((item) => item.title),
    };
  }
  if (format === 'atom') {
    const { entries = [], links, title } = parseAtomFeed(text);
    const next = links?.find(({ rel }) => rel === 'next')?.href;
    return {
      title: textIn(title),
      next,
      ids: entries.map(({ id }) => id),
      titles: entries.map((entry) => textIn(entry.title)),
    };
  }
  const { items = [], next_url: next, title } = parseJsonFeed(text);
  return { title, next, ids: items.map(({ id }) => id), titles: items.map((item) => item.title) };
}

const textIn = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'value' in value ? value.value : value;

/** What is answered to a request that names a host; `fetch` would not let it. */
function bodyFor(url: string, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers: { host, 'x-forwarded-host': host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (part) => (body += part));
      response.on('end', () => resolve(body));
    });
    asked.on('error', reject).end();
  });
}

describeEachEngine('feeds', (store) => {
  let db: Database;
  let archive: Archive;
  let running: Running;
  const sent = recordStatements();
  const get = (path: string, init?: RequestInit) => fetched(`${running.url}/feeds/${path}`, init);

  beforeAll(async () => {
    db = await store.open(sent);
    archive = await storeArchive(db, PLAN);
    running = await serveDocumentsOf(db);
  });
  afterAll(() => running.server.close());

  test.each(FEEDS.flatMap((feed) => FORMATS.map((format) => [feed, format] as const)))(
    '%s.%s gives all that readers see, the newest first, page by page',
    async (feed, format) => {
      const titles: unknown[] = [];
      const ids = new Set<unknown>();
      for (let next: string | undefined = `${feed}.${format}`, pages = 0; next; pages++) {
        expect(pages).toBeLessThan(4);
        const response: Response = await get(next);
        expect(response.status).toBe(200);
        const page = read(format, await response.text());
        titles.push(...page.titles);
        for (const id of page.ids) ids.add(id);
        next = page.next?.replace('https://api.example/feeds/', '');
      }
      const about = archive.articles
        .slice(0, 120)
        .filter((_, turn) => feed.endsWith('-0') || feed === 'site' || turn % 2);
      expect(titles).toEqual(about.map(({ slug }) => slug));
      expect(ids.size).toBe(about.length);
    },
  );

  test.each(FORMATS)(
    'search.%s gives what a search finds, page by page, and says when nothing is new',
    async (format) => {
      const titles: unknown[] = [];
      const first = `search.${format}?q=${encodeURIComponent('"what happened"')}`;
      for (let next: string | undefined = first, pages = 0; next; pages++) {
        expect(pages).toBeLessThan(4);
        const page = read(format, await (await get(next)).text());
        titles.push(...page.titles);
        next = page.next?.replace('https://api.example/feeds/', '');
      }
      expect(titles).toEqual(archive.articles.slice(0, 120).map(({ slug }) => slug));
      const later = await serveDocumentsOf(db, { clock: heldClock(NOW + 60_000) });
      const known = { headers: { 'if-none-match': (await get(first)).headers.get('etag') ?? '' } };
      expect((await fetched(`${later.url}/feeds/${first}`, known)).status).toBe(304);
      await later.server.close();
    },
  );

  test.each([
    ['relation/topic-0.rss', 'names 1; a relation is one of 2 to 5'],
    ['relation/topic-0+topic-1+topic-2+a+b+c.rss', 'names 6; a relation is one of 2 to 5'],
    ['relation/topic-0+topic-0.rss', 'twice'],
    ['search.rss?q=+', 'what to search for'],
    [`search.rss?q=${'a'.repeat(501)}`, 'at most 500'],
  ])('%s is refused', async (path, reason) => {
    const response = await get(path);
    expect(response.status).toBe(400);
    expect(await errorsOf(response)).toMatchObject([
      { message: expect.stringContaining(reason), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  test('the formats call articles by the same names, which say nothing of where they stand', async () => {
    const [rss, atom, json] = await Promise.all(
      FORMATS.map(async (format) => read(format, await (await get(`site.${format}`)).text())),
    );
    expect(rss?.ids).toEqual(atom?.ids);
    expect(json?.ids).toEqual(atom?.ids);
    expect(atom?.ids[0]).toMatch(/^tag:news\.example,2026:\w+$/);
    expect([rss?.title, atom?.title, json?.title]).toEqual(Array(3).fill('The News & Co'));
  });

  test('types of media are those of the formats', async () => {
    const types = await Promise.all(
      FORMATS.map(async (format) => (await get(`site.${format}`)).headers.get('content-type')),
    );
    expect(types).toEqual(
      ['rss+xml', 'atom+xml', 'feed+json'].map((type) => `application/${type}; charset=utf-8`),
    );
  });

  test('links are those of the site, whatever host a request names, and texts say their direction', async () => {
    const text = await bodyFor(`${running.url}/feeds/topic/topic-1.json`, 'evil.example');
    expect(text).not.toContain('evil');
    const { items } = JSON.parse(text);
    expect(items[0]).toMatchObject({
      url: `https://news.example/articles/${at(archive.articles, 1).slug}`,
      content_html: '<div lang="fa-AF" dir="rtl"><p>What happened.</p></div>',
      authors: [{ name: 'Author 1' }],
      tags: ['Category 1'],
      language: 'fa-AF',
    });
  });

  test('who has a feed already is told that nothing changed, until something does', async () => {
    for (const format of FORMATS) {
      const first = await get(`topic/topic-2.${format}`);
      const etag = first.headers.get('etag') ?? '';
      const known = { headers: { 'if-none-match': etag } };
      expect((await get(`topic/topic-2.${format}`, known)).status).toBe(304);
      const head = await get(`topic/topic-2.${format}`, { method: 'HEAD' });
      expect([head.status, head.headers.get('etag'), await head.text()]).toEqual([200, etag, '']);
      const grown = { ...archive, articles: [...archive.articles] };
      archive = await addToArchive(db, grown, [published(500, { topics: [2], categories: [], authors: [] })]);
      expect((await get(`topic/topic-2.${format}`, known)).status).toBe(200);
    }
  });

  test('a page takes the same few statements, however much is on it', async () => {
    const count = async (path: string) => (await sent.during(() => get(path))).length;
    await count('topic/topic-2.atom');
    const few = await count('topic/topic-2.atom');
    expect(few).toBeLessThanOrEqual(7);
    expect(await count('topic/topic-0.atom')).toBe(few);
    expect(await count('site.atom')).toBe(few - 1);
  });

  test.each([
    ['site.xml', 'ends in .rss, .atom or .json'],
    ['site', 'ends in .rss, .atom or .json'],
    ['site.constructor', 'ends in .rss, .atom or .json'],
    ['sites.rss', 'There is no feed "sites"'],
    ['topic/nowhere.rss', 'There is no topic "nowhere"'],
    ['relation/topic-0+nowhere.json', 'There is no topic "nowhere"'],
    ['category/%D9%84%E2%80%AE.json', 'There is no category "\u0644\u202e"'],
    ['author/topic-0.atom', 'There is no author "topic-0"'],
  ])('%s is nowhere, and the answer names it', async (path, reason) => {
    const response = await get(path);
    expect(response.status).toBe(404);
    expect(await errorsOf(response)).toMatchObject([
      { message: expect.stringContaining(reason), extensions: { code: 'NOT_FOUND' } },
    ]);
  });

  test('a cursor that is none is refused', async () => {
    const response = await get('site.rss?after=nonsense');
    expect(response.status).toBe(400);
    expect(await errorsOf(response)).toMatchObject([
      { extensions: { code: 'BAD_CURSOR', argument: 'after' } },
    ]);
  });

  test('nothing links anywhere until somebody says where the site is', async () => {
    const nowhere = await serveDocumentsOf(db, { site: NO_SITE });
    const response = await fetched(`${nowhere.url}/feeds/site.rss`);
    expect(response.status).toBe(503);
    expect(await errorsOf(response)).toMatchObject([
      { message: expect.stringContaining('SITE_URL'), extensions: { code: 'SITE_UNKNOWN' } },
    ]);
    await nowhere.server.close();
    // Whoever reads the log learns why.
    expect(nowhere.lines).toContainEqual(expect.objectContaining({ status: 503, errors: ['SITE_UNKNOWN'] }));
  });
});

describeEachEngine('feeds of a newsroom at work', (store) => {
  test('what was renamed or merged leads on, for good', async () => {
    const db = await store.open();
    await storeArchive(db, PLAN);
    const desk = new Api(db, { actor: ACTORS.admin, clock: heldClock(NOW) });
    const running = await serveDocumentsOf(db);
    const { topic } = await desk.ask<{ topic: { id: string } }>('{ topic(slug: "topic-0") { id } }');
    await desk.ask(
      'mutation ($id: ID!) { updateTopic(input: { id: $id, slug: "کابل", expectedRevision: 1 }) { userErrors { message } } }',
      topic,
    );
    const response = await fetched(`${running.url}/feeds/topic/topic-0.atom?after=x`);
    expect([response.status, response.headers.get('location')]).toEqual([
      301,
      `${encodeURIComponent('کابل')}.atom?after=x`,
    ]);
    expect((await fetched(`${running.url}/feeds/topic/${encodeURIComponent('کابل')}.atom`)).status).toBe(200);
    await running.server.close();
  });

  test('a withdrawn article leaves every feed, and Atom says so wherever it stood', async () => {
    const db = await store.open();
    const archive = await storeArchive(db, PLAN);
    const running = await serveDocumentsOf(db);
    const text = async (path: string) => (await fetched(`${running.url}/feeds/${path}`)).text();
    const before = read('atom', await text('topic/topic-0.atom'));
    await withdraw(db, at(archive.articles, 3).slug);
    for (const path of ['site.atom', 'topic/topic-0.atom', 'category/category-2.atom']) {
      const atom = await text(path);
      expect(atom.match(/<at:deleted-entry ref="([^"]+)" when="2026-03-01T12:00:00.000Z"\/>/)?.[1]).toBe(
        before.ids[3],
      );
      expect(read('atom', atom).ids).not.toContain(before.ids[3]);
    }
    for (const format of ['rss', 'json'])
      expect(read(format, await text(`site.${format}`)).ids).not.toContain(before.ids[3]);
    await running.server.close();
  });

  test('what nobody could ever read, and what may not be used everywhere, is not told of', async () => {
    const db = await store.open();
    const archive = await storeArchive(db, {
      ...PLAN,
      articles: [
        published(1),
        published(2),
        published(3),
        published(4, { embargoUntil: NOW + HOUR }),
        published(5, { status: 'WITHDRAWN', embargoUntil: NOW + HOUR }),
        published(6, { status: 'WITHDRAWN' }),
        published(7, { status: 'WITHDRAWN' }),
      ],
    });
    await db.write(async (tx) => {
      const { articles } = tx.tables;
      const restrict = (place: number, territories: string[]) =>
        tx
          .update(articles)
          .set({ territories })
          .where(eq(articles.id, at(archive.articles, place).id));
      await restrict(1, ['AF', 'PK']);
      await restrict(6, ['AF', 'PK']);
      await restrict(2, ['001']);
    });
    const running = await serveDocumentsOf(db);
    const atom = await (await fetched(`${running.url}/feeds/site.atom`)).text();
    expect(read('atom', atom).titles).toEqual(['article-0', 'article-2']);
    expect(atom.match(/<at:deleted-entry/g)).toHaveLength(1);
    await running.server.close();
  });
});

async function withdraw(db: Database, slug: string): Promise<void> {
  const desk = new Api(db, { actor: ACTORS.admin, clock: heldClock(NOW) });
  const { article } = await desk.ask<{ article: { id: string } }>(`{ article(slug: "${slug}") { id } }`);
  const answer = await desk.ask(
    'mutation ($id: ID!) { withdrawArticle(input: { id: $id, expectedRevision: 1, note: "Wrong." }) { userErrors { message } } }',
    article,
  );
  expect(answer).toEqual({ withdrawArticle: { userErrors: [] } });
}

describeWithSharedData('feeds are valid', ['schemas/atom.rng', 'schemas/jsonfeed-1.1.schema.json'], () => {
  describeEachEngine('by the schemas', (store) => {
    test('with all that they can hold, and with nothing in them', async () => {
      const db = await store.open();
      await storeArchive(db, PLAN);
      const running = await serveDocumentsOf(db);
      const text = async (path: string) => (await fetched(`${running.url}/feeds/${path}`)).text();
      for (const feed of ['site', 'topic/topic-2']) {
        expect(await wrongIn('atom', await text(`${feed}.atom`))).toEqual([]);
        expect(
          wrongInJson('schemas/jsonfeed-1.1.schema.json', JSON.parse(await text(`${feed}.json`))),
        ).toEqual([]);
      }
      await running.server.close();
    });
  });
});
