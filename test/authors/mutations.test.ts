import fc from 'fast-check';
import type { Actor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import {
  type Archive,
  archivePlans,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  storeArchive,
} from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine, recordStatements } from '../support/engines';
import { changesOf } from '../support/log';
import { expectedTies, givenBy, storedTies } from '../support/ties';

const FIELDS = `author { id slug name bio revision avatar { url alt } articles { totalCount } }
  userErrors { code message field ... on VersionConflict { current } }`;
const mutation = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${FIELDS} } }`;

const CREATE = mutation('createAuthor', 'CreateAuthorInput');
const UPDATE = mutation('updateAuthor', 'UpdateAuthorInput');
const MERGE = mutation('mergeAuthor', 'MergeAuthorInput');
const DELETE = `mutation ($input: SeenInput!) {
  deleteAuthor(input: $input) { deletedId userErrors { code message field } }
}`;

interface Payload {
  readonly author: { readonly id: string; readonly slug: string; readonly revision: number } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
}

async function run(db: Database, source: string, input: object, actor: Actor = ACTORS.editor) {
  const answer = await new Api(db, { actor }).ask<Record<string, Payload>>(source, { input });
  return at(Object.values(answer), 0);
}

async function expectTies(db: Database, given?: ReadonlyMap<number, readonly number[]>) {
  const stored = await storedTies(db, 'author');
  expect(stored).toEqual(await expectedTies(db, 'author', given ?? givenBy(stored)));
}

const article = (authors: number[], status: PlannedArticle['status'] = 'PUBLISHED'): PlannedArticle => ({
  ...{ kind: 'ARTICLE', status, language: 'en', updatedAt: NOW, embargoUntil: null, expiresAt: null },
  ...{ publishedAt: status === 'PUBLISHED' ? NOW - HOUR : null, authors, categories: [], topics: [] },
});

describeEachEngine('authors', (store) => {
  let db: Database;
  let archive: Archive;

  beforeEach(async () => {
    db = await store.open();
    // The last one has written nothing.
    const articles = [article([0]), article([1]), article([2, 1, 0]), article([0], 'DRAFT')];
    archive = await storeArchive(db, { authors: 4, categories: [], topics: [], articles });
  });

  const id = (place: number) => globalId('Author', at(archive.keys.author, place));
  const done = async (source: string, input: object) => {
    const { author, userErrors } = await run(db, source, input);
    expect(userErrors).toEqual([]);
    if (author === null) throw new Error('No author');
    return author;
  };
  const ask = <T>(source: string) => new Api(db).ask<T>(source);

  test('are made with a slug of the name, a biography and a portrait', async () => {
    const avatar = { url: 'https://news.example/zarghuna.jpg', alt: 'Zarghuna' };
    expect(await done(CREATE, { name: ' زرغونه Wafadar ', bio: ' Kabul. ', avatar })).toMatchObject({
      ...{ slug: 'زرغونه-wafadar', name: 'زرغونه Wafadar', bio: 'Kabul.', avatar, revision: 1 },
    });
    expect((await done(CREATE, { name: 'Author 1' })).slug).toBe('author-1-2');
    expect((await done(CREATE, { name: 'Z', slug: 'The Desk' })).slug).toBe('the-desk');
    expect((await changesOf(db, 'AUTHOR')).slice(-3)).toMatchObject(Array(3).fill({ op: 'CREATE' }));
  });

  test('change what is given and keep the rest; null clears; the list is in the order of the new names', async () => {
    const avatar = { url: 'https://news.example/a.jpg', alt: null };
    await done(UPDATE, { id: id(3), expectedRevision: 1, bio: 'B', avatar });
    expect(await done(UPDATE, { id: id(3), expectedRevision: 2, name: 'A first', bio: null })).toMatchObject({
      ...{ slug: 'author-3', name: 'A first', bio: null, avatar, revision: 3 },
    });
    expect((await changesOf(db, 'AUTHOR')).at(-1)?.payload).toEqual({
      before: { name: 'Author 3', bio: 'B' },
    });
    expect(await ask('{ authors(first: 1) { nodes { name } } }')).toEqual({
      authors: { nodes: [{ name: 'A first' }] },
    });
    expect(await done(UPDATE, { id: id(3), expectedRevision: 3, avatar: null })).toMatchObject({
      avatar: null,
    });
    const { userErrors } = await run(db, UPDATE, { id: id(3), expectedRevision: 3, name: 'Mine' });
    expect(userErrors).toMatchObject([{ code: 'VERSION_CONFLICT', current: 4 }]);
  });

  test('that take another slug are found at their former place', async () => {
    await done(UPDATE, { id: id(0), expectedRevision: 1, slug: 'shahzeb' });
    expect(
      await ask(`{
        route(path: "/author/author-0") { ... on Redirect { to permanent } }
        author(slug: "author-0") { slug }
        articles(filter: { authors: ["author-0"] }) { totalCount }
      }`),
    ).toEqual({
      route: { to: '/author/shahzeb', permanent: true },
      author: { slug: 'shahzeb' },
      articles: { totalCount: 2 },
    });
  });

  test('become one: articles, slugs and what the other does not say go over', async () => {
    const avatar = { url: 'https://news.example/a.jpg', alt: 'A' };
    await done(UPDATE, { id: id(0), expectedRevision: 1, bio: 'Writes.', avatar });
    const merge = { id: id(0), expectedRevision: 2, into: id(1) };
    expect(await done(MERGE, merge)).toMatchObject({
      ...{ slug: 'author-1', name: 'Author 1', bio: 'Writes.', avatar, revision: 2 },
      articles: { totalCount: 3 },
    });
    expect(
      await ask(`{
        author(slug: "author-0") { slug }
        route(path: "/author/author-0") { ... on Redirect { to } }
        article(slug: "article-2") { authors { slug } }
      }`),
    ).toEqual({
      author: { slug: 'author-1' },
      route: { to: '/author/author-1' },
      article: { authors: [{ slug: 'author-2' }, { slug: 'author-1' }] },
    });
    await expectTies(db);
    const revised = (await changesOf(db, 'ARTICLE')).filter(({ op }) => op === 'UPDATE');
    expect(revised.map(({ entityId }) => entityId)).toEqual(
      [0, 2, 3].map((place) => at(archive.articles, place).id),
    );
    expect(revised[0]?.payload).toMatchObject({ changed: ['authors'], merged: { facet: 'author' } });
    expect((await changesOf(db, 'AUTHOR')).slice(-2)).toMatchObject([
      { op: 'MERGE', revision: 2, payload: { articles: 3, merged: { slug: 'author-0' } } },
      { op: 'DELETE', revision: 3, payload: { mergedInto: archive.keys.author[1] } },
    ]);
    // Once more is nothing more.
    const log = await changesOf(db, 'AUTHOR');
    expect(await done(MERGE, merge)).toMatchObject({ revision: 2 });
    expect(await changesOf(db, 'AUTHOR')).toEqual(log);
  });

  test('lose no article to those who write meanwhile', async () => {
    const create = `mutation { createArticle(input: { title: "N", language: "en", html: "", authors: ["author-0"] }) {
      userErrors { code }
    } }`;
    const api = new Api(db, { actor: ACTORS.editor });
    const writers = Array.from({ length: 6 }, () => api.ask(create));
    const merged = run(db, MERGE, { id: id(0), expectedRevision: 1, into: id(1) });
    for (const each of await Promise.all(writers))
      expect(each).toEqual({ createArticle: { userErrors: [] } });
    expect((await merged).userErrors).toEqual([]);
    const stored = await storedTies(db, 'author');
    expect(stored.ties.filter(({ subjectId }) => subjectId === archive.keys.author[1])).toHaveLength(4 + 6);
    await expectTies(db);
  });

  test('are deleted when no article has them, drafts included, and say otherwise how many do', async () => {
    expect(await run(db, DELETE, { id: id(0), expectedRevision: 1 })).toMatchObject({
      deletedId: null,
      userErrors: [
        {
          ...{ code: 'NOT_ALLOWED_IN_STATE', field: ['input', 'id'] },
          message: expect.stringContaining('3 articles'),
        },
      ],
    });
    expect(await run(db, DELETE, { id: id(3), expectedRevision: 1 })).toEqual({
      deletedId: id(3),
      userErrors: [],
    });
    expect(await ask('{ author(slug: "author-3") { slug } }')).toEqual({ author: null });
  });

  test.each([
    ['an empty name', { name: ' ' }, 'VALIDATION', ['name']],
    ['a name without end', { name: 'x'.repeat(201) }, 'VALIDATION', ['name']],
    ['a biography without end', { bio: 'x'.repeat(5001) }, 'VALIDATION', ['bio']],
    ['a slug that another has', { slug: 'author-1' }, 'SLUG_TAKEN', ['slug']],
    ['a slug of nothing', { slug: '!' }, 'VALIDATION', ['slug']],
    ['a portrait that is nowhere', { avatar: { url: 'ftp://a.example/' } }, 'VALIDATION', ['avatar', 'url']],
  ])('refuse %s', async (_what, input, code, field) => {
    const before = await changesOf(db, 'AUTHOR');
    const { author, userErrors } = await run(db, CREATE, { name: 'New', ...input });
    expect(author).toBeNull();
    expect(userErrors).toMatchObject([{ code, field: ['input', ...field] }]);
    expect(await changesOf(db, 'AUTHOR')).toEqual(before);
  });

  test.each(['name', 'slug'])('keep their %s: null does not clear it', async (field) => {
    const { userErrors } = await run(db, UPDATE, { id: id(0), expectedRevision: 1, [field]: null });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', field] }]);
  });

  test.each([
    ['itself', 0, 'VALIDATION', 'into'],
    ['nobody', 99, 'NOT_FOUND', 'into'],
  ])('do not become part of %s', async (_what, place, code, field) => {
    const into = place === 99 ? globalId('Author', 99_999) : id(place);
    const { userErrors } = await run(db, MERGE, { id: id(0), expectedRevision: 1, into });
    expect(userErrors).toMatchObject([{ code, field: ['input', field] }]);
  });

  test.each(['contributor', 'moderator', 'partner', 'reader', 'anonymous'] as const)(
    'are nothing that a %s changes',
    async (who) => {
      for (const [source, input] of [
        [CREATE, { name: 'N' }],
        [UPDATE, { id: id(0), expectedRevision: 1, name: 'N' }],
        [MERGE, { id: id(0), expectedRevision: 1, into: id(1) }],
        [DELETE, { id: id(3), expectedRevision: 1 }],
      ] as const) {
        const { userErrors } = await run(db, source, input, ACTORS[who]);
        expect(userErrors).toMatchObject([{ code: 'FORBIDDEN' }]);
      }
    },
  );
});

describeEachEngine('authors that become one another, in any order', (store) => {
  const merges = fc.array(fc.tuple(fc.nat({ max: 3 }), fc.nat({ max: 3 })), { minLength: 1, maxLength: 4 });

  test('leave every article its authors, and every count what a recount says', async () => {
    const property = fc.asyncProperty(archivePlans({ min: 1, max: 12 }), merges, (plan, pairs) =>
      store.using(async (db) => {
        const archive = await storeArchive(db, plan);
        /** Whom the author of a place is part of by now. */
        const heirs = Array.from({ length: plan.authors }, (_, place) => place);
        for (const [from, into] of pairs) {
          if (from === into || heirs[from] !== from || heirs[into] !== into) continue;
          const key = (place: number) => globalId('Author', at(archive.keys.author, place));
          const [row] = (await db.select().from(db.tables.authors)).filter(
            (each) => each.id === archive.keys.author[from],
          );
          const input = { id: key(from), into: key(into), expectedRevision: row?.revision };
          expect((await run(db, MERGE, input)).userErrors).toEqual([]);
          for (const [place, heir] of heirs.entries()) if (heir === from) heirs[place] = into;
        }
        const given = new Map(
          archive.articles.map(({ id, authors }) => [
            id,
            [...new Set(authors.map((place) => at(archive.keys.author, at(heirs, place))))],
          ]),
        );
        await expectTies(db, given);
      }),
    );
    await fc.assert(property, bounded(8));
  }, 60_000);

  test('cost as many statements for one article as for fifty', async () => {
    const counts: number[] = [];
    for (const count of [1, 50]) {
      const sent = recordStatements();
      await store.using(async (db) => {
        const articles = Array.from({ length: count }, () => article([0]));
        const { keys } = await storeArchive(db, { authors: 2, categories: [], topics: [], articles });
        const [from = '', into = ''] = keys.author.map((key) => globalId('Author', key));
        const texts = await sent.during(() => run(db, MERGE, { id: from, into, expectedRevision: 1 }));
        counts.push(texts.length);
      }, sent);
    }
    expect(counts[0]).toBe(counts[1]);
  });
});
