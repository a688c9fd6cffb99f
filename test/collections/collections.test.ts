import fc from 'fast-check';
import { ArticleService } from '../../src/articles';
import type { Actor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
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
import { bounded } from '../support/bounded';
import { describeEachEngine, recordStatements, type StatementRecorder } from '../support/engines';

const FIELDS = 'collection { id slug title revision articles { slug } } userErrors { code message field }';
const mutation = (name: string, input: string) =>
  `mutation ($input: ${input}!) { ${name}(input: $input) { ${FIELDS} } }`;

const CREATE = mutation('createCollection', 'CreateCollectionInput');
const UPDATE = mutation('updateCollection', 'UpdateCollectionInput');
const PLACE = mutation('placeInCollection', 'PlaceInCollectionInput');
const REMOVE = mutation('removeFromCollection', 'RemoveFromCollectionInput');
const DELETE = `mutation ($input: SeenInput!) {
  deleteCollection(input: $input) { deletedId userErrors { code message field } }
}`;

interface Collection {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly revision: number;
  readonly articles: readonly { readonly slug: string }[];
}

interface Payload {
  readonly collection: Collection | null;
  readonly deletedId?: string | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
}

const article = (fields: Partial<PlannedArticle> = {}): PlannedArticle => ({
  ...{ kind: 'ARTICLE', status: 'PUBLISHED', language: 'en', publishedAt: NOW - HOUR, updatedAt: NOW - HOUR },
  ...{ embargoUntil: null, expiresAt: null, authors: [], categories: [], topics: [] },
  ...fields,
});

describeEachEngine('collections', (store) => {
  let db: Database;
  let archive: Archive;
  let sent: StatementRecorder;

  beforeEach(async () => {
    sent = recordStatements();
    db = await store.open(sent);
    const articles = [
      ...Array.from({ length: 6 }, () => article()),
      article({ status: 'DRAFT', publishedAt: null }),
      article({ embargoUntil: NOW + HOUR }),
    ];
    archive = await storeArchive(db, { authors: 0, categories: [], topics: [], articles });
  });

  const id = (place: number) => globalId('Article', at(archive.articles, place).id);
  const ids = (...places: number[]) => places.map(id);

  const run = async (source: string, input: object, actor: Actor = ACTORS.editor): Promise<Payload> => {
    const answer = await new Api(db, { actor }).ask<Record<string, Payload>>(source, { input });
    return at(Object.values(answer), 0);
  };
  const made = async (source: string, input: object): Promise<Collection> => {
    const { collection, userErrors } = await run(source, input);
    expect(userErrors).toEqual([]);
    if (collection === null) throw new Error('No collection');
    return collection;
  };
  const front = () => made(CREATE, { title: 'Front page', articles: ids(2, 0, 6, 7, 5) });

  const READ = '($slug: String!) { collection(slug: $slug) { slug title articles { slug } } }';
  const read = async (slug: string, actor?: Actor) => {
    const api = new Api(db, actor ? { actor } : {});
    return (await api.ask<{ collection: Collection | null }>(`query ${READ}`, { slug })).collection;
  };
  const shown = async (slug: string, actor?: Actor) =>
    (await read(slug, actor))?.articles.map((each) => Number(each.slug.replace('article-', '')));
  const log = async () => {
    const { changes } = db.tables;
    const rows = await db.select().from(changes).orderBy(changes.seq);
    return rows.filter(({ entity }) => entity === 'COLLECTION');
  };

  test('show their articles in the order of the editor, to each viewer what he may see', async () => {
    expect(await front()).toMatchObject({ slug: 'front-page', title: 'Front page', revision: 1 });
    expect(await shown('front-page')).toEqual([2, 0, 5]);
    expect(await shown('front-page', ACTORS.contributor)).toEqual([2, 0, 6, 7, 5]);
  });

  test('are found by their id and among all', async () => {
    const { id: key } = await front();
    await made(CREATE, { title: 'Elections' });
    const source = 'query ($id: ID!) { node(id: $id) { id __typename } collections { slug } }';
    expect(await new Api(db).ask(source, { id: key })).toEqual({
      node: { id: key, __typename: 'Collection' },
      collections: [{ slug: 'elections' }, { slug: 'front-page' }],
    });
  });

  test('lose an article that is withdrawn, and have it in its place when it is back', async () => {
    await front();
    const service = new ArticleService(db, heldClock(NOW));
    const seen = { id: at(archive.articles, 0).id, revision: 1 };
    const withdrawn = await service.withdraw(ARCHIVIST, seen, 'Wrong.');
    expect(await shown('front-page')).toEqual([2, 5]);
    await service.publish(ARCHIVIST, await service.restore(ARCHIVIST, withdrawn));
    expect(await shown('front-page')).toEqual([2, 0, 5]);
  });

  test('read any number of articles and collections with the same statements', async () => {
    await front();
    const count = async () => {
      const texts = await sent.during(() => new Api(db).ask('{ collections { articles { title } } }'));
      return texts.length;
    };
    const one = await count();
    for (const title of ['A', 'B', 'C']) await made(CREATE, { title, articles: ids(0, 1, 2, 3) });
    expect(await count()).toBe(one);
    expect(one).toBe(3);
  });

  test('are changed under the revision that was read, and tell the second of two editors', async () => {
    const { id: key } = await front();
    const mine = await made(UPDATE, { id: key, expectedRevision: 1, articles: ids(1, 2), title: 'Today' });
    expect(mine).toMatchObject({ revision: 2, title: 'Today', slug: 'front-page' });
    const theirs = await run(UPDATE, { id: key, expectedRevision: 1, articles: ids(3) });
    expect(theirs).toMatchObject({ collection: null, userErrors: [{ code: 'VERSION_CONFLICT' }] });
    expect(await shown('front-page')).toEqual([1, 2]);
    const [, update] = await log();
    expect(update).toMatchObject({
      op: 'UPDATE',
      revision: 2,
      actor: ACTORS.editor.name,
      payload: {
        before: { title: 'Front page', articles: [2, 0, 6, 7, 5].map((at) => archive.articles[at]?.id) },
      },
    });
  });

  test('are found under a slug that they had, until another has it', async () => {
    const { id: key } = await front();
    await made(UPDATE, { id: key, expectedRevision: 1, slug: 'Home' });
    expect(await read('front-page')).toMatchObject({ slug: 'home' });
    await made(CREATE, { title: 'Another', slug: 'front-page' });
    expect(await read('front-page')).toMatchObject({ title: 'Another' });
    const back = await run(UPDATE, { id: key, expectedRevision: 2, slug: 'front-page' });
    expect(back.userErrors).toMatchObject([{ code: 'SLUG_TAKEN', field: ['input', 'slug'] }]);
    expect(await read('home')).toMatchObject({ title: 'Front page' });
  });

  test('take one article in, move it and let it go, as often as it is asked', async () => {
    const { id: key } = await made(CREATE, { title: 'Front page', articles: ids(0, 1, 2) });
    const place = (which: number, position: number) => made(PLACE, { id: key, article: id(which), position });
    expect((await place(3, 0)).revision).toBe(2);
    expect(await shown('front-page')).toEqual([3, 0, 1, 2]);
    await place(0, 2);
    expect(await shown('front-page')).toEqual([3, 1, 0, 2]);
    await place(3, 99);
    expect(await shown('front-page')).toEqual([1, 0, 2, 3]);
    expect((await place(3, 99)).revision).toBe(4);
    for (const revision of [5, 5]) {
      expect((await made(REMOVE, { id: key, article: id(0) })).revision).toBe(revision);
    }
    expect(await shown('front-page')).toEqual([1, 2, 3]);
    expect(await log()).toHaveLength(5);
  });

  test('take in what several editors place at once', async () => {
    const { id: key } = await made(CREATE, { title: 'Front page' });
    await Promise.all([0, 1, 2, 3, 4, 5].map((each) => made(PLACE, { id: key, article: id(each) })));
    expect((await shown('front-page'))?.toSorted()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('are no more when they are deleted, and their articles stay', async () => {
    const { id: key } = await front();
    expect(await run(DELETE, { id: key, expectedRevision: 2 })).toMatchObject({
      deletedId: null,
      userErrors: [{ code: 'VERSION_CONFLICT' }],
    });
    expect(await run(DELETE, { id: key, expectedRevision: 1 })).toEqual({ deletedId: key, userErrors: [] });
    expect(await read('front-page')).toBeNull();
    expect(await run(DELETE, { id: key, expectedRevision: 1 })).toMatchObject({
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'id'] }],
    });
    expect((await log()).at(-1)).toMatchObject({ op: 'DELETE', payload: { before: { slug: 'front-page' } } });
    expect(await new Api(db).ask('{ articles { totalCount } }')).toEqual({ articles: { totalCount: 6 } });
  });

  test.each([
    ['an empty title', { title: ' ' }, 'VALIDATION', ['input', 'title']],
    ['a title without end', { title: 'x'.repeat(201) }, 'VALIDATION', ['input', 'title']],
    ['a slug of nothing', { slug: '--' }, 'VALIDATION', ['input', 'slug']],
    ['a slug that another has', { slug: 'Front page' }, 'SLUG_TAKEN', ['input', 'slug']],
    [
      'an article that is not there',
      { articles: [globalId('Article', 1), globalId('Article', 99_999)] },
      'NOT_FOUND',
      ['input', 'articles', '1'],
    ],
    ['what is no article', { articles: [globalId('Topic', 1)] }, 'NOT_FOUND', ['input', 'articles', '0']],
    [
      'an article twice',
      { articles: [1, 2, 1].map((key) => globalId('Article', key)) },
      'VALIDATION',
      ['input', 'articles', '2'],
    ],
    [
      'too many articles',
      { articles: Array.from({ length: 51 }, (_, index) => globalId('Article', index + 1)) },
      'VALIDATION',
      ['input', 'articles'],
    ],
  ])('refuse %s', async (_what, input, code, field) => {
    await front();
    const before = await log();
    const { collection, userErrors } = await run(CREATE, { title: 'Dossier', ...input });
    expect(collection).toBeNull();
    expect(userErrors).toMatchObject([{ code, field }]);
    expect(await log()).toEqual(before);
  });

  test.each(['title', 'slug', 'articles'])('keep their %s: null does not clear it', async (field) => {
    const { id: key } = await front();
    const { userErrors } = await run(UPDATE, { id: key, expectedRevision: 1, [field]: null });
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', field] }]);
  });

  test('that are full take no further article, but move those that they have', async () => {
    const more = Array.from({ length: 50 }, () => article());
    const full = await storeArchive(db, { authors: 0, categories: [], topics: [], articles: more });
    const all = full.articles.map((each) => globalId('Article', each.id));
    const { id: key } = await made(CREATE, { title: 'Full', articles: all });
    expect(await run(PLACE, { id: key, article: id(0) })).toMatchObject({
      userErrors: [{ code: 'NOT_ALLOWED_IN_STATE', field: ['input', 'article'] }],
    });
    expect(await run(PLACE, { id: key, article: id(0), position: -1 })).toMatchObject({
      userErrors: [{ code: 'VALIDATION', field: ['input', 'position'] }],
    });
    const moved = await made(PLACE, { id: key, article: at(all, 49) });
    expect(moved.articles).toHaveLength(50);
  });

  test.each(['anonymous', 'reader', 'partner', 'contributor', 'moderator'] as const)(
    'are not for %s to change',
    async (name) => {
      const { id: key } = await front();
      for (const [source, input] of [
        [CREATE, { title: 'Mine' }],
        [UPDATE, { id: key, expectedRevision: 1, title: 'Mine' }],
        [PLACE, { id: key, article: id(1) }],
        [REMOVE, { id: key, article: id(2) }],
        [DELETE, { id: key, expectedRevision: 1 }],
      ] as const) {
        expect(await run(source, input, ACTORS[name])).toMatchObject({
          userErrors: [{ code: 'FORBIDDEN', field: null }],
        });
      }
      expect(await log()).toHaveLength(1);
    },
  );

  const steps = fc.oneof(
    fc.record({
      do: fc.constant('place' as const),
      article: fc.nat({ max: 5 }),
      position: fc.nat({ max: 7 }),
    }),
    fc.record({ do: fc.constant('remove' as const), article: fc.nat({ max: 5 }) }),
    fc.record({
      do: fc.constant('all' as const),
      articles: fc.uniqueArray(fc.nat({ max: 5 })),
    }),
  );

  test('hold after any steps what a list holds after them', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { minLength: 5, maxLength: 15 }), async (script) => {
        let { id: key, slug, revision } = await made(CREATE, { title: 'Any' });
        let model: number[] = [];
        for (const step of script) {
          const before = model;
          if (step.do === 'all') {
            model = step.articles;
            const input = { id: key, expectedRevision: revision, articles: ids(...model) };
            revision = (await made(UPDATE, input)).revision;
            continue;
          }
          model = before.filter((each) => each !== step.article);
          if (step.do === 'place') model.splice(step.position, 0, step.article);
          const input = { id: key, article: id(step.article) };
          const after =
            step.do === 'place'
              ? await made(PLACE, { ...input, position: step.position })
              : await made(REMOVE, input);
          expect(after.revision).toBe(revision + (model.join() === before.join() ? 0 : 1));
          revision = after.revision;
          expect(await shown(slug)).toEqual(model);
        }
        expect(await shown(slug)).toEqual(model);
      }),
      bounded(8),
    );
  }, 60_000);
});
