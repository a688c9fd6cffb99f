import type { Actor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { describeEachEngine } from '../support/engines';
import { storeRichArchive } from '../support/rich-archive';

const CREATE = `mutation ($input: CreateArticleInput!) {
  createArticle(input: $input) {
    article {
      id slug path title language status revision publishedAt
      dateline { place source }
      body { html }
      authors { slug }
      primaryCategory { slug }
      categories { slug }
      topics { topic { slug } source }
      leadImage { url alt width }
      translations { language }
    }
    userErrors { __typename code message field }
  }
}`;

interface Answer {
  createArticle: { article: Record<string, unknown> | null; userErrors: { code: string; field: string[] }[] };
}

describeEachEngine('createArticle', (store) => {
  let db: Database;
  beforeAll(async () => {
    db = await store.open();
    await storeRichArchive(db, 3);
  });

  const create = async (input: object, actor: Actor = ACTORS.editor) => {
    const given = { title: 'A title', language: 'en', html: '<p>Text</p>', ...input };
    return (await new Api(db, { actor }).ask<Answer>(CREATE, { input: given })).createArticle;
  };
  const articles = async () => {
    const [row] = await db
      .select({ id: db.tables.articles.id })
      .from(db.tables.articles)
      .orderBy(db.tables.articles.id);
    return row;
  };

  test('makes a draft of everything that is given, with its HTML made safe', async () => {
    const made = await create({
      title: 'Torkham reopens',
      language: 'FA-af',
      html: '<p onclick="x()">Trucks <script>bad()</script>moved.</p>',
      dateline: { place: 'TORKHAM', source: 'DID Press' },
      authors: ['author-1', 'author-0'],
      categories: ['category-1', 'category-0'],
      topics: ['topic-2', 'topic-0'],
      leadImage: { url: 'https://img.example/1.jpg', alt: 'Trucks', width: 800 },
    });
    expect(made.userErrors).toEqual([]);
    expect(made.article).toMatchObject({
      slug: 'torkham-reopens',
      path: '/articles/torkham-reopens',
      language: 'fa-AF',
      status: 'DRAFT',
      revision: 1,
      publishedAt: null,
      dateline: { place: 'TORKHAM', source: 'DID Press' },
      body: { html: '<p>Trucks moved.</p>' },
      authors: [{ slug: 'author-1' }, { slug: 'author-0' }],
      primaryCategory: { slug: 'category-1' },
      categories: [{ slug: 'category-1' }, { slug: 'category-0' }],
      leadImage: { url: 'https://img.example/1.jpg', alt: 'Trucks', width: 800 },
    });
    expect(made.article?.topics).toEqual(
      expect.arrayContaining([
        { topic: { slug: 'topic-0' }, source: 'EDITOR' },
        { topic: { slug: 'topic-2' }, source: 'EDITOR' },
      ]),
    );
  });

  test('of an unknown subject is refused by its name and place, and writes nothing', async () => {
    const before = await articles();
    const made = await create({
      topics: ['topic-0', 'nowhere'],
      leadImage: { url: 'https://img.example/9.jpg' },
    });
    expect(made).toEqual({
      article: null,
      userErrors: [
        {
          __typename: 'InvalidInput',
          code: 'NOT_FOUND',
          message: 'There is no topic with the slug "nowhere".',
          field: ['input', 'topics', '1'],
        },
      ],
    });
    expect(await articles()).toEqual(before);
    const images = await db.select({ url: db.tables.images.url }).from(db.tables.images);
    expect(images).not.toContainEqual({ url: 'https://img.example/9.jpg' });
  });

  test.each([
    ['an empty title', { title: '  ' }, 'VALIDATION', ['input', 'title']],
    ['a slug that somebody has', { slug: 'article-0' }, 'SLUG_TAKEN', ['input', 'slug']],
    ['the same author twice', { authors: ['author-0', 'author-0'] }, 'VALIDATION', ['input', 'authors']],
    [
      'an id of another type',
      { translationOf: globalId('Topic', 1) },
      'NOT_FOUND',
      ['input', 'translationOf'],
    ],
    [
      'an original that is not there',
      { translationOf: globalId('Article', 99_999) },
      'NOT_FOUND',
      ['input', 'translationOf'],
    ],
  ])('refuses %s', async (_what, input, code, field) => {
    expect((await create(input)).userErrors).toMatchObject([{ code, field }]);
  });

  test('gives a title that another has a slug of its own, unless the slug was asked for', async () => {
    const first = await create({ title: 'The same' });
    const second = await create({ title: 'The same' });
    expect([first.article?.slug, second.article?.slug]).toEqual(['the-same', 'the-same-2']);
  });

  test('links a translation, and refuses a second one into the same language', async () => {
    const original = await create({ title: 'Original' });
    const id = original.article?.id;
    const dari = await create({ title: 'ترجمه', language: 'fa-AF', translationOf: id });
    expect(dari.article?.translations).toEqual([{ language: 'en' }]);
    const again = await create({ title: 'دوباره', language: 'fa-AF', translationOf: id });
    expect(again.userErrors).toMatchObject([{ code: 'DUPLICATE', field: ['input', 'translationOf'] }]);
  });

  test.each(['anonymous', 'reader', 'partner', 'moderator'] as const)('is not for %s', async (name) => {
    const made = await create({}, ACTORS[name]);
    expect(made).toMatchObject({ article: null, userErrors: [{ code: 'FORBIDDEN', field: null }] });
  });

  test('two in one request each answer with what they have made', async () => {
    const source = `mutation { a: createArticle(input: {title: "One", language: "en", html: ""}) { article { title } }
      b: createArticle(input: {title: "Two", language: "en", html: ""}) { article { title } } }`;
    const answer = await new Api(db, { actor: ACTORS.editor }).ask(source);
    expect(answer).toEqual({ a: { article: { title: 'One' } }, b: { article: { title: 'Two' } } });
  });
});
