import { sql } from 'drizzle-orm';
import type { Database } from '../../../src/database';
import { describeEachEngine } from '../../support/engines';
import { type Asked, FakeWordPress, type Trouble } from './fake-wordpress';
import { fillNewsroom, importSite, QUICK } from './newsroom-site';
import { stateOf } from './state';

/** Posts in full, a hundred at once. */
const inFull = ({ parameters }: Asked) => parameters.get('_fields')?.includes('excerpt') === true;

describeEachEngine('a site that gives trouble', (store) => {
  let site: FakeWordPress;
  let database: Database;
  beforeEach(async () => {
    site = await FakeWordPress.start();
    fillNewsroom(site.content);
    for (let id = 1_000; id < 1_230; id += 1) site.content.post(id);
    database = await store.open();
  });
  afterEach(() => site.stop());

  const titles = async () => {
    const rows = await database.rows<{ title: string }>(sql`select title from articles order by title`);
    return rows.map(({ title }) => title);
  };
  /** What a site without any trouble gives. */
  const untroubled = () =>
    store.using(async (other) => {
      const quiet = await FakeWordPress.start();
      quiet.content.posts = site.content.posts;
      Object.assign(quiet.content, { ...site.content });
      await importSite(other, quiet);
      await quiet.stop();
      return stateOf(other);
    });

  describe('that passes', () => {
    const troubles: [string, Trouble][] = [
      ['429 and a second to wait', { kind: 'status', status: 429, headers: { 'retry-after': '1' } }],
      [
        '503 until a date',
        { kind: 'status', status: 503, headers: { 'retry-after': new Date(0).toUTCString() } },
      ],
      ['500', { kind: 'status', status: 500 }],
      ['502 from something in between', { kind: 'status', status: 502, body: '<html>Bad gateway</html>' }],
      ['a page with a fault of the database', { kind: 'html' }],
      ['data that is cut off', { kind: 'broken-json' }],
      ['a connection that is reset', { kind: 'reset' }],
      ['a connection that is closed in the middle of an answer', { kind: 'cut' }],
      ['no answer for too long', { kind: 'hang' }],
    ];

    test.each(troubles)('as %s does, costs nothing but time', async (_, trouble) => {
      const seen = new Map<string, number>();
      // The first time that anything is asked it fails.
      site.interfere = ({ route, parameters }) => {
        const key = `${route}?${parameters}`;
        seen.set(key, (seen.get(key) ?? 0) + 1);
        const important = ['wp/v2/posts', 'wp/v2/comments', 'wp/v2/categories', 'wp/v2/media'].includes(
          route,
        );
        return seen.get(key) === 1 && important && seen.size % 4 === 0 ? trouble : undefined;
      };
      const report = await importSite(database, site, { http: { answerTime: 400, answerBytes: 10_000_000 } });
      expect(report.lost).toBe(false);
      expect([...seen.values()].some((times) => times > 1)).toBe(true);
      expect(await stateOf(database)).toEqual(await untroubled());
    });

    test('waits as long as the site asks for', async () => {
      const times: number[] = [];
      site.interfere = (asked) => {
        if (asked.route !== 'wp/v2/tags') return undefined;
        times.push(performance.now());
        return times.length === 1
          ? { kind: 'status', status: 429, headers: { 'retry-after': '1' } }
          : undefined;
      };
      await importSite(database, site);
      expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(995);
    });

    test.each<[string, string]>([
      ['a byte order mark', '\ufeff'],
      [
        'messages of PHP',
        '<br />\n<b>Warning</b>:  Undefined array key "x[0]" in <b>/srv/b.php</b> on line <b>3</b><br />\n',
      ],
    ])('as %s before the data is, is looked past', async (_, text) => {
      site.interfere = () => ({ kind: 'before', text });
      const report = await importSite(database, site);
      expect(report.lost).toBe(false);
      expect(await titles()).toHaveLength(233);
    });
  });

  describe('with one item', () => {
    const broken = (id: number): void => {
      site.interfere = ({ parameters }) =>
        parameters.get('include')?.split(',').includes(String(id)) && parameters.get('_fields') !== 'id'
          ? {
              kind: 'status',
              status: 500,
              body: '<title>There has been a critical error on this website.</title>',
            }
          : undefined;
    };

    test('loses that one only, and says which and why', async () => {
      broken(1_117);
      const report = await importSite(database, site, { tries: { ...QUICK, tries: 2 } });
      expect(report.lost).toBe(true);
      expect(report.notes.map(({ message }) => message)).toEqual([
        expect.stringMatching(
          /^wp\/v2\/posts: item 1117 cannot be read\. .* answers 500 \(a page "There has been a critical error/,
        ),
      ]);
      expect(await titles()).toHaveLength(232);
      expect(await titles()).not.toContain('Post 1117');
      site.interfere = () => undefined;
      const again = await importSite(database, site);
      expect(again.rows.get('articles')).toMatchObject({ created: 1 });
      expect(again.lost).toBe(false);
    });

    test('loses a picture that cannot be told, and asks for all of them the next time', async () => {
      for (let id = 30; id < 60; id += 1) site.content.picture(id);
      site.interfere = ({ route, parameters }) => {
        const offset = Number(parameters.get('offset'));
        const holds =
          route === 'wp/v2/media' && offset <= 12 && 12 < offset + Number(parameters.get('per_page'));
        return holds && parameters.get('_fields')?.includes('alt_text')
          ? { kind: 'status', status: 500 }
          : undefined;
      };
      const report = await importSite(database, site, { tries: { ...QUICK, tries: 2 } });
      expect(report.notes.map(({ message }) => message)).toEqual([
        expect.stringMatching(/^wp\/v2\/media: the item at place 13 cannot be read/),
      ]);
      expect(report.rows.get('images')).toMatchObject({ created: 30 });
      site.interfere = () => undefined;
      expect((await importSite(database, site)).rows.get('images')).toMatchObject({ created: 1 });
    });

    test('reads answers that are too large in smaller pieces', async () => {
      for (let id = 2_000; id < 2_050; id += 1)
        site.content.post(id, { content: `<p>${'word '.repeat(2_000)}</p>` });
      const report = await importSite(database, site, { http: { answerTime: 5_000, answerBytes: 100_000 } });
      expect(report.lost).toBe(false);
      expect(await titles()).toHaveLength(283);
    });
  });

  describe('that does not pass', () => {
    test('ends the run with what it was, and keeps what has arrived for the next one', async () => {
      let full = 0;
      site.interfere = (asked) => {
        if (inFull(asked)) full += 1;
        return full > 2
          ? { kind: 'status', status: 503, body: '<title>Down for maintenance</title>' }
          : undefined;
      };
      const failed = importSite(database, site, { atOnce: 1, tries: { ...QUICK, tries: 2 } });
      await expect(failed).rejects.toThrow(
        /answers 503 \(a page "Down for maintenance"\)\. What has arrived stays/,
      );
      site.interfere = () => undefined;
      site.forget();
      const report = await importSite(database, site);
      expect(report.lost).toBe(false);
      expect(await stateOf(database)).toEqual(await untroubled());
    });

    test('is not tried for ever', async () => {
      site.interfere = ({ route }) => (route === 'wp/v2/tags' ? { kind: 'status', status: 500 } : undefined);
      await expect(importSite(database, site)).rejects.toThrow('answers 500');
      // Once a hundred, then smaller pages, then whether the site is well otherwise: four tries each.
      expect(site.counts()['wp/v2/tags']).toBe(4 * 5);
    });

    test('is not waited for that is to last for hours', async () => {
      site.interfere = ({ route }) =>
        route === 'wp/v2/tags'
          ? { kind: 'status', status: 429, headers: { 'retry-after': '7200' } }
          : undefined;
      await expect(importSite(database, site)).rejects.toThrow('It asks to be left alone for 120 minutes');
      expect(site.counts()['wp/v2/tags']).toBe(1);
    });

    test('as an answer without end is read no further than it may', async () => {
      site.interfere = ({ route }) => (route === 'wp/v2/types' ? { kind: 'endless' } : undefined);
      const endless = importSite(database, site, { http: { answerTime: 20_000, answerBytes: 3_000_000 } });
      await expect(endless).rejects.toThrow('/wp-json/wp/v2/types answers with more than 3 MB');
    });

    test('as no host of that name is told at once', async () => {
      const nowhere = importSite(database, site, { address: 'https://news.invalid/wp-json' });
      await expect(nowhere).rejects.toThrow(/There is no host news\.invalid|news\.invalid cannot be reached/);
    });
  });

  describe('by sending elsewhere', () => {
    test('is refused, with the address that it names, and nothing is asked there', async () => {
      const other = await FakeWordPress.start();
      site.interfere = ({ route }) =>
        route === 'wp/v2/media'
          ? { kind: 'redirect', to: `${other.address}/wp-json/wp/v2/media` }
          : undefined;
      const refused = await importSite(database, site).then(
        () => 'not refused',
        (error: unknown) => String(error),
      );
      await other.stop();
      expect(refused).toContain(`is redirected to another host, ${other.address}`);
      expect(other.asked).toEqual([]);
    });

    test('is followed on the site itself, but not in circles', async () => {
      site.interfere = ({ route, parameters }) =>
        route === 'wp/v2/types' && parameters.get('moved') === null
          ? { kind: 'redirect', to: '/wp-json/wp/v2/types?moved=1' }
          : undefined;
      expect((await importSite(database, site)).lost).toBe(false);
      site.interfere = ({ route }) =>
        route === 'wp/v2/types' ? { kind: 'redirect', to: '/wp-json/wp/v2/types' } : undefined;
      await expect(importSite(database, site)).rejects.toThrow('is redirected again and again');
    });
  });

  describe('by changing while it is read', () => {
    const gone = (ids: readonly number[]) => {
      site.content.posts = site.content.posts.filter(({ id }) => !ids.includes(id));
    };

    test('loses and repeats nothing when posts go and come between pages', async () => {
      const before = site.content.posts.filter(
        ({ type, status, password }) => type === 'post' && status === 'publish' && !password,
      );
      const away = before.slice(3, 60).map(({ id }) => id);
      let sweeps = 0;
      site.interfere = ({ route, parameters }) => {
        if (route !== 'wp/v2/posts' || parameters.get('_fields') !== 'id,author,status') return undefined;
        sweeps += 1;
        if (sweeps === 2) {
          gone(away);
          for (let id = 5_000; id < 5_150; id += 1) site.content.post(id);
        }
        return undefined;
      };
      const report = await importSite(database, site);
      expect(sweeps).toBeGreaterThan(3);
      expect(report.lost).toBe(false);
      const expected = site.content.posts
        .filter(
          ({ type, status, password }) =>
            ['post', 'page'].includes(type) && status === 'publish' && !password,
        )
        .map(({ id }) => id);
      const rows = await database.rows<{ external_id: string }>(
        sql`select external_id from import_keys where kind = 'article'`,
      );
      expect(rows.map((row) => Number(row.external_id)).sort((a, b) => a - b)).toEqual(
        expected.sort((a, b) => a - b),
      );
    });

    test('leaves what was deleted after it was seen, and what came after it was looked for the next run', async () => {
      site.interfere = (asked, count) => {
        if (inFull(asked) && count > 0) gone([1_003]);
        if (inFull(asked) && !site.content.posts.some(({ id }) => id === 6_000)) site.content.post(6_000);
        return undefined;
      };
      const report = await importSite(database, site);
      expect(report.lost).toBe(false);
      expect(await titles()).not.toContain('Post 1003');
      expect(await titles()).not.toContain('Post 6000');
      expect((await importSite(database, site)).rows.get('articles')).toMatchObject({ created: 1 });
    });

    test('does not store a post without the category that came up with it', async () => {
      site.interfere = (asked) => {
        if (!inFull(asked) || site.content.terms.some(({ id }) => id === 900)) return undefined;
        site.content.term(900, 'category', 'fresh', { name: 'Fresh' });
        const first = site.content.posts.find(({ id }) => id === 1_000);
        if (first) Object.assign(first, { terms: { category: [900] }, modified: Date.UTC(2026, 4, 1) });
        return undefined;
      };
      const report = await importSite(database, site);
      expect(report.lost).toBe(true);
      expect(report.notes.map(({ message }) => message)).toEqual([
        'Post 1000 refers to what came up while the site was read. Run the import again.',
      ]);
      site.interfere = () => undefined;
      expect((await importSite(database, site)).lost).toBe(false);
      const rows = await database.rows(
        sql`select a.slug from articles a join article_categories x on x.article_id = a.id join categories c on c.id = x.category_id where c.slug = 'fresh'`,
      );
      expect(rows).toEqual([{ slug: 'post-1000' }]);
    });
  });
});
