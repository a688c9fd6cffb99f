import { sql } from 'drizzle-orm';
import type { Actor } from '../../src/core/actor';
import { globalId } from '../../src/core/ids';
import type { Database } from '../../src/database';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { at } from '../support/archive';
import { describeEachEngine, recordStatements, type StatementRecorder } from '../support/engines';
import { changesOf } from '../support/log';
import { Newsroom } from '../support/newsroom';

const FIELDS = `image { id url width height alt caption credit revision }
  userErrors { code message field ... on VersionConflict { current } }`;
const CREATE = `mutation ($input: CreateImageInput!) { createImage(input: $input) { ${FIELDS} } }`;
const UPDATE = `mutation ($input: UpdateImageInput!) { updateImage(input: $input) { ${FIELDS} } }`;
const DELETE = `mutation ($input: SeenInput!) {
  deleteImage(input: $input) { deletedId userErrors { code message field } }
}`;
const LIST = `query ($first: Int, $after: String, $last: Int, $before: String, $matching: String, $used: Boolean) {
  images(first: $first, after: $after, last: $last, before: $before, matching: $matching, used: $used) {
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { url }
  }
}`;

interface Image {
  readonly id: string;
  readonly revision: number;
}

interface Payload {
  readonly image: Image | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
}

interface List {
  readonly images: {
    readonly totalCount: number;
    readonly pageInfo: {
      readonly hasNextPage: boolean;
      readonly startCursor: string;
      readonly endCursor: string;
    };
    readonly nodes: readonly { readonly url: string }[];
  };
}

const url = (name: string) => `https://news.example/${name}.jpg`;

