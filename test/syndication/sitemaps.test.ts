import { sql } from 'drizzle-orm';
import { heldClock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import { errorsOf, type Running } from '../http/tiny';
import { HOUR, NOW, type PlannedArticle, storeArchive } from '../support/archive';
import { describeEachEngine, describeEngine, recordStatements } from '../support/engines';
import { describeWithSharedData } from '../support/shared-data';
import { elementTexts, fetched, SITE, serveDocumentsOf, wrongIn } from './serving';

const published = (hours: number, more: Partial<PlannedArticle> = {}): PlannedArticle => ({
  ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', publishedAt: NOW - hours * HOUR },
  ...{ updatedAt: NOW - hours * HOUR, embargoUntil: null, expiresAt: null },
  ...{ authors: [0], categories: [0], topics: [0], ...more },
});

/** Category 1 stands below 0; topic 1 and author 1 have nothing listed under them. */
const PLAN = {
  ...{ authors: 2, categories: [null, 0], topics: [null, null] },
  articles: [
    published(1),
    published(47, { language: 'fa-AF' }),
    published(49),
    published(2, { kind: 'PAGE' }),
    published(3, { embargoUntil: NOW + HOUR }),
    published(4, { expiresAt: NOW - HOUR }),
    published(5, { status: 'DRAFT', publishedAt: null }),
    published(6, { status: 'WITHDRAWN' }),
    published(7),
  ],
};

const article = (place: number) => `https://news.example/articles/article-${place}`;

describeEachEngine('sitemaps', (store) => {
  let db: Database;
  let running: Running;
  const sent = recordStatements();
  const get = (path: string, init?: RequestInit) => fetched(`${running.url}/${path}`, init);
  const locations = async (path: string) => elementTexts(await (await get(path)).text(), 'loc');

  beforeAll(async () => {
    db = await store.open(sent);
    await storeArchive(db, PLAN);
    await db.write((tx) =>
      tx.execute(
        sql`update articles set title = '<]]>' || ${'\u0001'} || '&خبر', canonical_url = case slug when 'article-8' then 'https://elsewhere.example/copy' end`,
      ),
    );
    running = await serveDocumentsOf(db);
  });
  afterAll(() => running.server.close());

  test('the index names a file of each kind of page', async () => {
    expect(await locations('sitemap.xml')).toEqual(
      ['site', 'articles', 'topics', 'authors'].map((name) => `https://api.example/sitemap-${name}-1.xml`),
    );
    const [lastmod] = elementTexts(await (await get('sitemap.xml')).text(), 'lastmod');
    expect(lastmod).toBe(new Date(NOW - HOUR).toISOString());
  });

  test('the files name what everybody may see, and nothing that has its place elsewhere', async () => {
    expect(await locations('sitemap-articles-1.xml')).toEqual([0, 1, 2, 3].map(article));
    expect(await locations('sitemap-site-1.xml')).toEqual([
      'https://news.example/',
      'https://news.example/category/category-0',
      'https://news.example/category/category-0/category-1',
    ]);
    expect(await locations('sitemap-topics-1.xml')).toEqual(['https://news.example/topic/topic-0']);
    expect(await locations('sitemap-authors-1.xml')).toEqual(['https://news.example/author/author-0']);
  });

  test('news are the articles of the last 48 hours, the newest first, as a newsroom calls them', async () => {
    const xml = await (await get('sitemap-news.xml')).text();
    expect(elementTexts(xml, 'loc')).toEqual([0, 1].map(article));
    expect(elementTexts(xml, 'news:title')).toEqual(Array(2).fill('<]]>&خبر'));
    expect(elementTexts(xml, 'news:language')).toEqual(['en', 'fa']);
    expect(elementTexts(xml, 'news:name')).toEqual(Array(2).fill('The News & Co'));
    expect(elementTexts(xml, 'news:publication_date')[1]).toBe(new Date(NOW - 47 * HOUR).toISOString());
  });

  test('where there are no news the front page stands', async () => {
    const later = await serveDocumentsOf(db, { clock: heldClock(NOW + 100 * HOUR) });
    const xml = await (await fetched(`${later.url}/sitemap-news.xml`)).text();
    expect(elementTexts(xml, 'loc')).toEqual(['https://news.example/']);
    await later.server.close();
  });

  test.each([
    'sitemap.xml',
    'sitemap-news.xml',
    'sitemap-articles-1.xml',
    'sitemap-topics-1.xml',
    'sitemap-site-1.xml',
    'robots.txt',
  ])('who has %s already is told that nothing changed', async (path) => {
    const etag = (await get(path)).headers.get('etag') ?? '';
    expect(etag).not.toBe('');
    expect((await get(path, { headers: { 'if-none-match': etag } })).status).toBe(304);
  });

  test('each takes a few statements', async () => {
    for (const path of ['sitemap.xml', 'sitemap-articles-1.xml', 'sitemap-news.xml', 'sitemap-topics-1.xml'])
      expect((await sent.during(() => get(path))).length).toBeLessThanOrEqual(8);
  });

  test.each(['sitemap-articles-2.xml', 'sitemap-articles-0.xml', 'sitemap-pages-1.xml', 'sitemap.xml/1'])(
    '%s is nowhere',
    async (path) => {
      const response = await get(path);
      expect(response.status).toBe(404);
      expect(await errorsOf(response)).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    },
  );

  test('robots are told where the sitemaps are', async () => {
    const text = await (await get('robots.txt')).text();
    expect(text).toContain(
      `Sitemap: ${SITE.documents}/sitemap.xml\nSitemap: ${SITE.documents}/sitemap-news.xml\n`,
    );
  });
});

describeEngine('sqlite', 'a hundred thousand articles', (store) => {
  test('are files of 50,000 that come as a stream', async () => {
    const db = await store.open();
    await db.write((tx) =>
      tx.execute(sql`insert into articles (kind, status, slug, path, language, title, created_at, updated_at, published_at)
        with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < 100000)
        select 'ARTICLE', 'PUBLISHED', 'a-' || n, '/' || n, 'en', 'Title', ${NOW}, ${NOW}, ${NOW} - n * 100 from numbers`),
    );
    const running = await serveDocumentsOf(db);
    const index = await (await fetched(`${running.url}/sitemap.xml`)).text();
    const files = elementTexts(index, 'loc').filter((url) => url.includes('articles'));
    expect(files).toEqual([1, 2].map((file) => `https://api.example/sitemap-articles-${file}.xml`));
    let rest = '';
    let [urls, longest] = [0, 0];
    const decoder = new TextDecoder();
    for await (const chunk of (await fetch(`${running.url}/sitemap-articles-2.xml`)).body ?? []) {
      const parts = (rest + decoder.decode(chunk, { stream: true })).split('</url>');
      rest = parts.pop() ?? '';
      urls += parts.length;
      longest = Math.max(longest, chunk.length);
    }
    expect([urls, rest]).toEqual([50_000, '</urlset>']);
    expect(longest).toBeLessThan(200_000);
    const news = await (await fetched(`${running.url}/sitemap-news.xml`)).text();
    expect(elementTexts(news, 'loc')).toHaveLength(1_000);
    await running.server.close();
  });
});

describeWithSharedData(
  'sitemaps are valid',
  ['schemas/sitemap-all.xsd', 'schemas/sitemap.xsd', 'schemas/sitemap-news.xsd'],
  () => {
    describeEachEngine('by the schemas', (store) => {
      test('with all that they can hold, and with nothing in them', async () => {
        const db = await store.open();
        const running = await serveDocumentsOf(db);
        const valid = async (path: string) =>
          expect(await wrongIn('sitemap', await (await fetched(`${running.url}/${path}`)).text())).toEqual(
            [],
          );
        for (const path of ['sitemap-news.xml', 'sitemap-site-1.xml']) await valid(path);
        await storeArchive(db, PLAN);
        await db.write((tx) =>
          tx.execute(
            sql`update articles set title = ${'\u0001'}, path = '/' || ${'ښار '.repeat(20)} || slug`,
          ),
        );
        for (const path of ['sitemap-news.xml', 'sitemap-articles-1.xml', 'sitemap-topics-1.xml'])
          await valid(path);
        await running.server.close();
      });
    });
  },
);
