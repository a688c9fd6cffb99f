import { type SQL, sql } from 'drizzle-orm';
import { heldClock } from '../../src/core/clock';
import type { Database } from '../../src/database';
import { errorsOf, type Running } from '../http/tiny';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { type Archive, at, HOUR, NOW } from '../support/archive';
import { describeEachEngine, recordStatements } from '../support/engines';
import { storeRichArchive } from '../support/rich-archive';
import { describeWithSharedData } from '../support/shared-data';
import { elementTexts, fetched, SITE, serveDocumentsOf, wrongInJson } from './serving';

/** Text that ends elements, sections and scripts where nobody looks, and runs from right to left. */
const TRAP = '</script>]]>\u202e کابل & "كابل" <!-- \u0001';

/** What two articles are, by their places: 0 has everything, 1 is in Urdu and a page. */
async function storeArticles(db: Database): Promise<Archive> {
  const archive = await storeRichArchive(db, 8);
  const changes: Readonly<Record<string, SQL>> = {
    'article-0': sql`title = ${TRAP}, standfirst = ${TRAP}, credit = 'Wire & Sons', licence = 'https://terms.example/1', text_and_data_mining = false, expires_at = ${NOW + HOUR}, dateline_place = 'KABUL'`,
    'article-1': sql`territories = '["AF","PK"]'`,
    'article-2': sql`embargo_until = ${NOW + HOUR}`,
    'article-3': sql`expires_at = ${NOW - HOUR}`,
    'article-4': sql`status = 'DRAFT', published_at = null`,
  };
  await db.write(async (tx) => {
    for (const [slug, change] of Object.entries(changes))
      await tx.execute(sql`update articles set ${change} where slug = ${slug}`);
  });
  return archive;
}

