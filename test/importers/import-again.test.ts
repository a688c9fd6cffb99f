import { sql } from 'drizzle-orm';
import { ArticleService } from '../../src/articles';
import { restateComments } from '../../src/comments';
import { systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { type GoneRecord, type ImportReport, type ImportSource, importFrom } from '../../src/importers';
import { findMarks } from '../../src/importers/import-keys';
import { prepareArticle } from '../../src/importers/prepare-article';
import type { ImportArticle, ImportComment } from '../../src/importers/wordpress';
import { Api } from '../support/api';
import { describeEachEngine } from '../support/engines';

const box = new SecretBox('a secret of at least thirty-two characters');
const clock = heldClock(Date.parse('2026-06-01T12:00:00Z'));
const SITE = 'wordpress:https://news.example';

function article(id: number, fields: Partial<ImportArticle> = {}): ImportArticle {
  return {
    ...{ kind: 'article', line: 0, externalId: String(id), medium: 'EXPORT', articleKind: 'ARTICLE' },
    ...{
      postType: 'post',
      status: 'PUBLISHED',
      title: `Post ${id}`,
      slug: `post-${id}`,
      path: `/post-${id}/`,
    },
    ...{ canonicalUrl: null, language: 'en', languageSource: 'item', translationGroup: null },
    ...{ html: '<p>Text.</p>', excerpt: null, publishedAt: 1_000 * id, updatedAt: 2_000 * id, createdAt: 0 },
    ...{ pinned: false, commentsOpen: true, authorLogin: null, categories: [], primaryCategoryTermId: null },
    ...{
      tags: [],
      terms: [],
      leadImageId: null,
      oldSlugs: [],
      parentExternalId: null,
      comments: [],
      notes: [],
    },
    ...fields,
  };
}

function comment(id: number, fields: Partial<ImportComment> = {}): ImportComment {
  return {
    ...{
      line: 0,
      externalId: String(id),
      parentExternalId: null,
      authorName: 'Amina',
      email: null,
      ip: null,
    },
    ...{ at: 1_000, status: 'APPROVED', html: '<p>Words.</p>', text: 'Words.' },
    ...fields,
  };
}

interface Told {
  readonly articles?: readonly ImportArticle[];
  readonly gone?: readonly GoneRecord[];
  readonly marks?: Readonly<Record<string, string>>;
}

/** A site that tells what it is given to tell. */
function siteWith({ articles = [], gone = [], marks = {} }: Told): ImportSource {
  return {
    open: async () => ({ name: SITE, language: 'en' }),
    survey: async function* () {},
    articles: async function* () {
      yield* articles.map((article) => prepareArticle(article, box));
    },
    gone: async function* () {
      yield* gone;
    },
    marks: () => new Map(Object.entries(marks)),
    share: () => null,
    close: async () => undefined,
  };
}

const GONE: GoneRecord = { what: 'article', externalId: '1', reason: 'it was deleted' };

describeEachEngine('an import that meets what an earlier one brought', (store) => {
  let database: Database;
  beforeEach(async () => {
    database = await store.open();
  });

  const run = (told: Told): Promise<ImportReport> => importFrom(siteWith(told), { database, box, clock });
  const ask = (query: string) => new Api(database, { clock }).ask(query);
  const changes = () => database.rows(sql`select count(*) as count from changes`);

  describe('by another medium', () => {
    const shown = { medium: 'API', html: '<p>“Text.”</p>', title: 'Post 1’s', excerpt: 'Text …' } as const;

    test('changes nothing where only the words differ, and then compares this medium’s own', async () => {
      await run({ articles: [article(1)] });
      const before = await changes();
      const report = await run({ articles: [article(1, shown)] });
      expect(report.rows.get('articles')).toMatchObject({ unchanged: 1, updated: 0 });
      expect(await changes()).toEqual(before);
      const edited = await run({ articles: [article(1, { ...shown, title: 'Another' })] });
      expect(edited.rows.get('articles')).toMatchObject({ unchanged: 0, updated: 1 });
      expect(await ask('{ articles { nodes { title revision } } }')).toEqual({
        articles: { nodes: [{ title: 'Another', revision: 2 }] },
      });
    });

    test.each([
      ['the time of its last change', { updatedAt: 2_001 }],
      ['its slug', { slug: 'post-one' }],
      ['its state', { status: 'DRAFT' }],
      ['its being pinned', { pinned: true }],
      ['its categories', { categories: [{ taxonomy: 'category', slug: 'border', name: 'Border' }] }],
      ['its tags', { tags: [{ taxonomy: 'post_tag', slug: 'a', name: 'A' }] }],
      ['its lead image', { leadImageId: '7' }],
    ] as const)('updates it when %s has changed', async (_, fields) => {
      await run({ articles: [article(1)] });
      const report = await run({ articles: [article(1, { ...shown, ...fields })] });
      expect(report.rows.get('articles')).toMatchObject({ unchanged: 0, updated: 1 });
    });
  });

  describe('of what is gone over there', () => {
    test('withdraws it, says why, and does so once', async () => {
      await run({ articles: [article(1), article(2)] });
      const report = await run({ gone: [GONE] });
      expect(report.rows.get('articles')).toMatchObject({ updated: 1 });
      expect([...report.reasons]).toEqual([['withdrawn: it was deleted', 1]]);
      expect(await ask('{ articles { nodes { title } } route(path: "/post-1") { __typename } }')).toEqual({
        articles: { nodes: [{ title: 'Post 2' }] },
        route: { __typename: 'Gone' },
      });
      const before = await changes();
      expect((await run({ gone: [GONE] })).changed).toBe(false);
      expect(await changes()).toEqual(before);
    });

    test('shows it again when it is back, though it is as it was', async () => {
      await run({ articles: [article(1)] });
      await run({ gone: [GONE] });
      await run({ articles: [article(1)] });
      expect(await ask('{ articles { nodes { title revision } } }')).toEqual({
        articles: { nodes: [{ title: 'Post 1', revision: 3 }] },
      });
    });

    test('leaves alone what somebody has edited here, and what it has never brought', async () => {
      await run({ articles: [article(1)] });
      const [row] = await database.rows<{ id: number }>(sql`select id from articles`);
      const service = new ArticleService(database, clock);
      const fields = { title: 'Ours' };
      await service.update(systemActor('editor'), { id: row?.id ?? 0, revision: 1 }, fields);
      const report = await run({ gone: [GONE, { ...GONE, externalId: '99' }] });
      expect(report.lost).toBe(true);
      expect(report.notes).toHaveLength(1);
      expect(report.notes[0]?.message).toContain('"Ours" was edited here');
      expect(await ask('{ articles { nodes { title } } }')).toEqual({
        articles: { nodes: [{ title: 'Ours' }] },
      });
    });
  });

  describe('of comments', () => {
    const thread = [comment(1), comment(2, { parentExternalId: '1' }), comment(3, { parentExternalId: '2' })];
    const states = () => database.rows(sql`select status, version, reply_count from comments order by id`);

    test('gives them the state that they have over there now, with every count', async () => {
      await run({ articles: [article(1, { comments: thread })] });
      const held = thread.map((each) => ({ ...each, status: 'PENDING' as const }));
      const report = await run({
        articles: [article(1, { comments: [...held.slice(0, 1), ...thread.slice(1)] })],
      });
      expect(report.rows.get('comments')).toMatchObject({ updated: 1, unchanged: 2, created: 0 });
      expect(await states()).toEqual([
        { status: 'PENDING', version: 2, reply_count: 1 },
        { status: 'APPROVED', version: 1, reply_count: 1 },
        { status: 'APPROVED', version: 1, reply_count: 0 },
      ]);
      expect(await ask('{ articles { nodes { commentCount } } }')).toEqual({
        articles: { nodes: [{ commentCount: 2 }] },
      });
    });

    test('hides those that are gone, keeps the thread together, and shows them again when they are back', async () => {
      await run({ articles: [article(1, { comments: thread })] });
      const gone = ['1', '3'].map((externalId) => ({ what: 'comment' as const, externalId, reason: 'gone' }));
      const report = await run({ gone });
      expect(report.rows.get('comments')).toMatchObject({ updated: 2 });
      expect(await states()).toEqual([
        { status: 'REJECTED', version: 2, reply_count: 1 },
        { status: 'APPROVED', version: 1, reply_count: 0 },
        { status: 'REJECTED', version: 2, reply_count: 0 },
      ]);
      expect((await run({ gone })).changed).toBe(false);
      await run({ articles: [article(1, { comments: thread })] });
      expect(await states()).toEqual([
        { status: 'APPROVED', version: 3, reply_count: 1 },
        { status: 'APPROVED', version: 1, reply_count: 1 },
        { status: 'APPROVED', version: 3, reply_count: 0 },
      ]);
    });

    test('leaves to the moderators here what they have dealt with', async () => {
      await run({ articles: [article(1, { comments: thread })] });
      const [row] = await database.rows<{ id: number }>(sql`select id from comments order by id`);
      const spam = { id: row?.id ?? 0, expectedVersion: 1, status: 'SPAM' as const };
      await database.write((tx) => restateComments(tx, systemActor('moderator'), clock.now(), [spam]));
      await run({ articles: [article(1, { comments: thread })], gone: [{ ...GONE, what: 'comment' }] });
      const held = thread.map((each) => ({ ...each, status: 'PENDING' as const }));
      await run({ articles: [article(1, { comments: held })] });
      expect((await states())[0]).toMatchObject({ status: 'SPAM', version: 2 });
    });
  });

  test('finds what it wanted to be remembered, and nothing of another site', async () => {
    await run({ marks: { modified: 'yesterday', terms: '7' } });
    await run({ marks: { modified: 'today' } });
    const marks = await findMarks(database, SITE);
    expect(Object.fromEntries(marks)).toEqual({ modified: 'today', terms: '7' });
    expect(await findMarks(database, 'wordpress:https://other.example')).toEqual(new Map());
  });
});