describeEachEngine('images', (store) => {
  let db: Database;
  let sent: StatementRecorder;
  let newsroom: Newsroom;

  beforeEach(async () => {
    sent = recordStatements();
    db = await store.open(sent);
    newsroom = new Newsroom(db);
  });

  const run = async (source: string, input: object, actor: Actor = ACTORS.editor): Promise<Payload> => {
    const answer = await new Api(db, { actor }).ask<Record<string, Payload>>(source, { input });
    return at(Object.values(answer), 0);
  };
  const done = async (source: string, input: object) => {
    const { image, userErrors } = await run(source, input);
    expect(userErrors).toEqual([]);
    if (image === null) throw new Error('No image');
    return image;
  };
  const make = (name: string, said: object = {}) => done(CREATE, { url: url(name), ...said });
  const list = async (variables: object = {}, actor: Actor = ACTORS.moderator) =>
    (await new Api(db, { actor }).ask<List>(LIST, { ...variables })).images;
  const found = async (variables: object) =>
    (await list(variables)).nodes.map((image) => image.url.slice(url('').indexOf('/', 8) + 1, -4));

  test('are made once of each URL, with all that is said of them', async () => {
    const said = {
      width: 1200,
      height: 800,
      alt: 'A river',
      caption: 'The Kabul river',
      credit: 'DID Press',
    };
    expect(await make('river', said)).toMatchObject({ url: url('river'), ...said, revision: 1 });
    expect(await run(CREATE, { url: url('river') })).toMatchObject({
      image: null,
      userErrors: [{ code: 'DUPLICATE', field: ['input', 'url'] }],
    });
    // Sent again under its key it is answered, and not refused.
    const again = { url: url('sent-again'), idempotencyKey: 'one' };
    expect(await done(CREATE, again)).toEqual(await done(CREATE, again));
    expect(await make('bare')).toMatchObject({ width: null, alt: null, credit: null });
    expect((await changesOf(db, 'IMAGE')).map(({ op }) => op)).toEqual(['CREATE', 'CREATE', 'CREATE']);
  });

  test('are described anew wherever they are shown: their articles have another revision', async () => {
    const draft = await newsroom.draft({ leadImage: { url: url('a'), alt: 'Before', caption: 'C' } });
    const other = await newsroom.draft();
    const [{ id } = { id: 0 }] = await db.select({ id: db.tables.images.id }).from(db.tables.images);
    const image = globalId('Image', id);
    expect(await done(UPDATE, { id: image, expectedRevision: 1, alt: 'After', caption: null })).toMatchObject(
      {
        ...{ alt: 'After', caption: null, revision: 2 },
      },
    );
    expect(
      await newsroom.api.ask(
        `{ articles(filter: { status: [DRAFT] }, orderBy: OLDEST) { nodes { id revision leadImage { alt } } } }`,
      ),
    ).toEqual({
      articles: {
        nodes: [
          { id: draft.id, revision: 2, leadImage: { alt: 'After' } },
          { id: other.id, revision: 1, leadImage: null },
        ],
      },
    });
    expect((await changesOf(db, 'IMAGE')).at(-1)).toMatchObject({
      ...{ op: 'UPDATE', revision: 2, payload: { before: { alt: 'Before', caption: 'C' } } },
    });
    // What says the same again is an edit of the image and of nothing else.
    await done(UPDATE, { id: image, expectedRevision: 2, alt: 'After' });
    expect((await changesOf(db, 'ARTICLE')).filter(({ op }) => op === 'UPDATE')).toHaveLength(1);
    expect(await run(UPDATE, { id: image, expectedRevision: 2, alt: 'Mine' })).toMatchObject({
      userErrors: [{ code: 'VERSION_CONFLICT', current: 3 }],
    });
  });

  test('that are shown are not deleted, and it is said by what; others are', async () => {
    const { id, revision } = await make('a');
    const shown = await newsroom.draft({ title: 'The River', leadImage: { url: url('a') } });
    const author = await newsroom.api.ask<{ createAuthor: { author: Image } }>(
      `mutation { createAuthor(input: { name: "Zarghuna", avatar: { url: "${url('a')}" } }) { author { id revision } } }`,
    );
    expect(await run(DELETE, { id, expectedRevision: revision })).toEqual({
      deletedId: null,
      userErrors: [
        {
          ...{ code: 'NOT_ALLOWED_IN_STATE', field: ['input', 'id'] },
          message: expect.stringContaining('1 articles and 1 authors ("the-river", "zarghuna")'),
        },
      ],
    });
    // Replaced on the article, taken from the author.
    await newsroom.to(shown, 'updateArticle', { leadImage: { url: url('b') } });
    await newsroom.api.ask(
      'mutation ($input: UpdateAuthorInput!) { updateAuthor(input: $input) { userErrors { code } } }',
      {
        input: { id: author.createAuthor.author.id, expectedRevision: 1, avatar: null },
      },
    );
    expect(await run(DELETE, { id, expectedRevision: revision })).toEqual({ deletedId: id, userErrors: [] });
    expect((await list()).nodes).toEqual([{ url: url('b') }]);
    expect((await changesOf(db, 'IMAGE')).at(-1)).toMatchObject({
      op: 'DELETE',
      payload: { before: { url: url('a') } },
    });
    // An article that had it goes back to none.
    const back = await newsroom.api.ask<{ article: { revision: number } }>(
      `{ article(id: "${shown.id}") { revision } }`,
    );
    const rolled = await newsroom.done('rollbackArticle', {
      ...{ id: shown.id, expectedRevision: back.article.revision, revision: 1 },
    });
    expect(rolled).toMatchObject({ leadImage: null });
  });

  test('are deleted or shown, and never both', async () => {
    for (let round = 0; round < 4; round++) {
      const { id } = await make(`race-${round}`);
      const writers = [0, 1].map(() =>
        newsroom.send('createArticle', {
          ...{ title: 'N', language: 'en', html: '', leadImage: { url: url(`race-${round}`) } },
        }),
      );
      const [deleted, ...written] = await Promise.all([run(DELETE, { id, expectedRevision: 1 }), ...writers]);
      expect(['NOT_ALLOWED_IN_STATE', undefined]).toContain(deleted.userErrors[0]?.code);
      for (const { article } of written)
        expect(article).toMatchObject({ leadImage: { url: url(`race-${round}`) } });
    }
  });

  test('are listed for the newsroom, those that came last first, page by page and back', async () => {
    for (const name of ['a', 'b', 'c', 'd', 'e']) await make(name);
    const first = await list({ first: 2 });
    expect(first).toMatchObject({ totalCount: 5, nodes: [{ url: url('e') }, { url: url('d') }] });
    const second = await list({ first: 2, after: first.pageInfo.endCursor });
    expect(second.nodes).toEqual([{ url: url('c') }, { url: url('b') }]);
    await make('f');
    const back = await list({ last: 2, before: second.pageInfo.startCursor });
    expect(back.nodes).toEqual(first.nodes);
    const last = await list({ first: 2, after: second.pageInfo.endCursor });
    expect(last).toMatchObject({ pageInfo: { hasNextPage: false }, nodes: [{ url: url('a') }] });
    for (const variables of [{ first: 1 }, { first: 100, matching: 'jpg', used: false }]) {
      expect(await sent.during(() => list(variables))).toHaveLength(2);
    }
  });

  test('are found by all the words that are asked for, in whatever spelling, and by whether they are shown', async () => {
    await make('%D8%B1%D9%88%D8%AF', { caption: 'The Kabul River at dawn' });
    await make('pk', { alt: 'رودخانه در پاکستان', credit: '100% ours' });
    await newsroom.draft({ leadImage: { url: url('shown'), caption: 'Kabul' } });
    await newsroom.api.ask(
      `mutation { createAuthor(input: { name: "Z", avatar: { url: "${url('face')}" } }) { userErrors { code } } }`,
    );
    expect(await found({ matching: 'kabul' })).toEqual(['shown', '%D8%B1%D9%88%D8%AF']);
    expect(await found({ matching: ' DAWN  kab' })).toEqual(['%D8%B1%D9%88%D8%AF']);
    expect(await found({ matching: 'پاكستان' })).toEqual(['pk']);
    expect(await found({ matching: 'رود' })).toEqual(['pk', '%D8%B1%D9%88%D8%AF']);
    expect(await found({ matching: '%' })).toEqual(['pk']);
    expect(await found({ matching: 'k_b' })).toEqual([]);
    expect(await found({ used: true })).toEqual(['face', 'shown']);
    expect(await found({ used: false, matching: 'jpg' })).toEqual(['pk', '%D8%B1%D9%88%D8%AF']);
    expect(await list({ used: false })).toMatchObject({ totalCount: 2 });
    // Found by what is said of them now.
    const [{ id } = { id: 0 }] = await db
      .select({ id: db.tables.images.id })
      .from(db.tables.images)
      .where(sql`${db.tables.images.url} = ${url('shown')}`);
    await done(UPDATE, { id: globalId('Image', id), expectedRevision: 1, caption: 'Herat' });
    expect([await found({ matching: 'kabul' }), await found({ matching: 'herat' })]).toEqual([
      ['%D8%B1%D9%88%D8%AF'],
      ['shown'],
    ]);
  });

  test.each(['anonymous', 'reader', 'partner'] as const)('are not listed for a %s', async (who) => {
    await make('a');
    await expect(list({}, ACTORS[who])).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });

  test('are found by their ids by readers where readers see what shows them, and by the newsroom always', async () => {
    const { id } = await make('a');
    const source = `{ image(id: "${id}") { url } node(id: "${id}") { ... on Image { alt } } }`;
    const none = { image: null, node: null };
    const some = { image: { url: url('a') }, node: { alt: null } };
    const seen = async () => [await new Api(db).ask(source), await newsroom.api.ask(source)];
    expect(await seen()).toEqual([none, some]);
    const draft = await newsroom.draft({ leadImage: { url: url('a') } });
    expect(await seen()).toEqual([none, some]);
    const published = await newsroom.to(draft, 'publishArticle');
    expect(await seen()).toEqual([some, some]);
    await newsroom.to(published, 'withdrawArticle', { note: 'N' });
    expect(await seen()).toEqual([none, some]);
    expect(await new Api(db).ask(`{ image(id: "${draft.id}") { url } }`)).toEqual({ image: null });
  });

  test('that others show are not described anew by who may not change those', async () => {
    const contributor = newsroom.as(ACTORS.contributor);
    const mine = await contributor.draft({ leadImage: { url: url('mine'), alt: 'One' } });
    expect(
      await contributor.to(mine, 'updateArticle', { leadImage: { url: url('mine'), alt: 'Two' } }),
    ).toMatchObject({ leadImage: { alt: 'Two' } });
    const theirs = await newsroom.draft({ leadImage: { url: url('theirs'), alt: 'One' } });
    const input = { title: 'T', language: 'en', html: '' };
    const refused = await contributor.send('createArticle', {
      ...input,
      leadImage: { url: url('theirs'), alt: 'Two' },
    });
    expect(refused).toMatchObject({
      article: null,
      userErrors: [{ code: 'FORBIDDEN', field: ['input', 'leadImage'] }],
    });
    // As it is they may use it.
    await contributor.done('createArticle', { ...input, leadImage: { url: url('theirs') } });
    expect(await newsroom.api.ask(`{ article(id: "${theirs.id}") { revision leadImage { alt } } }`)).toEqual({
      article: { revision: 1, leadImage: { alt: 'One' } },
    });
  });

  test.each([
    ['an address that is none', { url: 'javascript:alert(1)' }, 'url'],
    ['a width of nothing', { width: 0 }, 'width'],
    ['a height without end', { height: 100_001 }, 'height'],
    ['an alternative text without end', { alt: 'x'.repeat(2_001) }, 'alt'],
    ['a caption without end', { caption: 'x'.repeat(5_001) }, 'caption'],
    ['a credit without end', { credit: 'x'.repeat(501) }, 'credit'],
  ])('refuse %s', async (_what, input, field) => {
    const { image, userErrors } = await run(CREATE, { url: url('new'), ...input });
    expect(image).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'VALIDATION', field: ['input', field] }]);
    expect(await changesOf(db, 'IMAGE')).toEqual([]);
  });

  test('are made by contributors, and changed and deleted by editors', async () => {
    const { image } = await run(CREATE, { url: url('a') }, ACTORS.contributor);
    const input = { id: image?.id ?? '', expectedRevision: 1 };
    for (const who of [ACTORS.contributor, ACTORS.moderator, ACTORS.partner, ACTORS.anonymous]) {
      for (const source of [UPDATE, DELETE])
        expect(await run(source, input, who)).toMatchObject({ userErrors: [{ code: 'FORBIDDEN' }] });
    }
    expect(await run(CREATE, { url: url('b') }, ACTORS.moderator)).toMatchObject({
      userErrors: [{ code: 'FORBIDDEN' }],
    });
  });
});
