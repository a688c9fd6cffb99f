import { sql } from 'drizzle-orm';
import { saveCategories } from '../../src/categories';
import { MAX_CATEGORIES_OF_A_SITE, MAX_CHILDREN } from '../../src/categories/category';
import type { Actor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import {
  ARCHIVIST,
  type Archive,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  storeArchive,
} from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { changesOf } from '../support/log';
import { expectedTies, givenBy, storedTies } from '../support/ties';

const FIELDS = `category {
  id slug name description revision parent { slug } topic { slug } children { slug } articleCount
} userErrors { code message field }`;
const mutation = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${FIELDS} } }`;

const CREATE = mutation('createCategory', 'CreateCategoryInput');
const UPDATE = mutation('updateCategory', 'UpdateCategoryInput');
const MERGE = mutation('mergeCategory', 'MergeCategoryInput');
const DELETE = `mutation ($input: SeenInput!) {
  deleteCategory(input: $input) { deletedId userErrors { code message field } }
}`;

interface Payload {
  readonly category: { readonly id: string; readonly slug: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
}

describeEachEngine('categories', (store) => {
  let db: Database;
  let archive: Archive;

  beforeEach(async () => {
    db = await store.open();
    const articles = [[2], [1], [3, 2], []].map(
      (categories): PlannedArticle => ({
        ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', publishedAt: NOW - HOUR, updatedAt: NOW },
        ...{ embargoUntil: null, expiresAt: null, authors: [], categories, topics: [] },
      }),
    );
    // 1 below 0, 2 below 1; 3 and 4 at the top.
    const categories = [null, 0, 1, null, null];
    archive = await storeArchive(db, { authors: 0, categories, topics: [null], articles });
  });

  const id = (place: number) => globalId('Category', at(archive.keys.category, place));
  const run = async (source: string, input: object, actor: Actor = ACTORS.editor): Promise<Payload> => {
    const answer = await new Api(db, { actor }).ask<Record<string, Payload>>(source, { input });
    return at(Object.values(answer), 0);
  };
  const done = async (source: string, input: object) => {
    const { category, userErrors } = await run(source, input);
    expect(userErrors).toEqual([]);
    if (category === null) throw new Error('No category');
    return category;
  };
  const ask = <T>(source: string) => new Api(db).ask<T>(source);
  const expectTies = async () => {
    const stored = await storedTies(db, 'category');
    expect(stored).toEqual(await expectedTies(db, 'category', givenBy(stored)));
  };

  test('are made where they shall stand, the last of their siblings or at a position', async () => {
    const made = await done(CREATE, {
      ...{ name: ' Elections ', parent: 'category-0', topic: 'topic-0', description: 'Votes.' },
    });
    expect(made).toMatchObject({
      ...{ slug: 'elections', name: 'Elections', description: 'Votes.', revision: 1, articleCount: 0 },
      ...{ parent: { slug: 'category-0' }, topic: { slug: 'topic-0' } },
    });
    await done(CREATE, { name: 'First', parent: 'category-0', position: 0 });
    expect(await ask('{ category(slug: "category-0") { children { slug } } }')).toEqual({
      category: { children: [{ slug: 'first' }, { slug: 'category-1' }, { slug: 'elections' }] },
    });
    expect((await done(CREATE, { name: 'Elections' })).slug).toBe('elections-2');
  });

  test('move with all that is below them and all articles', async () => {
    expect(await done(UPDATE, { id: id(1), expectedRevision: 1, parent: 'category-4' })).toMatchObject({
      ...{ parent: { slug: 'category-4' }, revision: 2, articleCount: 3 },
    });
    expect(await ask('{ categories { slug articleCount } }')).toMatchObject({
      categories: [0, 3, 2, 1, 3].map((articleCount, place) => ({ slug: `category-${place}`, articleCount })),
    });
    await expectTies();
    await done(UPDATE, { id: id(1), expectedRevision: 2, parent: null });
    await expectTies();
    expect((await changesOf(db, 'CATEGORY')).slice(-2)).toMatchObject([
      { op: 'MOVE', payload: { before: { parent: archive.keys.category[0] } } },
      { op: 'MOVE', payload: { before: { parent: archive.keys.category[4] } } },
    ]);
  });

  test('change what is given and keep the rest; null clears', async () => {
    await done(UPDATE, { id: id(3), expectedRevision: 1, topic: 'topic-0', description: 'D', name: 'Three' });
    expect(await done(UPDATE, { id: id(3), expectedRevision: 2, topic: null, position: 0 })).toMatchObject({
      ...{ name: 'Three', description: 'D', topic: null, slug: 'category-3' },
    });
    expect((await changesOf(db, 'CATEGORY')).at(-1)?.payload).toEqual({
      before: { topic: archive.keys.topic[0], position: 3 },
    });
    const second = await run(UPDATE, { id: id(3), expectedRevision: 2, name: 'Mine' });
    expect(second.userErrors).toMatchObject([{ code: 'VERSION_CONFLICT' }]);
  });

  test('that are renamed are found at their former place, and so is what is below them', async () => {
    await done(UPDATE, { id: id(1), expectedRevision: 1, slug: 'analysis' });
    const route = async (path: string) =>
      (
        await ask<{ route: unknown }>(
          `{ route(path: "${path}") { __typename ... on Redirect { to permanent } ... on RouteTo { node { ... on Category { slug } } } } }`,
        )
      ).route;
    for (const path of [
      '/category/category-1',
      '/category/category-0/category-1',
      '/category/x/category-1',
    ]) {
      expect(await route(path)).toEqual({
        ...{ __typename: 'Redirect', to: '/category/category-0/analysis', permanent: true },
      });
    }
    for (const path of ['/category/category-0/analysis', '/category/analysis']) {
      expect(await route(path)).toEqual({ __typename: 'RouteTo', node: { slug: 'analysis' } });
    }
    expect(await route('/category/category-0/category-1/category-2')).toMatchObject({
      node: { slug: 'category-2' },
    });
  });

  test('become one: articles, children and slugs go over', async () => {
    await db.write((tx) =>
      tx.execute(
        sql`update categories set description = 'Two', topic_id = ${archive.keys.topic[0]} where slug = 'category-1'`,
      ),
    );
    expect(await done(MERGE, { id: id(1), expectedRevision: 1, into: id(3) })).toMatchObject({
      ...{ slug: 'category-3', revision: 2, articleCount: 3, description: 'Two', topic: { slug: 'topic-0' } },
      children: [{ slug: 'category-2' }],
    });
    expect(await ask('{ category(slug: "category-1") { slug } }')).toEqual({
      category: { slug: 'category-3' },
    });
    await expectTies();
    const { articles: a } = db.tables;
    const rows = await db
      .select({ primary: a.primaryCategoryId, revision: a.revision })
      .from(a)
      .orderBy(a.id);
    const [, , two, three] = archive.keys.category;
    // The article that carried it itself has it no more as its primary one.
    expect(rows).toEqual([
      { primary: two, revision: 1 },
      { primary: three, revision: 2 },
      { primary: three, revision: 1 },
      { primary: null, revision: 1 },
    ]);
    expect((await changesOf(db, 'ARTICLE')).at(-1)).toMatchObject({
      op: 'MOVE',
      payload: { changed: ['categories'] },
    });
    // Once more is nothing more.
    const log = await changesOf(db, 'CATEGORY');
    expect(await done(MERGE, { id: id(1), expectedRevision: 1, into: id(3) })).toMatchObject({ revision: 2 });
    expect(await changesOf(db, 'CATEGORY')).toEqual(log);
  });

  test('an article that carried both keeps one, in the better place', async () => {
    await done(MERGE, { id: id(3), expectedRevision: 1, into: id(2) });
    const { articles } = await ask<{ articles: { nodes: { slug: string }[] } }>(
      '{ articles(orderBy: OLDEST) { nodes { slug primaryCategory { slug } categories { slug } } } }',
    );
    expect(articles.nodes[2]).toEqual({
      ...{ slug: 'article-2', primaryCategory: { slug: 'category-2' }, categories: [{ slug: 'category-2' }] },
    });
    await expectTies();
  });

  test('are deleted when they are empty, and say otherwise what they hold', async () => {
    expect(await run(DELETE, { id: id(1), expectedRevision: 1 })).toMatchObject({
      deletedId: null,
      userErrors: [
        {
          ...{ code: 'NOT_ALLOWED_IN_STATE', field: ['input', 'id'] },
          message: expect.stringContaining('3 articles, 1 categories'),
        },
      ],
    });
    expect(await run(DELETE, { id: id(4), expectedRevision: 1 })).toEqual({
      deletedId: id(4),
      userErrors: [],
    });
    expect(await ask('{ category(slug: "category-4") { slug } }')).toEqual({ category: null });
  });

  test.each([
    ['itself', 'category-0'],
    ['what is below it', 'category-2'],
  ])('do not hang below %s', async (_what, parent) => {
    const { userErrors } = await run(UPDATE, { id: id(0), expectedRevision: 1, parent });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', 'parent'] }]);
    await expectTies();
  });

  test.each([
    ['an empty name', { name: '' }, 'VALIDATION', 'name'],
    ['a name without end', { name: 'x'.repeat(201) }, 'VALIDATION', 'name'],
    ['a slug that another has', { slug: 'category-1' }, 'SLUG_TAKEN', 'slug'],
    ['a parent that is not there', { parent: 'nowhere' }, 'NOT_FOUND', 'parent'],
    ['a topic that is not there', { topic: 'nowhere' }, 'NOT_FOUND', 'topic'],
    ['a position before the first', { position: -1 }, 'VALIDATION', 'position'],
  ])('refuse %s', async (_what, input, code, field) => {
    const before = await changesOf(db, 'CATEGORY');
    const { category, userErrors } = await run(CREATE, { name: 'New', ...input });
    expect(category).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: ['input', field] }]);
    expect(await changesOf(db, 'CATEGORY')).toEqual(before);
  });

  test('are no more below one than are shown, and no more than a site can have', async () => {
    const many = (count: number, parentId: number | null) =>
      Array.from({ length: count }, (_, position) => ({
        ...{ slug: `c-${parentId}-${position}`, name: 'C', description: null, topicId: null },
        ...{ parentId, position },
      }));
    const [top = 0] = archive.keys.category;
    // One is there already.
    await db.write((tx) => saveCategories(tx, ARCHIVIST, NOW, many(MAX_CHILDREN - 1, top)));
    const full = await run(CREATE, { name: 'One more', parent: 'category-0' });
    expect(full.userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', 'parent'] }]);
    const left = MAX_CATEGORIES_OF_A_SITE - 5 - (MAX_CHILDREN - 1);
    await db.write((tx) => saveCategories(tx, ARCHIVIST, NOW, many(left, null)));
    const beyond = await run(CREATE, { name: 'One more' });
    expect(beyond.userErrors).toMatchObject([
      { code: 'VALIDATION', message: expect.stringContaining('1000 categories') },
    ]);
  });

  test.each(['name', 'slug', 'position'])('keep their %s: null does not clear it', async (field) => {
    const { userErrors } = await run(UPDATE, { id: id(0), expectedRevision: 1, [field]: null });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', field] }]);
  });
});