describeEachEngine('an article for programs', (store) => {
  let db: Database;
  let running: Running;
  const sent = recordStatements();
  const get = (path: string, init?: RequestInit) => fetched(`${running.url}/${path}`, init);

  beforeAll(async () => {
    db = await store.open(sent);
    await storeArticles(db);
    running = await serveDocumentsOf(db, { keeps: true });
  });
  afterAll(() => running.server.close());

  test('is a NewsArticle of schema.org that a page can hold as it is', async () => {
    const response = await get('articles/article-0.jsonld');
    expect(response.headers.get('content-type')).toBe('application/ld+json; charset=utf-8');
    const text = await response.text();
    expect(text).not.toContain('<');
    expect(JSON.parse(text)).toMatchObject({
      ...{ '@context': 'https://schema.org', '@type': 'NewsArticle', headline: TRAP },
      ...{ url: 'https://news.example/articles/article-0', inLanguage: 'en', dateline: 'KABUL' },
      ...{ datePublished: new Date(NOW - HOUR).toISOString(), articleBody: 'What happened.' },
      author: [
        { '@type': 'Person', name: 'Author 0', url: 'https://news.example/author/author-0' },
        { '@type': 'Person', name: 'Author 1' },
      ],
      publisher: { name: 'The News & Co', url: 'https://news.example/' },
      image: { url: 'https://news.example/1.jpg', width: 1200 },
      articleSection: ['Category 3', 'Category 4'],
      about: [{ '@type': 'Thing', name: 'Topic 3' }, { name: 'Topic 4' }],
      workTranslation: [{ url: 'https://news.example/articles/article-8', inLanguage: 'ur' }],
      ...{ creditText: 'Wire & Sons', license: 'https://terms.example/1' },
      expires: new Date(NOW + HOUR).toISOString(),
    });
  });

  test('is an item of ninjs under the same name', async () => {
    const told = async (format: string) =>
      JSON.parse(await (await get(`articles/article-0.${format}`)).text());
    const [ld, item] = [await told('jsonld'), await told('ninjs.json')];
    expect(item).toMatchObject({
      ...{ uri: ld['@id'], type: 'text', pubStatus: 'usable', title: TRAP, located: 'KABUL' },
      ...{ by: 'Author 0, Author 1', usageTerms: 'https://terms.example/1', version: '1' },
      copyrightNotice: 'Wire & Sons. https://terms.example/1. Text and data mining reserved',
    });
    expect(item.bodies[0]).toMatchObject({ contentType: 'text/html', value: '<p>What happened.</p>' });
  });

  test('says with its headers where else it is, and that machines may not learn from it', async () => {
    const { headers } = await get('articles/article-0.ninjs.json');
    const query = new URLSearchParams({ url: 'https://news.example/articles/article-0', format: 'json' });
    expect(headers.get('link')).toContain('<https://news.example/articles/article-0>; rel="canonical"');
    expect(headers.get('link')).toContain(
      `<${SITE.documents}/oembed?${query}>; rel="alternate"; type="application/json+oembed"`,
    );
    expect([headers.get('tdm-reservation'), headers.get('tdm-policy')]).toEqual([
      '1',
      'https://terms.example/1',
    ]);
    expect((await get('articles/article-5.jsonld')).headers.get('tdm-reservation')).toBeNull();
    // The second time it is kept.
    expect((await get('articles/article-0.ninjs.json')).headers.get('tdm-reservation')).toBe('1');
  });

  test('can be shown within other pages by its address', async () => {
    const url = 'https://news.example/articles/article-0';
    const query = new URLSearchParams({ url, maxwidth: '400' });
    const told = JSON.parse(await (await get(`oembed?${query}`)).text());
    expect(told).toMatchObject({
      ...{ version: '1.0', type: 'rich', title: TRAP, width: 400, provider_name: 'The News & Co' },
      author_name: 'Author 0, Author 1',
    });
    expect(told.html).toMatch(/^<blockquote lang="en" dir="ltr" cite="https:\/\/news\.example/);
    expect(told.html).not.toContain('</script>');
    expect(told).not.toHaveProperty('thumbnail_url');
    expect(await (await get(`oembed?${new URLSearchParams({ url })}`)).json()).toMatchObject({
      thumbnail_width: 1200,
    });
    const xml = await get(`oembed?${new URLSearchParams({ url, format: 'xml' })}`);
    expect(xml.headers.get('content-type')).toBe('text/xml; charset=utf-8');
    const text = await xml.text();
    expect(elementTexts(text, 'title')).toEqual([TRAP.replace('\u0001', '\ufffd')]);
    expect(elementTexts(text, 'html')[0]).toMatch(/^<blockquote/);
  });

  test.each([
    ['articles/article-1.jsonld', 403, 'RIGHTS_RESTRICTED'],
    ['articles/article-2.jsonld', 404, 'NOT_FOUND'],
    ['articles/article-3.ninjs.json', 404, 'NOT_FOUND'],
    ['articles/article-4.ninjs.json', 404, 'NOT_FOUND'],
    ['articles/nothing.jsonld', 404, 'NOT_FOUND'],
    ['articles/article-0.html', 404, 'NOT_FOUND'],
    ['articles/article-0', 404, 'NOT_FOUND'],
    [`oembed?url=${encodeURIComponent('https://news.example/articles/article-1')}`, 403, 'RIGHTS_RESTRICTED'],
    [`oembed?url=${encodeURIComponent('https://news.example/articles/article-2')}`, 404, 'NOT_FOUND'],
    [`oembed?url=${encodeURIComponent('https://news.example.evil/articles/article-0')}`, 404, 'NOT_FOUND'],
    [`oembed?url=${encodeURIComponent('https://news.example/category/category-0')}`, 404, 'NOT_FOUND'],
    [`oembed?format=yaml&url=${encodeURIComponent('https://news.example/')}`, 501, 'NOT_IMPLEMENTED'],
    ['oembed', 400, 'BAD_USER_INPUT'],
  ])('%s is answered with %i', async (path, status, code) => {
    const response = await get(path);
    expect(response.status).toBe(status);
    expect(await errorsOf(response)).toMatchObject([{ extensions: { code } }]);
  });

  test('leads on from a slug that it had, and is gone for good when it was withdrawn', async () => {
    const desk = new Api(db, { actor: ACTORS.admin, clock: heldClock(NOW) });
    const { article } = await desk.ask<{ article: { id: string } }>('{ article(slug: "article-6") { id } }');
    const change = async (mutation: string, fields: string) =>
      desk.ask(
        `mutation ($id: ID!) { ${mutation}(input: { id: $id, ${fields} }) { userErrors { message } } }`,
        article,
      );
    const oembed = `oembed?url=${encodeURIComponent('https://news.example/articles/article-6')}`;
    expect((await get('articles/article-6.jsonld')).status).toBe(200);
    await change('updateArticle', 'slug: "کابل", expectedRevision: 1');
    const moved = await get('articles/article-6.jsonld');
    expect([moved.status, moved.headers.get('location')]).toEqual([
      301,
      `${encodeURIComponent('کابل')}.jsonld`,
    ]);
    expect((await get(oembed)).status).toBe(200);
    await change('withdrawArticle', 'note: "Wrong.", expectedRevision: 2');
    for (const path of [`articles/${encodeURIComponent('کابل')}.ninjs.json`, oembed]) {
      const gone = await get(path);
      expect(gone.status).toBe(410);
      expect(await errorsOf(gone)).toMatchObject([{ extensions: { code: 'GONE' } }]);
    }
  });

  test('takes a few statements, and none while it is kept', async () => {
    // The server looks what others have changed on its own account, whenever it is time.
    const asked = async () =>
      (await sent.during(() => get('articles/article-7.jsonld'))).filter((text) => /article/.test(text));
    const atFirst = await asked();
    expect(atFirst.length).toBeGreaterThan(0);
    expect(atFirst.length).toBeLessThanOrEqual(16);
    expect(await asked()).toEqual([]);
  });
});

describeWithSharedData('articles are valid', ['schemas/ninjs-schema_3.1.json'], () => {
  describeEachEngine('by the schema of ninjs', (store) => {
    test('with all that they can hold, and with little', async () => {
      const db = await store.open();
      const { articles } = await storeArticles(db);
      const running = await serveDocumentsOf(db);
      for (const { slug } of [at(articles, 0), at(articles, 5), at(articles, 13)]) {
        const item = await (await fetched(`${running.url}/articles/${slug}.ninjs.json`)).json();
        expect([slug, item]).toMatchObject([slug, { uri: expect.any(String) }]);
        expect(wrongInJson('schemas/ninjs-schema_3.1.json', item)).toEqual([]);
      }
      await running.server.close();
    });
  });
});
