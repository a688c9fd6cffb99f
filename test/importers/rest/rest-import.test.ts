import { sql } from 'drizzle-orm';
import type { Database } from '../../../src/database';
import { Api } from '../../support/api';
import { describeEachEngine } from '../../support/engines';
import { FakeWordPress } from './fake-wordpress';
import { box, clock, fillNewsroom, importSite } from './newsroom-site';
import { CREDENTIALS } from './wordpress-routes';

describeEachEngine('the import of a site through its REST API', (store) => {
  let site: FakeWordPress;
  let database: Database;
  beforeEach(async () => {
    site = await FakeWordPress.start();
    fillNewsroom(site.content);
    database = await store.open();
  });
  afterEach(() => site.stop());

  const ask = <T>(query: string) => new Api(database, { clock }).ask<T>(query);
  const titles = async () => {
    const rows = await database.rows<{ title: string; status: string }>(
      sql`select title, status from articles order by title`,
    );
    return rows.map(({ title, status }) => `${title}: ${status}`);
  };

  test('brings what readers see, with everything that belongs to it', async () => {
    const report = await importSite(database, site);
    expect(report.lost).toBe(false);
    expect(Object.fromEntries([...report.rows].map(([kind, { created }]) => [kind, created]))).toEqual({
      ...{ authors: 2, categories: 2, topics: 3, images: 1, articles: 2, pages: 1, comments: 2, other: 0 },
    });
    const answer = await ask(`{ article(slug: "torkham") {
      title standfirst path language pinned publishedAt updatedAt commentCount canonicalUrl
      body { html } authors { slug name } categories { slug parent { slug description } } topics { topic { slug name } }
      leadImage { url alt caption credit width height } } }`);
    expect(answer).toEqual({
      article: {
        title: 'Torkham’s “long” day — again',
        standfirst: 'A gate that opens late.',
        path: '/2026/01/torkham',
        canonicalUrl: 'https://news.example/2026/01/torkham/',
        language: 'en-GB',
        pinned: true,
        publishedAt: '2026-01-05T15:00:00.000Z',
        updatedAt: '2026-01-05T15:00:00.000Z',
        commentCount: 2,
        body: { html: '<p>The gate didn’t open.</p>' },
        authors: [{ slug: 'maria', name: 'Maria Gul' }],
        categories: [{ slug: 'crossings', parent: { slug: 'border', description: 'The line.' } }],
        topics: expect.arrayContaining([
          { topic: { slug: 'پاکستان', name: 'پاکستان' } },
          { topic: { slug: 'q-and-a', name: 'Q&A' } },
          { topic: { slug: 'east', name: 'East' } },
        ]),
        leadImage: {
          url: 'https://news.example/wp-content/uploads/2026/01/picture-20.jpg',
          ...{ alt: 'A gate', caption: 'The gate’s “first” day', credit: 'AFP', width: 1600, height: 900 },
        },
      },
    });
  });

  test('has no standfirst where WordPress shows the beginning of the text for one', async () => {
    const words = Array.from({ length: 80 }, (_, index) => `word${index}`).join(' ');
    site.content.post(201, { content: `<!-- wp:paragraph -->\n<p>${words}</p>\n<!-- /wp:paragraph -->` });
    await importSite(database, site);
    expect(
      await ask(
        '{ long: article(slug: "post-201") { standfirst } short: article(slug: "گذرگاه") { standfirst } }',
      ),
    ).toEqual({ long: { standfirst: null }, short: { standfirst: null } });
  });

  test('removes and counts shortcodes that nothing on the site has done, and keeps what is shown', async () => {
    const report = await importSite(database, site);
    expect([...report.reasons]).toContainEqual(['removed-shortcode: contact-form-7', 1]);
    expect(
      await ask('{ article(slug: "گذرگاه") { language direction body { html } authors { name } } }'),
    ).toEqual({
      article: {
        ...{ language: 'fa-AF', direction: 'RTL', authors: [{ name: 'Nazar & Sons' }] },
        body: { html: '<p>First line.</p>\n<p>Second line with .</p>' },
      },
    });
  });

  test('gives pictures that pages load late their address', async () => {
    const image =
      '<img class="lazy" src="data:image/gif;base64,R0lGOD" data-src="https://news.example/a.jpg" alt="A">';
    site.content.post(201, { content: `<p>Look:</p><figure>${image}</figure>` });
    await importSite(database, site);
    const [row] = await database.rows<{ html: string }>(
      sql`select b.html from article_bodies b join articles a on a.id = b.article_id where a.slug = 'post-201'`,
    );
    expect(row?.html).toContain('src="https://news.example/a.jpg"');
  });

  test('never shows what is a draft, to come, in the bin or behind a password, and says what it leaves out', async () => {
    const report = await importSite(database, site);
    expect(await titles()).toEqual([
      'About us: PUBLISHED',
      'Torkham’s “long” day — again: PUBLISHED',
      'گذرگاه: PUBLISHED',
    ]);
    expect(report.skipped).toContainEqual({
      kind: 'other',
      reason: 'post: it is behind a password, and its text is shown to editors only',
      count: 1,
    });
    expect(await database.rows(sql`select id from comments`)).toHaveLength(2);
  });

  test('brings the types of posts that are asked for, wherever they are, and refuses what the site has not', async () => {
    await importSite(database, site, { postTypes: ['report'] });
    expect(await ask('{ article(slug: "floods") { title topics { topic { slug } } } }')).toEqual({
      article: { title: 'Floods', topics: [{ topic: { slug: 'east' } }] },
    });
    expect(site.counts()).toHaveProperty('newsroom/v1/reports');
    await expect(importSite(database, site, { postTypes: ['podcast'] })).rejects.toThrow(
      'The site shows no post type "podcast". It shows: post, page, report.',
    );
  });

  test('takes the main category from what Yoast tells search engines', async () => {
    const yoast = (slug: string) => ({
      yoast_head_json: {
        title: 'x',
        schema: {
          '@graph': [
            { '@type': 'Article', articleSection: ['Border', 'Crossings'] },
            {
              '@type': 'BreadcrumbList',
              itemListElement: [
                { '@type': 'ListItem', position: 1, name: 'Home', item: 'https://news.example/' },
                { '@type': 'ListItem', position: 2, item: `https://news.example/category/${slug}/` },
                { '@type': 'ListItem', position: 3, name: 'The post' },
              ],
            },
          ],
        },
      },
    });
    site.content.post(201, { terms: { category: [2, 3] }, more: yoast('border') });
    site.content.post(202, { terms: { category: [2, 3] }, more: yoast('crossings') });
    await importSite(database, site);
    expect(
      await ask(
        '{ a: article(slug: "post-201") { primaryCategory { slug } } b: article(slug: "post-202") { primaryCategory { slug } } }',
      ),
    ).toEqual({ a: { primaryCategory: { slug: 'border' } }, b: { primaryCategory: { slug: 'crossings' } } });
  });

  test('knows translations by what Polylang and WPML say', async () => {
    site.content.post(201, { more: { lang: 'en', translations: { en: 201, fa: 202 } } });
    site.content.post(202, { more: { lang: 'fa', translations: { en: 201, fa: 202 } } });
    site.content.post(203, {
      more: { wpml_current_locale: 'en_US', wpml_translations: [{ id: 204, locale: 'ps' }] },
    });
    site.content.post(204, {
      more: { wpml_current_locale: 'ps', wpml_translations: [{ id: 203, locale: 'en_US' }] },
    });
    site.content.post(205, { more: { lang: false, translations: [] } });
    await importSite(database, site);
    const query = '{ language translations { slug language } }';
    expect(
      await ask(
        `{ a: article(slug: "post-201") ${query} b: article(slug: "post-204") ${query} c: article(slug: "post-205") ${query} }`,
      ),
    ).toEqual({
      a: { language: 'en-US', translations: [{ slug: 'post-202', language: 'fa-AF' }] },
      b: { language: 'ps', translations: [{ slug: 'post-203', language: 'en-US' }] },
      c: { language: 'en-GB', translations: [] },
    });
  });

  test('names everybody who has written an article, where a plugin tells that', async () => {
    site.content.term(8, 'author', 'cap-maria', {
      name: 'maria',
      description: 'Maria Gul maria@private.example',
    });
    site.content.term(9, 'author', 'cap-guest', { name: 'A Guest' });
    site.content.post(201, { terms: { author: [9, 8] } });
    await importSite(database, site);
    expect(await ask('{ article(slug: "post-201") { authors { name } topics { topic { slug } } } }')).toEqual(
      {
        article: { authors: [{ name: 'A Guest' }, { name: 'Maria Gul' }], topics: [] },
      },
    );
    expect(await database.rows(sql`select slug from topics where slug like 'cap-%'`)).toEqual([]);
  });

  describe('with credentials', () => {
    const editor = { credentials: CREDENTIALS };

    test('shows the pictures of galleries, by number and by post', async () => {
      site.content.picture(301, { parent: 201 });
      site.content.picture(302, { caption: 'Second' });
      site.content.post(201, { content: 'Own: [gallery]' });
      site.content.post(202, {
        content: 'Named: [gallery ids="302,301,9999"] and of nothing: [gallery id="x"]',
      });
      await importSite(database, site, editor);
      const rows = await database.rows<{ html: string }>(
        sql`select b.html from article_bodies b join articles a on a.id = b.article_id where a.slug in ('post-201', 'post-202') order by a.slug`,
      );
      const pictures = rows.map(({ html }) => [...html.matchAll(/picture-(\d+)\.jpg/g)].map(([, id]) => id));
      expect(pictures).toEqual([['301'], ['302', '301']]);
      expect(rows[1]?.html).toContain('<figcaption>Second</figcaption>');
    });

    test('sees drafts, what is to come and held comments, and keeps addresses sealed', async () => {
      const report = await importSite(database, site, editor);
      expect(report.lost).toBe(false);
      expect(await titles()).toEqual([
        'About us: PUBLISHED',
        'Members only: DRAFT',
        'Not yet: DRAFT',
        'Tomorrow: SCHEDULED',
        `Torkham's "long" day -- again: PUBLISHED`,
        'گذرگاه: PUBLISHED',
      ]);
      const statuses = await database.rows<{ status: string }>(
        sql`select status from comments order by created_at`,
      );
      expect(statuses.map(({ status }) => status)).toEqual(['APPROVED', 'APPROVED', 'PENDING', 'APPROVED']);
      const sealed = await database.rows<{ email_sealed: string }>(
        sql`select email_sealed from comment_private`,
      );
      expect(sealed.map((row) => box.open(row.email_sealed))).toContain('reader501@private.example');
      expect(JSON.stringify([sealed, [...report.reasons], report.notes])).not.toContain('private.example');
    });

    test('are sent in a header with every request, and are in no report', async () => {
      const report = await importSite(database, site, editor);
      expect(new Set(site.asked.map(({ authorization }) => authorization))).toEqual(
        new Set([`Basic ${Buffer.from('desk:abcd EFGH 1234').toString('base64')}`]),
      );
      expect(site.asked.some(({ parameters }) => parameters.toString().includes('EFGH'))).toBe(false);
      expect(JSON.stringify([[...report.reasons], report.notes])).not.toContain('EFGH');
    });

    test('that the site does not accept end the import before anything is read', async () => {
      const wrong = { credentials: { user: 'desk', password: 'wrong' } };
      const refused = importSite(database, site, wrong);
      await expect(refused).rejects.toThrow('WORDPRESS_CREDENTIALS');
      await expect(refused).rejects.not.toThrow('wrong');
      expect(await database.rows(sql`select seq from changes`)).toEqual([]);
    });

    test('of somebody who may see no more than readers bring what readers see, and that is said', async () => {
      const report = await importSite(database, site, { credentials: { user: 'subscriber', password: 'x' } });
      expect(await titles()).toHaveLength(3);
      expect([...report.reasons.keys()]).toContain(
        'drafts: the user of WORDPRESS_CREDENTIALS may not see them',
      );
    });

    test('are never sent unencrypted to another machine', async () => {
      const far = importSite(database, site, { ...editor, address: 'http://news.example/wp-json' });
      await expect(far).rejects.toThrow('the application password is sent over https only');
    });
  });

  describe('that keeps its users to itself', () => {
    test('asks for authors one by one', async () => {
      site.settings.closed.add('wp/v2/users');
      const report = await importSite(database, site);
      expect(report.lost).toBe(false);
      expect([...report.reasons.keys()]).toContain(
        'authors are asked for one by one: the site shows no list of them (401)',
      );
      expect(await ask('{ authors { nodes { name } } }')).toEqual({
        authors: { nodes: [{ name: 'Maria Gul' }, { name: 'Nazar & Sons' }] },
      });
    });

    test('finds them at their posts', async () => {
      for (const route of ['wp/v2/users', 'wp/v2/users/{id}']) site.settings.closed.add(route);
      const report = await importSite(database, site);
      expect(report.lost).toBe(false);
      expect(await ask('{ article(slug: "torkham") { authors { slug name } } }')).toEqual({
        article: { authors: [{ slug: 'maria', name: 'Maria Gul' }] },
      });
    });

    test('says whom nothing tells the name of', async () => {
      for (const route of ['wp/v2/users', 'wp/v2/users/{id}']) site.settings.closed.add(route);
      site.content.users = site.content.users.filter(({ id }) => id !== 2);
      const report = await importSite(database, site);
      expect(report.lost).toBe(true);
      expect(report.notes.map(({ message }) => message)).toEqual([
        'The site does not say who author 2 is: their articles have no author.',
      ]);
      expect(await titles()).toHaveLength(3);
    });
  });

  test('goes without comments where the site keeps them to itself, and does not call that whole', async () => {
    site.settings.closed.add('wp/v2/comments');
    const report = await importSite(database, site);
    expect(report.lost).toBe(true);
    expect(report.notes.map(({ message }) => message)).toEqual([
      'The comments cannot be read: the site keeps them to itself.',
    ]);
    expect(await titles()).toHaveLength(3);
  });

  test('reads many pages of everything, none of them twice, with no more requests at once than it may', async () => {
    for (let id = 1_000; id < 1_450; id += 1) {
      site.content.post(id, { terms: { post_tag: [id + 10_000] } });
      site.content.term(id + 10_000, 'post_tag', `tag-${id}`);
      site.content.picture(id + 1_000_000);
      site.content.comment(id, id);
      site.content.comment(id + 5_000, 1_000);
    }
    site.latency = 5;
    const report = await importSite(database, site, { atOnce: 3 });
    expect(report.rows.get('articles')).toMatchObject({ created: 452 });
    expect(report.rows.get('comments')).toMatchObject({ created: 902 });
    expect(report.rows.get('images')).toMatchObject({ created: 451 });
    expect(report.lost).toBe(false);
    expect(site.mostAtOnce).toBe(3);
    const full = site.asked.filter(({ parameters }) => parameters.get('_fields')?.includes('content,'));
    const asked = full.flatMap(({ parameters }) => parameters.get('include')?.split(',') ?? []);
    expect(new Set(asked).size).toBe(asked.length);
  });

  test('takes the pages that a site allows', async () => {
    for (let id = 1_000; id < 1_130; id += 1) site.content.post(id);
    site.settings.mostPerPage = 20;
    const report = await importSite(database, site);
    expect(report.rows.get('articles')).toMatchObject({ created: 132 });
    expect(report.lost).toBe(false);
  });

  test('tells how far it is before the first record comes, and to the end', async () => {
    for (let id = 1_000; id < 1_450; id += 1) site.content.post(id);
    const told: { phase: string; share: number | null }[] = [];
    await importSite(database, site, {}, ({ phase, share }) => told.push({ phase, share }));
    const shares = (phase: string) =>
      told.filter((each) => each.phase === phase).map(({ share }) => share ?? 0);
    expect(shares('SURVEY').filter((share) => share > 0 && share < 0.5).length).toBeGreaterThan(3);
    for (const phase of ['SURVEY', 'ARTICLES']) {
      expect(shares(phase)).toEqual([...shares(phase)].sort((a, b) => a - b));
    }
    expect(shares('ARTICLES').at(-1)).toBe(1);
  });

  describe('is found', () => {
    test.each([
      ['at its home page', ''],
      ['at its API', '/wp-json/'],
      ['at a route of its API', '/wp-json/wp/v2/posts'],
    ])('%s', async (_, path) => {
      await importSite(database, site, { address: site.address + path });
      expect(await titles()).toHaveLength(3);
    });

    test('behind ?rest_route= where it has no pretty permalinks', async () => {
      site.settings.plainPermalinks = true;
      const report = await importSite(database, site);
      expect(report.lost).toBe(false);
      expect(await titles()).toHaveLength(3);
    });

    test('under the name that an export gives it, whatever address it was asked at', async () => {
      await importSite(database, site);
      const sources = await database.rows(sql`select distinct source from import_keys`);
      expect(sources).toEqual([{ source: 'wordpress:https://news.example' }]);
    });

    test('by what its home page says', async () => {
      site.settings.hiddenAt = '/api/';
      await importSite(database, site);
      expect(await titles()).toHaveLength(3);
    });

    test('to be for those only whom it knows', async () => {
      site.settings.closed.add('');
      await expect(importSite(database, site)).rejects.toThrow(
        'only to those it knows: set WORDPRESS_CREDENTIALS',
      );
    });

    test('or it is said what was tried', async () => {
      site.settings.hiddenAt = null;
      site.settings.plainPermalinks = true;
      site.interfere = () => ({ kind: 'status', status: 404, body: '<title>Not here</title>' });
      const failed = importSite(database, site);
      await expect(failed).rejects.toThrow(/There is no WordPress REST API at http:\/\/127\.0\.0\.1:\d+\/:/);
      await expect(failed).rejects.toThrow(/wp-json\/\?_fields=\S+ answers 404 \(a page "Page not found"\)/);
      await expect(failed).rejects.toThrow(/rest_route=\S+ answers 404 \(a page "Not here"\)/);
    });
  });
});
