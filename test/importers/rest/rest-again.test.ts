import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { ArticleService } from '../../../src/articles';
import { systemActor } from '../../../src/core/actor';
import { type Clock, heldClock } from '../../../src/core/clock';
import type { Database } from '../../../src/database';
import { importWordPress } from '../../../src/importers';
import { Api } from '../../support/api';
import { describeEachEngine, tempDirectory } from '../../support/engines';
import { exportOf } from './export-of';
import { FakeWordPress } from './fake-wordpress';
import { box, clock, fillNewsroom, importSite } from './newsroom-site';
import { changesOf, stateOf } from './state';
import type { SitePost } from './wordpress-content';
import { CREDENTIALS } from './wordpress-routes';

const LATER = Date.UTC(2026, 4, 1);

describeEachEngine('a later import of a site', (store) => {
  let site: FakeWordPress;
  let database: Database;
  beforeEach(async () => {
    site = await FakeWordPress.start();
    fillNewsroom(site.content);
    database = await store.open();
  });
  afterEach(() => site.stop());

  const ask = <T>(query: string, at: Clock = clock) => new Api(database, { clock: at }).ask<T>(query);
  const postOf = (id: number): SitePost => {
    const found = site.content.posts.find((each) => each.id === id);
    if (!found) throw new Error(`The site has no post ${id}`);
    return found;
  };
  const edit = (id: number, fields: Partial<SitePost>) =>
    Object.assign(postOf(id), { modified: LATER, ...fields });
  const remove = (id: number) => {
    site.content.posts = site.content.posts.filter((each) => each.id !== id);
  };
  const published = async (at?: Clock) => {
    const { articles } = await ask<{ articles: { nodes: { title: string }[] } }>(
      '{ articles { nodes { title } } }',
      at,
    );
    return articles.nodes.map(({ title }) => title).sort();
  };
  /** Ids of posts that were asked for in full. */
  const readInFull = () =>
    site.asked
      .filter(({ parameters }) => parameters.get('_fields')?.includes('excerpt'))
      .flatMap(({ parameters }) => parameters.get('include')?.split(',') ?? []);
  const file = () => {
    const path = join(tempDirectory(), 'export.xml');
    writeFileSync(path, exportOf(site.content));
    return importWordPress({ database, box, clock, path, postTypes: ['report'] });
  };

  test('changes nothing where nothing has changed, and reads next to nothing', async () => {
    await importSite(database, site);
    const before = await stateOf(database);
    site.forget();
    const report = await importSite(database, site);
    expect(report.changed).toBe(false);
    expect(report.lost).toBe(false);
    expect(await stateOf(database)).toEqual(before);
    // The newest of each kind, for what is saved in the same minutes; of the posts the protected one.
    expect(readInFull()).toEqual(['104', '110']);
  });

  test('asks for what was modified since, and brings that only', async () => {
    for (let id = 1_000; id < 1_250; id += 1) site.content.post(id);
    await importSite(database, site);
    edit(1_007, { title: 'Corrected' });
    edit(110, { content: '<p>About, again.</p>' });
    site.content.post(2_000, { date: LATER, modified: LATER, title: 'New' });
    site.forget();
    const report = await importSite(database, site);
    expect(report.rows.get('articles')).toMatchObject({ created: 1, updated: 1 });
    expect(report.rows.get('pages')).toMatchObject({ updated: 1 });
    // With them the protected one, whose password may be gone, and what was the newest until now.
    expect(new Set(readInFull())).toEqual(new Set(['104', '1007', '1249', '2000', '110']));
    const since = site.asked.flatMap(({ parameters }) => parameters.get('modified_after') ?? []);
    expect(since).not.toEqual([]);
    expect(since.every((each) => each.endsWith('Z') && Date.parse(each) > Date.UTC(2025, 11, 31))).toBe(true);
    expect(await ask('{ article(slug: "post-1007") { title revision } }')).toEqual({
      article: { title: 'Corrected', revision: 2 },
    });
  });

  test('asks a site that has never heard of modified_after for everything, and changes no more', async () => {
    await importSite(database, site);
    site.settings.ignores.add('modified_after');
    edit(101, { title: 'Corrected' });
    const report = await importSite(database, site);
    expect(report.rows.get('articles')).toMatchObject({ updated: 1, unchanged: 1 });
  });

  describe('of posts that readers do not see any more', () => {
    const route = (path: string) => ask(`{ route(path: "${path}") { __typename } }`);

    test.each<[string, () => void, string]>([
      ['was deleted', () => remove(101), 'withdrawn: it was deleted there'],
      ['went into the bin', () => edit(101, { status: 'trash' }), 'withdrawn: it is no longer public there'],
      ['became private', () => edit(101, { status: 'private' }), 'withdrawn: it is no longer public there'],
      [
        'became a draft again',
        () => edit(101, { status: 'draft' }),
        'withdrawn: it is no longer public there',
      ],
      [
        'was put behind a password',
        () => edit(101, { password: 'x' }),
        'withdrawn: it is behind a password there now',
      ],
    ])('withdraws what %s, and says so', async (_, change, reason) => {
      await importSite(database, site);
      change();
      const report = await importSite(database, site);
      expect(report.lost).toBe(false);
      expect(report.rows.get('articles')).toMatchObject({ updated: 1 });
      expect([...report.reasons]).toContainEqual([reason, 1]);
      expect(await published()).toEqual(['گذرگاه']);
      expect(await route('/2026/01/torkham')).toEqual({ route: { __typename: 'Gone' } });
      const before = await changesOf(database);
      expect((await importSite(database, site)).changed).toBe(false);
      expect(await changesOf(database)).toBe(before);
    });

    test('shows again what comes back, although it does not count as modified', async () => {
      await importSite(database, site);
      const before = { ...postOf(101) };
      remove(101);
      await importSite(database, site);
      site.content.posts.push(before);
      await importSite(database, site);
      expect(await published()).toEqual(['Torkham’s “long” day — again', 'گذرگاه']);
    });

    test('withdraws nothing that only the list leaves out', async () => {
      await importSite(database, site);
      site.interfere = ({ route: asked }) => {
        if (asked === 'wp/v2/posts') postOf(101).type = 'hidden';
        else if (asked === 'wp/v2/posts/101') postOf(101).type = 'post';
      };
      const report = await importSite(database, site);
      expect(site.counts()).toHaveProperty('wp/v2/posts/101');
      expect(report.changed).toBe(false);
    });

    test('leaves alone, and reports, what was edited here', async () => {
      await importSite(database, site);
      const [row] = await database.rows<{ id: number }>(sql`select id from articles where slug = 'torkham'`);
      const service = new ArticleService(database, clock);
      await service.update(systemActor('editor'), { id: row?.id ?? 0, revision: 1 }, { title: 'Ours' });
      remove(101);
      const report = await importSite(database, site);
      expect(report.lost).toBe(true);
      expect(report.notes[0]?.message).toContain('"Ours" was edited here');
      expect(await published()).toContain('Ours');
    });

    test('does not look for them where only changes are asked for', async () => {
      await importSite(database, site);
      remove(101);
      edit(102, { title: 'Corrected' });
      site.forget();
      const report = await importSite(database, site, { changesOnly: true });
      expect(report.rows.get('articles')).toMatchObject({ read: 1, updated: 1 });
      expect(site.asked.every(({ route: asked }) => !/posts\/\d+$/.test(asked))).toBe(true);
      expect(await published()).toHaveLength(2);
      await importSite(database, site);
      expect(await published()).toEqual(['Corrected']);
    });
  });

  test('sees a post that appears at its time, which does not count as modified', async () => {
    await importSite(database, site, { credentials: CREDENTIALS });
    expect(await published()).not.toContain('Tomorrow');
    postOf(105).status = 'publish';
    await importSite(database, site, { credentials: CREDENTIALS });
    expect(await published(heldClock(Date.UTC(2026, 6, 1)))).toContain('Tomorrow');
  });

  test('never takes a post that is still to come for one that is gone', async () => {
    await file();
    await importSite(database, site);
    const statusOf = async () => {
      const rows = await database.rows<{ status: string }>(
        sql`select a.status from articles a join import_keys k on k.local_id = a.id and k.kind = 'article' where k.external_id in ('103', '104', '105') order by k.external_id`,
      );
      return rows.map(({ status }) => status);
    };
    expect(await statusOf()).toEqual(['DRAFT', 'DRAFT', 'SCHEDULED']);
    remove(105);
    await importSite(database, site);
    expect(await statusOf()).toEqual(['DRAFT', 'DRAFT', 'WITHDRAWN']);
  });

  describe('of comments', () => {
    const texts = async (where = sql`true`) => {
      const rows = await database.rows<{ text: string }>(
        sql`select text from comments where ${where} order by id`,
      );
      return rows.map(({ text }) => text);
    };

    test.each(['the whole site', 'changes only'])(
      'brings new ones under articles that have not changed, from %s',
      async (what) => {
        await importSite(database, site);
        site.content.comment(600, 102, { date: LATER, content: 'New.' });
        const report = await importSite(database, site, { changesOnly: what === 'changes only' });
        expect(report.rows.get('comments')).toMatchObject({ created: 1 });
        expect(report.rows.get('articles')).toMatchObject({ unchanged: 1, updated: 0 });
        expect(await ask('{ article(slug: "گذرگاه") { commentCount revision } }')).toEqual({
          article: { commentCount: 1, revision: 1 },
        });
      },
    );

    test('brings one that was approved late, and hides one that was taken down', async () => {
      await importSite(database, site);
      const comment = (id: number) => site.content.comments.find((each) => each.id === id);
      Object.assign(comment(503) ?? {}, { status: 'approved' });
      Object.assign(comment(502) ?? {}, { status: 'spam' });
      const report = await importSite(database, site);
      expect([...report.reasons]).toContainEqual(['comments hidden: they are no longer shown there', 1]);
      expect(await texts(sql`status = 'APPROVED'`)).toEqual(['That’s “right”.', 'Words of 503.']);
      expect(await ask('{ article(slug: "torkham") { commentCount } }')).toEqual({
        article: { commentCount: 2 },
      });
      Object.assign(comment(502) ?? {}, { status: 'approved' });
      await importSite(database, site);
      expect(await texts(sql`status = 'APPROVED'`)).toHaveLength(3);
      expect((await importSite(database, site)).changed).toBe(false);
    });
  });

  test('moves articles to the new slug of a category, which does not count as a change of theirs', async () => {
    await importSite(database, site);
    Object.assign(site.content.terms.find(({ id }) => id === 2) ?? {}, { slug: 'gates', name: 'Gates' });
    const report = await importSite(database, site);
    expect([...report.reasons.keys()]).toContain(
      'everything is read again: tags or categories have been renamed',
    );
    expect(await ask('{ article(slug: "torkham") { categories { slug name } } }')).toEqual({
      article: { categories: [{ slug: 'gates', name: 'Gates' }] },
    });
    expect((await importSite(database, site)).changed).toBe(false);
  });

  test('reads everything once more when an article could not be read', async () => {
    await importSite(database, site);
    edit(102, { title: 'Corrected' });
    edit(101, { title: 'Broken', modified: LATER - 3_600_000 });
    site.interfere = ({ parameters }) =>
      parameters.get('include')?.includes('101') && parameters.get('_fields') !== 'id'
        ? { kind: 'status', status: 500 }
        : undefined;
    const report = await importSite(database, site);
    expect(report.lost).toBe(true);
    expect(report.rows.get('articles')).toMatchObject({ read: 1, updated: 1 });
    expect(report.notes.map(({ message }) => message)).toEqual([
      expect.stringMatching(/^wp\/v2\/posts: item 101 cannot be read\. .* answers 500/),
    ]);
    site.interfere = () => undefined;
    expect((await importSite(database, site)).rows.get('articles')).toMatchObject({
      updated: 1,
      unchanged: 1,
    });
    expect(await published()).toEqual(['Broken', 'Corrected']);
  });

  describe('after one from a file', () => {
    test.each<[string, object]>([
      ['as readers see it', {}],
      ['as editors see it', { credentials: CREDENTIALS }],
    ])('knows everything again %s, and changes nothing', async (_, options) => {
      const imported = await file();
      expect(imported.lost).toBe(false);
      const before = await changesOf(database);
      const report = await importSite(database, site, { ...options, postTypes: ['report'] });
      expect(report.lost).toBe(false);
      const touched = [...report.rows].filter(
        ([, { created, updated, failed }]) => created + updated + failed > 0,
      );
      expect(touched).toEqual([]);
      expect(await changesOf(database)).toBe(before);
    });

    test('and before another one from that file changes nothing either', async () => {
      await importSite(database, site, { postTypes: ['report'] });
      const before = await database.rows(sql`select slug, revision from articles order by slug`);
      const report = await file();
      expect(report.rows.get('articles')).toMatchObject({ updated: 0, unchanged: 3 });
      expect(report.rows.get('authors')).toMatchObject({ read: 2 });
      const after = await database.rows<{ slug: string }>(
        sql`select slug, revision from articles order by slug`,
      );
      expect(after).toEqual(expect.arrayContaining(before));
      expect(await database.rows(sql`select slug from authors`)).toHaveLength(2);
    });

    test('brings what was edited since, and reads no more in full once it has compared everything', async () => {
      await file();
      edit(101, { title: 'Corrected' });
      const report = await importSite(database, site);
      expect(report.rows.get('articles')).toMatchObject({ updated: 1, unchanged: 1, created: 0 });
      site.forget();
      await importSite(database, site);
      expect(readInFull()).toEqual(['101', '104', '110']);
      expect(await ask('{ article(slug: "torkham") { title revision authors { slug } } }')).toEqual({
        article: { title: 'Corrected', revision: 2, authors: [{ slug: 'maria' }] },
      });
    });

    test('knows the site that had no certificate then', async () => {
      const old = exportOf(site.content).replaceAll('https://news.example', 'http://news.example');
      const path = join(tempDirectory(), 'export.xml');
      writeFileSync(path, old);
      await importWordPress({ database, box, clock, path });
      const report = await importSite(database, site);
      expect(report.rows.get('articles')).toMatchObject({ created: 0, unchanged: 2 });
    });
  });
});
