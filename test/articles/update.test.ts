import { sql } from 'drizzle-orm';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { type Answered, Newsroom } from '../support/newsroom';
import { storeRichArchive } from '../support/rich-archive';

const EVERYTHING = {
  standfirst: 'What it is about',
  byline: 'Our reporters',
  canonicalUrl: 'https://elsewhere.example/1',
  dateline: { place: 'KABUL', source: 'DID Press' },
  authors: ['author-1', 'author-0'],
  categories: ['category-1', 'category-0'],
  topics: ['topic-2'],
  leadImage: { url: 'https://img.example/1.jpg', alt: 'Trucks', caption: 'At the border', width: 800 },
  pinned: true,
  rights: {
    credit: 'Somebody',
    licence: 'CC-BY-4.0',
    territories: ['AF', '034'],
    embargoUntil: new Date(NOW + 1_000).toISOString(),
    expiresAt: new Date(NOW + 2_000).toISOString(),
    textAndDataMining: false,
  },
};

/** What each field is when it is cleared by null. */
const CLEARED = {
  standfirst: null,
  byline: null,
  canonicalUrl: null,
  dateline: null,
  authors: [],
  categories: [],
  topics: [],
  leadImage: null,
  pinned: false,
  rights: null,
} as const;

describeEachEngine('updateArticle', (store) => {
  let db: Database;
  let newsroom: Newsroom;
  beforeAll(async () => {
    db = await store.open();
    await storeRichArchive(db, 3);
    newsroom = new Newsroom(db);
  });

  const entries = () => db.select().from(db.tables.changes).orderBy(db.tables.changes.seq);
  const errors = async (article: Answered, input: object) =>
    (await newsroom.try(article, 'updateArticle', input)).userErrors;

  test('leaves everything that is absent as it is', async () => {
    const before = await newsroom.draft(EVERYTHING);
    const after = await newsroom.to(before, 'updateArticle', { title: 'Another' });
    expect(after).toEqual({ ...before, title: 'Another', revision: 2 });
  });

  test.each(Object.entries(CLEARED))('clears %s by null, and nothing else', async (field, cleared) => {
    const before = await newsroom.draft(EVERYTHING);
    const after = await newsroom.to(before, 'updateArticle', { [field]: null });
    const along = field === 'categories' ? { primaryCategory: null } : {};
    expect(after).toEqual({ ...before, ...along, [field]: cleared, revision: 2 });
  });

  test('does the same inside of the dateline and of the rights', async () => {
    const before = await newsroom.draft(EVERYTHING);
    const input = { dateline: { place: null }, rights: { credit: null, textAndDataMining: null } };
    const after = await newsroom.to(before, 'updateArticle', input);
    expect(after.dateline).toEqual({ place: null, source: 'DID Press' });
    expect(after.rights).toEqual({ ...EVERYTHING.rights, credit: null, textAndDataMining: true });
  });

  test.each(['title', 'slug', 'path', 'language', 'kind'])('refuses to clear %s', async (field) => {
    const before = await newsroom.draft();
    expect(await errors(before, { [field]: null })).toMatchObject([
      { code: 'VALIDATION', field: ['input', field] },
    ]);
  });

  test('an empty body is one', async () => {
    const before = await newsroom.draft();
    expect((await newsroom.to(before, 'updateArticle', { html: null })).body).toEqual({ html: '' });
  });

  test.each([
    ['title', { title: '   ' }],
    ['title', { title: 'x'.repeat(501) }],
    ['standfirst', { standfirst: 'x'.repeat(5_001) }],
    ['html', { html: 'x'.repeat(1_000_001) }],
    ['byline', { byline: 'x'.repeat(501) }],
    ['slug', { slug: '!?' }],
    ['slug', { slug: '' }],
    ['path', { path: '/' }],
    ['path', { path: 'x'.repeat(1_001) }],
    ['canonicalUrl', { canonicalUrl: 'javascript:alert(1)' }],
    ['dateline.place', { dateline: { place: 'x'.repeat(201) } }],
    ['dateline.source', { dateline: { source: 'x'.repeat(201) } }],
    ['leadImage.url', { leadImage: { url: 'data:image/png;base64,AAAA' } }],
    ['leadImage.alt', { leadImage: { url: 'https://img.example/1.jpg', alt: 'x'.repeat(2_001) } }],
    ['leadImage.width', { leadImage: { url: 'https://img.example/1.jpg', width: 0 } }],
    ['rights.credit', { rights: { credit: 'x'.repeat(501) } }],
    ['rights.territories', { rights: { territories: ['AF', 'AF'] } }],
    ['rights.territories.1', { rights: { territories: ['AF', 'Atlantis'] } }],
    [
      'rights.expiresAt',
      { rights: { embargoUntil: '2026-03-02T00:00:00Z', expiresAt: '2026-03-02T00:00:00Z' } },
    ],
    ['authors', { authors: ['author-0', 'author-0'] }],
    ['authors', { authors: Array.from({ length: 21 }, (_, index) => `author-${index}`) }],
    ['topics.1', { topics: ['topic-0', 'topic%2D0'] }],
    ['primaryCategory', { categories: ['category-0'], primaryCategory: 'category-1' }],
  ])('names %s, which is wrong, and writes nothing', async (field, input) => {
    const before = await newsroom.draft();
    const log = await entries();
    const [error, ...others] = await errors(before, input);
    expect(others).toEqual([]);
    expect(error).toMatchObject({ code: 'VALIDATION', field: ['input', ...field.split('.')] });
    expect(error?.message).toMatch(/["a-z]/);
    expect(await entries()).toEqual(log);
  });

  test('keeps what is known of topics that stay, and takes new ones from the editor', async () => {
    const [row] = await db.rows<{ id: number; slug: string }>(
      sql`select t.article_id as id, s.slug from article_topics as t join topics as s on s.id = t.topic_id where t.direct and t.salience < 1 limit 1`,
    );
    if (!row) throw new Error('The archive has topics of less salience');
    const article = { id: globalId('Article', row.id), revision: 1, slug: '', path: '', status: '' };
    const after = await newsroom.to(article, 'updateArticle', { topics: [row.slug, 'topic-0'] });
    expect(after.topics).toEqual([
      { topic: { slug: 'topic-0' }, source: 'EDITOR', salience: 1 },
      { topic: { slug: row.slug }, source: 'EDITOR', salience: 0.5 },
    ]);
  });

  test('moves the primary category with the categories, unless it is among them still', async () => {
    const first = await newsroom.draft({ categories: ['category-0', 'category-1'] });
    expect(first.primaryCategory).toEqual({ slug: 'category-0' });
    const kept = await newsroom.to(first, 'updateArticle', { categories: ['category-2', 'category-0'] });
    expect(kept.primaryCategory).toEqual({ slug: 'category-0' });
    const moved = await newsroom.to(kept, 'updateArticle', { categories: ['category-2'] });
    expect(moved.primaryCategory).toEqual({ slug: 'category-2' });
    const none = await newsroom.to(moved, 'updateArticle', { primaryCategory: null });
    expect(none.primaryCategory).toBeNull();
  });

  test('describes an image as far as it says something of it, and revises the others that show it', async () => {
    const [one, other] = [await newsroom.draft(EVERYTHING), await newsroom.draft(EVERYTHING)];
    const leadImage = { url: EVERYTHING.leadImage.url, caption: null };
    const after = await newsroom.to(one, 'updateArticle', { leadImage });
    expect(after.leadImage).toEqual({ ...EVERYTHING.leadImage, caption: null });
    expect(after.revision).toBe(2);
    const conflict = await newsroom.try(other, 'updateArticle', { title: 'Seen the old caption' });
    expect(conflict.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', current: 2 }]);
  });

  test('makes HTML safe', async () => {
    const html = '<p onclick="x()">Trucks <script>bad()</script><a href="javascript:x()">moved</a>.</p>';
    const after = await newsroom.to(await newsroom.draft(), 'updateArticle', { html });
    expect(after.body).toEqual({ html: '<p>Trucks moved.</p>' });
  });

  test('is told in the log: what has changed, and where the article was', async () => {
    const before = await newsroom.draft({ topics: ['topic-2'] });
    const input = { title: 'Another', slug: 'another', topics: ['topic-0'], rights: { credit: 'X' } };
    await newsroom.to(before, 'updateArticle', input);
    const topics = await db.rows<{ id: number }>(sql`select id from topics where slug = 'topic-2'`);
    expect((await entries()).at(-1)).toMatchObject({
      ...{ entity: 'ARTICLE', op: 'UPDATE', revision: 2, actor: 'user:editor', at: NOW },
      payload: {
        changed: expect.arrayContaining(['title', 'slug', 'path', 'topics', 'rights']),
        was: { slug: before.slug, path: before.path, topics: [topics[0]?.id] },
      },
    });
  });

  test('that changes nothing is no change', async () => {
    const before = await newsroom.draft(EVERYTHING);
    const log = await entries();
    const { rights, dateline, authors, categories, topics, leadImage } = EVERYTHING;
    const same = { title: before.title, html: '<p>Text</p>', rights, dateline, authors, categories, topics };
    expect(await newsroom.to(before, 'updateArticle', { ...same, leadImage })).toEqual(before);
    expect(await entries()).toEqual(log);
  });

  test('of eight at once on one revision one is made, and seven are told the revision that there is', async () => {
    const before = await newsroom.draft();
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, writer) =>
        newsroom.try(before, 'updateArticle', { title: `By ${writer}`, topics: [`topic-${writer}`] }),
      ),
    );
    expect(outcomes.filter(({ article }) => article?.revision === 2)).toHaveLength(1);
    const refused = outcomes.flatMap(({ userErrors }) => userErrors);
    expect(refused).toHaveLength(7);
    for (const error of refused) {
      expect(error).toMatchObject({
        ...{ __typename: 'VersionConflict', code: 'VERSION_CONFLICT', current: 2, field: null },
      });
    }
  });

  test('of eight at once that want one slug one has it, and seven are told that it is taken', async () => {
    const drafts = await Promise.all(Array.from({ length: 4 }, () => newsroom.draft()));
    const outcomes = await Promise.all([
      ...drafts.map((draft) => newsroom.try(draft, 'updateArticle', { slug: 'The Wanted' })),
      ...drafts.map((_, index) =>
        newsroom.send('createArticle', { title: `${index}`, language: 'en', html: '', slug: 'the-wanted' }),
      ),
    ]);
    expect(outcomes.filter(({ article }) => article?.slug === 'the-wanted')).toHaveLength(1);
    const refused = outcomes.flatMap(({ userErrors }) => userErrors);
    expect(refused).toHaveLength(7);
    for (const error of refused)
      expect(error).toMatchObject({ code: 'SLUG_TAKEN', field: ['input', 'slug'] });
  });

  test('refuses a path that another article has', async () => {
    const { path } = await newsroom.draft({ title: 'There' });
    expect(await errors(await newsroom.draft(), { path: `${path}/` })).toMatchObject([
      { code: 'DUPLICATE', field: ['input', 'path'] },
    ]);
  });

  test.each([
    ['nobody has', globalId('Article', 99_999)],
    ['is of another type', globalId('Topic', 1)],
    ['is none', 'x'],
  ])('of an id that %s is refused', async (_what, id) => {
    const { userErrors } = await newsroom.send('updateArticle', { id, expectedRevision: 1, title: 'X' });
    expect(userErrors).toMatchObject([{ code: 'NOT_FOUND', field: ['input', 'id'] }]);
  });

  describe('by a contributor', () => {
    const own = () => newsroom.as(ACTORS.contributor);
    const edits = async (desk: Newsroom, article: Answered) =>
      (await desk.try(article, 'updateArticle', { title: 'Edited' })).userErrors.map(({ code }) => code);

    test('changes drafts of their own, and nobody else', async () => {
      const mine = await own().draft();
      expect(mine.viewerCan).toEqual({ edit: true, publish: false, withdraw: false });
      expect(await edits(own(), mine)).toEqual([]);
      expect(await edits(own(), await newsroom.draft())).toEqual(['FORBIDDEN']);
      const another = { ...ACTORS.contributor, name: 'user:another' };
      expect(await edits(newsroom.as(another), { ...mine, revision: 2 })).toEqual(['FORBIDDEN']);
    });

    test('neither publishes them nor changes them once they are published', async () => {
      const mine = await own().draft();
      for (const mutation of ['publishArticle', 'unpublishArticle', 'restoreArticle']) {
        expect((await own().try(mine, mutation)).userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
      }
      expect((await own().try(mine, 'withdrawArticle', { note: 'No' })).userErrors).toMatchObject([
        { code: 'FORBIDDEN' },
      ]);
      const published = await newsroom.to(mine, 'publishArticle');
      expect(await edits(own(), published)).toEqual(['FORBIDDEN']);
    });
  });

  test.each(['anonymous', 'reader', 'partner', 'moderator'] as const)('is not for %s', async (name) => {
    const draft = await newsroom.draft();
    const { userErrors } = await newsroom.as(ACTORS[name]).try(draft, 'updateArticle', { title: 'X' });
    expect(userErrors).toMatchObject([{ code: 'FORBIDDEN', field: null }]);
    const missing = { ...draft, id: globalId('Article', 99_999) };
    const told = await newsroom.as(ACTORS[name]).try(missing, 'updateArticle', { title: 'X' });
    expect(told.userErrors).toEqual(userErrors);
  });
});
