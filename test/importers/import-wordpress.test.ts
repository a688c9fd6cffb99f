import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { ArticleService } from '../../src/articles';
import { systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { type ImportReport, type ImportSource, importFrom, importWordPress } from '../../src/importers';
import { WxrSource } from '../../src/importers/wxr-source';
import { Api } from '../support/api';
import { describeEachEngine, tempDirectory } from '../support/engines';
import { describeWithSharedData } from '../support/shared-data';
import { cdata, itemXml, wxr } from './wxr-support';

const box = new SecretBox('a secret of at least thirty-two characters');
const clock = heldClock(Date.parse('2026-06-01T12:00:00Z'));

function run(database: Database, path: string): Promise<ImportReport> {
  return importWordPress({ database, box, clock, path });
}

/** Imports an export that is given as text. */
async function importText(database: Database, text: string): Promise<ImportReport> {
  return run(database, exportFile(text));
}

function exportFile(text: string): string {
  const path = join(tempDirectory(), 'export.xml');
  writeFileSync(path, text);
  return path;
}

function created(report: ImportReport): Record<string, number> {
  return Object.fromEntries([...report.rows].map(([kind, row]) => [kind, row.created]));
}

/** Everything that another run could have touched. */
async function stateOf(database: Database): Promise<unknown> {
  const { articles, changes, comments } = database.tables;
  return {
    articles: await database.rows(
      sql`select id, revision, updated_at, slug, path from ${articles} order by id`,
    ),
    comments: await database.rows(sql`select id, version, visible, reply_count from ${comments} order by id`),
    changes: await database.rows(sql`select count(*) as count, max(seq) as last from ${changes}`),
  };
}

const CATEGORIES = `
  <wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>crossings</wp:category_nicename><wp:category_parent>border</wp:category_parent><wp:cat_name>Crossings</wp:cat_name></wp:category>
  <wp:category><wp:term_id>1</wp:term_id><wp:category_nicename>border</wp:category_nicename><wp:category_parent></wp:category_parent><wp:cat_name>Border</wp:cat_name></wp:category>`;

function post(id: number, title: string, more = ''): string {
  return itemXml(
    id,
    `<title>${title}</title><link>https://news.example/2026/05/post-${id}/</link><wp:post_name>post-${id}</wp:post_name>
    <wp:post_date_gmt>2026-05-0${id} 10:00:00</wp:post_date_gmt>
    <category domain="category" nicename="crossings">${cdata('Crossings')}</category>
    <content:encoded>${cdata('<p>Text.</p>')}</content:encoded>${more}`,
  ).replace(`<title>Post ${id}</title>`, '');
}

const COMMENT = (id: number, parent: number, approved: string) =>
  `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>${cdata(`Reader ${id}`)}</wp:comment_author>
  <wp:comment_author_email>reader${id}@example.org</wp:comment_author_email><wp:comment_author_IP>192.0.2.${id}</wp:comment_author_IP>
  <wp:comment_date_gmt>2026-05-02 11:00:00</wp:comment_date_gmt><wp:comment_content>${cdata(`Words ${id}`)}</wp:comment_content>
  <wp:comment_approved>${approved}</wp:comment_approved><wp:comment_type></wp:comment_type><wp:comment_parent>${parent}</wp:comment_parent></wp:comment>`;

describeEachEngine('the import of a WordPress export', (store) => {
  test('hangs a category under a parent that comes later, and its articles under both', async () => {
    const database = await store.open();
    await importText(database, wxr(CATEGORIES + post(1, 'One') + post(2, 'Two')));
    const answer = await new Api(database, { clock }).ask(
      '{ category(slug: "border") { articleCount children { slug } articles(first: 5) { nodes { title } } } }',
    );
    expect(answer).toEqual({
      category: {
        articleCount: 2,
        children: [{ slug: 'crossings' }],
        articles: { nodes: [{ title: 'Two' }, { title: 'One' }] },
      },
    });
  });

  test('moves a category, and what its articles are listed under, when a newer export does', async () => {
    const database = await store.open();
    await importText(database, wxr(CATEGORIES + post(1, 'One')));
    await importText(
      database,
      wxr(
        CATEGORIES.replace('<wp:category_parent>border</wp:category_parent>', '<wp:category_parent/>') +
          post(1, 'One'),
      ),
    );
    const answer = await new Api(database, { clock }).ask(
      '{ a: category(slug: "border") { articleCount } b: category(slug: "crossings") { articleCount parent { slug } } }',
    );
    expect(answer).toEqual({ a: { articleCount: 0 }, b: { articleCount: 1, parent: null } });
  });

  test('updates what has changed over there, and nothing else', async () => {
    const database = await store.open();
    await importText(database, wxr(CATEGORIES + post(1, 'One') + post(2, 'Two')));
    const report = await importText(database, wxr(CATEGORIES + post(1, 'One') + post(2, 'Two, corrected')));
    expect(report.rows.get('articles')).toMatchObject({ read: 2, updated: 1, unchanged: 1, created: 0 });
    const answer = await new Api(database, { clock }).ask('{ articles { nodes { title revision } } }');
    expect(answer).toEqual({
      articles: {
        nodes: [
          { title: 'Two, corrected', revision: 2 },
          { title: 'One', revision: 1 },
        ],
      },
    });
  });

  test('withdraws what was put into the bin over there, and does not bring what lay there before', async () => {
    const database = await store.open();
    const binned = (id: number, title: string) =>
      post(id, title).replace('<wp:status>publish</wp:status>', '<wp:status>trash</wp:status>');
    await importText(database, wxr(CATEGORIES + post(1, 'One')));
    const report = await importText(database, wxr(CATEGORIES + binned(1, 'One') + binned(2, 'Two')));
    expect(report.rows.get('articles')).toMatchObject({ updated: 1, skipped: 1 });
    const answer = await new Api(database, { clock }).ask(
      '{ articles { totalCount } route(path: "/2026/05/post-1") { __typename } }',
    );
    expect(answer).toEqual({ articles: { totalCount: 0 }, route: { __typename: 'Gone' } });
  });

  test('leaves alone what somebody has edited here, and says so', async () => {
    const database = await store.open();
    await importText(database, wxr(CATEGORIES + post(1, 'One')));
    const [row] = await database.rows<{ id: number }>(sql`select id from articles`);
    const service = new ArticleService(database, clock);
    await service.update(systemActor('editor'), { id: row?.id ?? 0, revision: 1 }, { title: 'Ours' });
    const report = await importText(database, wxr(CATEGORIES + post(1, 'Theirs')));
    expect(report.lost).toBe(true);
    expect(report.notes[0]?.message).toContain('"Theirs" was edited here');
    const answer = await new Api(database, { clock }).ask('{ articles { nodes { title } } }');
    expect(answer).toEqual({ articles: { nodes: [{ title: 'Ours' }] } });
  });

  test('keeps the path of the second of two posts with one slug, and gives its slug a suffix', async () => {
    const database = await store.open();
    const twin = post(2, 'Two').replace('<wp:post_name>post-2<', '<wp:post_name>post-1<');
    await importText(database, wxr(CATEGORIES + post(1, 'One') + twin));
    const answer = await new Api(database, { clock }).ask('{ articles { nodes { slug path } } }');
    expect(answer).toEqual({
      articles: {
        nodes: [
          { slug: 'post-1-2', path: '/2026/05/post-2' },
          { slug: 'post-1', path: '/2026/05/post-1' },
        ],
      },
    });
  });

  test('keeps the suffix of a slug that is still taken when its article is updated', async () => {
    const database = await store.open();
    const twin = (title: string) => post(2, title).replace('<wp:post_name>post-2<', '<wp:post_name>post-1<');
    await importText(database, wxr(CATEGORIES + post(1, 'One') + twin('Two')));
    const report = await importText(database, wxr(CATEGORIES + post(1, 'One') + twin('Two, corrected')));
    expect(report.rows.get('articles')).toMatchObject({ updated: 1, unchanged: 1 });
    const answer = await new Api(database, { clock }).ask('{ articles { nodes { slug title } } }');
    expect(answer).toEqual({
      articles: {
        nodes: [
          { slug: 'post-1-2', title: 'Two, corrected' },
          { slug: 'post-1', title: 'One' },
        ],
      },
    });
  });

  test('brings comments with their threads and states, counts those that readers reach, and seals addresses', async () => {
    const database = await store.open();
    const thread = COMMENT(1, 0, '1') + COMMENT(2, 1, '0') + COMMENT(3, 2, '1') + COMMENT(4, 0, 'spam');
    const report = await importText(database, wxr(CATEGORIES + post(1, 'One', thread)));
    expect(created(report)).toMatchObject({ comments: 4 });
    const rows = await database.rows(
      sql`select author_name, status, depth, visible, reply_count from comments order by id`,
    );
    const yes = store.engine === 'sqlite' ? 1 : true;
    const no = store.engine === 'sqlite' ? 0 : false;
    expect(rows).toEqual([
      { author_name: 'Reader 1', status: 'APPROVED', depth: 0, visible: yes, reply_count: 1 },
      { author_name: 'Reader 2', status: 'PENDING', depth: 1, visible: yes, reply_count: 1 },
      { author_name: 'Reader 3', status: 'APPROVED', depth: 2, visible: yes, reply_count: 0 },
      { author_name: 'Reader 4', status: 'SPAM', depth: 0, visible: no, reply_count: 0 },
    ]);
    expect(await new Api(database, { clock }).ask('{ articles { nodes { commentCount } } }')).toEqual({
      articles: { nodes: [{ commentCount: 2 }] },
    });
    const sealed = await database.rows<{ email_sealed: string }>(
      sql`select email_sealed from comment_private order by comment_id`,
    );
    expect(sealed.map((row) => box.open(row.email_sealed))).toContain('reader1@example.org');
    expect(JSON.stringify(sealed)).not.toContain('example.org');
  });

  test('tells of a record that it fails at with its line, and brings the others', async () => {
    const database = await store.open();
    const source = new WxrSource(exportFile(wxr(CATEGORIES + post(1, 'One') + post(2, 'Two'))), box);
    const broken: ImportSource = {
      open: (...args) => source.open(...args),
      survey: () => source.survey(),
      share: () => source.share(),
      close: () => source.close(),
      async *articles() {
        for await (const record of source.articles()) {
          yield record.line > 10 ? { kind: 'fault', line: record.line, message: 'out of luck' } : record;
        }
      },
    };
    const report = await importFrom(broken, { database, box, clock });
    expect(report.rows.get('articles')).toMatchObject({ created: 1 });
    expect(report.rows.get('other')).toMatchObject({ failed: 1 });
    const [note] = report.notes;
    expect(note).toMatchObject({ lost: true, line: expect.any(Number) });
    expect(note?.message).toBe(`line ${note?.line}: the import failed at this (out of luck)`);
    expect(report.lost).toBe(true);
  });

  test('refuses what is no export, and writes nothing', async () => {
    const database = await store.open();
    await expect(importText(database, '<html><body>Not found</body></html>')).rejects.toThrow(
      'This is not a WordPress export',
    );
    await expect(importText(database, '')).rejects.toThrow('This is not a WordPress export');
    expect(await database.rows(sql`select seq from changes`)).toEqual([]);
  });

  describeWithSharedData('of a real blog', ['wxr/cc-labs-blog.xml'], (path) => {
    let database: Database;
    let report: ImportReport;

    beforeAll(async () => {
      database = await store.open();
      report = await run(database, path);
    }, 60_000);

    test('brings all of it', () => {
      expect(created(report)).toEqual({
        authors: 30,
        categories: 98,
        topics: 171,
        articles: 219,
        pages: 5,
        comments: 119,
      });
      expect(report.rows.get('comments')?.skipped).toBe(62);
      expect(report.lost).toBe(false);
    });

    test('a second run changes nothing', async () => {
      const before = await stateOf(database);
      const second = await run(database, path);
      expect(second.changed).toBe(false);
      expect(second.rows.get('articles')).toMatchObject({ read: 219, unchanged: 219 });
      expect(await stateOf(database)).toEqual(before);
    });

    test('pages through its categories without gap or repeat', async () => {
      const api = new Api(database, { clock });
      const { categories } = await api.ask<{ categories: { slug: string }[] }>('{ categories { slug } }');
      const any = categories.slice(0, 40).map(({ slug }) => slug);
      const query = `query($any: [String!], $after: String) { articles(first: 7, after: $after, filter: { categories: { any: $any } }) { totalCount nodes { slug publishedAt } pageInfo { hasNextPage endCursor } } }`;
      interface Page {
        articles: {
          totalCount: number;
          nodes: { slug: string; publishedAt: string }[];
          pageInfo: { hasNextPage: boolean; endCursor: string };
        };
      }
      const seen: { slug: string; publishedAt: string }[] = [];
      let page = await api.ask<Page>(query, { any });
      for (;;) {
        seen.push(...page.articles.nodes);
        if (!page.articles.pageInfo.hasNextPage) break;
        page = await api.ask<Page>(query, { any, after: page.articles.pageInfo.endCursor });
      }
      expect(seen.length).toBe(page.articles.totalCount);
      expect(new Set(seen.map(({ slug }) => slug)).size).toBe(seen.length);
      expect(seen.map(({ publishedAt }) => publishedAt)).toEqual(
        seen
          .map(({ publishedAt }) => publishedAt)
          .sort()
          .reverse(),
      );
      expect(seen.length).toBeGreaterThan(50);
    });
  });

  describeWithSharedData('of six languages', ['wxr/ntrex-6-languages.wxr.xml.gz'], (path) => {
    test('brings all of it, each text in its language', async () => {
      const database = await store.open();
      const report = await run(database, path);
      expect(created(report)).toEqual({ authors: 1, articles: 738, comments: 1528 });
      const rows = await database.rows<{ language: string; count: number }>(
        sql`select language, count(*) as count from articles group by language order by language`,
      );
      expect(Object.fromEntries(rows.map(({ language, count }) => [language, count]))).toEqual({
        ar: 123,
        'en-US': 123,
        fa: 246,
        ps: 123,
        ur: 123,
      });
      const answer = await new Api(database, { clock }).ask(
        '{ articles(filter: { languages: ["ps"] }, first: 1) { totalCount nodes { direction body { wordCount } } } }',
      );
      expect(answer).toMatchObject({ articles: { totalCount: 123, nodes: [{ direction: 'RTL' }] } });
    }, 60_000);
  });
});
