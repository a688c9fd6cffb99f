/** What readers and those who have said who they are get over HTTP. */
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { ApiKeyService } from '../../src/access';
import { systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { HOUR, NOW } from '../support/archive';
import { plainComment, storeComments } from '../support/discussions';
import { describeEachEngine } from '../support/engines';
import { type Answered, Newsroom } from '../support/newsroom';
import { operation } from '../support/operations';
import { until } from '../support/until';
import { type Serving, serve } from './serving';

const FRONT = '{ articles(first: 10) { nodes { id slug title commentCount } } }';
const BY_SLUG = 'query ($slug: String!) { article(slug: $slug) { id slug title status } }';

interface Thing {
  readonly title?: string;
}

describeEachEngine('answers that are kept, over HTTP', (store) => {
  const clock = heldClock(NOW);
  let api: Serving;
  let newsroom: Newsroom;
  let news: Answered;

  beforeAll(async () => {
    await store.openEmpty();
    api = await serve(store, clock, { CDN_MAX_AGE: '2h', CDN_STALE_WHILE_REVALIDATE: '30s' });
    newsroom = new Newsroom(api.app.database, { clock, actor: ACTORS.admin });
    news = await published('news', 'x'.repeat(3_000));
    const admin = new Api(api.app.database, { clock, actor: ACTORS.admin });
    const topic = 'mutation ($input: CreateTopicInput!) { createTopic(input: $input) { topic { slug } } }';
    for (const slug of ['first', 'second']) {
      const names = [{ language: 'en', name: slug, aliases: [] }];
      await admin.ask(topic, { input: { slug, kind: 'SUBJECT', names } });
    }
  });
  afterAll(() => api.stop());

  const published = async (slug: string, standfirst = 'What happened.') =>
    newsroom.to(await newsroom.draft({ slug, title: slug, standfirst }), 'publishArticle');
  const title = async (slug: string) => (await answer(BY_SLUG, { slug })).article?.title ?? null;
  const answer = async (query: string, variables = {}) => {
    const { data } = (await (await api.post(query, variables)).json()) as {
      data: Record<string, Thing | null>;
    };
    return data;
  };
  /** How many of two requests were run. */
  const runsOf = async (ask: () => Promise<Response>) => {
    const before = api.runs();
    for (let time = 1; time <= 2; time++) await (await ask()).text();
    return api.runs() - before;
  };

  test('who asks again is answered with the same bytes, and nothing is run', async () => {
    const first = await api.post(BY_SLUG, { slug: 'news' });
    const text = await first.text();
    const runs = api.runs();
    const second = await api.post(BY_SLUG, { slug: 'news' }, { 'x-request-id': 'again' });
    expect(await second.text()).toBe(text);
    expect(api.runs()).toBe(runs);
    const of = ({ headers }: Response) =>
      ['content-type', 'cache-control', 'etag', 'vary'].map((name) => headers.get(name));
    expect(of(second)).toEqual(of(first));
    expect(of(first)).toEqual([
      'application/json; charset=utf-8',
      'private, no-store',
      expect.stringMatching(/^"[\w-]{24}"$/),
      'Origin, Accept, Accept-Encoding, Authorization',
    ]);
    expect(second.headers.get('x-request-id')).toBe('again');
    await until(() => api.lines.some(({ cached, requestId }) => cached === true && requestId === 'again'));
  });

  test('a GET says how long it may be kept, by what to purge it, and is 304 to who has the same', async () => {
    const first = await api.get(BY_SLUG, { slug: 'news' });
    const etag = first.headers.get('etag') ?? '';
    expect(first.headers.get('cache-control')).toBe(
      'public, max-age=0, s-maxage=7200, stale-while-revalidate=30',
    );
    expect(first.headers.get('surrogate-key')?.split(' ')).toEqual(
      expect.arrayContaining(['dateline', expect.stringMatching(/^article-\d+$/)]),
    );
    for (const tag of [etag, `"other", W/${etag}`, '*']) {
      const same = await api.get(BY_SLUG, { slug: 'news' }, { 'if-none-match': tag });
      expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag]);
    }
    news = await newsroom.to(news, 'updateArticle', { title: 'Other news' });
    const changed = await api.get(BY_SLUG, { slug: 'news' }, { 'if-none-match': etag });
    expect(changed.status).toBe(200);
    expect(changed.headers.get('etag')).not.toBe(etag);
    expect(await changed.json()).toMatchObject({ data: { article: { title: 'Other news' } } });
  });

  test('a shared cache keeps nothing beyond a date that changes it, and is told of no staleness then', async () => {
    const draft = await newsroom.draft({ slug: 'soon' });
    await newsroom.to(draft, 'publishArticle', { at: new Date(clock.now() + HOUR).toISOString() });
    const { headers } = await api.get(FRONT);
    expect(headers.get('cache-control')).toBe('public, max-age=0, s-maxage=3600');
    expect(JSON.stringify(await answer(FRONT))).not.toContain('soon');
    clock.advance(HOUR - 1);
    expect(await title('soon')).toBeNull();
    clock.advance(1);
    expect(await title('soon')).toBe('A title');
    expect(JSON.stringify(await answer(FRONT))).toContain('soon');
  });

  test('compressed forms have entity tags of their own, and say the same', async () => {
    const query = 'query ($slug: String!) { article(slug: $slug) { slug standfirst } }';
    const plain = await (await api.get(query, { slug: 'news' })).text();
    const tags = new Set<string | null>();
    for (let time = 1; time <= 2; time++) {
      for (const [coding, unpack] of [
        ['br', brotliDecompressSync],
        ['gzip', gunzipSync],
      ] as const) {
        const { headers, bytes } = await api.raw(query, { slug: 'news' }, { 'accept-encoding': coding });
        expect(headers['content-encoding']).toBe(coding);
        expect(unpack(bytes).toString()).toBe(plain);
        expect(bytes.length).toBeLessThan(plain.length / 2);
        tags.add(String(headers.etag));
      }
    }
    expect(tags.size).toBe(2);
  });

  test('of many who ask at once one is run for', async () => {
    const query = '{ articles(first: 7) { nodes { slug } } }';
    const before = api.runs();
    const answers = await Promise.all(Array.from({ length: 50 }, async () => (await api.post(query)).text()));
    expect(new Set(answers).size).toBe(1);
    expect(api.runs() - before).toBe(1);
  });

  test.each([
    ['what is in the news', '{ trendingTopics { z topic { slug } } }'],
    ['what to read next', '{ article(slug: "news") { related { score article { slug } } } }'],
    ['a relation', '{ relation(topics: ["first", "second"]) { articleCount bursts { weight } } }'],
    ['related topics', '{ topic(slug: "first") { related { score topic { slug } } } }'],
  ])('%s is kept until something is published', async (what, query) => {
    expect(await runsOf(() => api.post(query))).toBe(1);
    expect(await runsOf(() => api.post(query))).toBe(0);
    await published(`about ${what}`.replaceAll(' ', '-'));
    expect(await runsOf(() => api.post(query))).toBe(1);
  });

  test('who sends a credential is never answered with what is kept, and nothing of theirs is', async () => {
    await newsroom.draft({ slug: 'secret', title: 'Secret' });
    const keys = new ApiKeyService(api.app.database, clock);
    const { key } = await keys.create(systemActor('keys'), { roles: ['EDITOR'] });
    const authorization = `Bearer ${key}`;
    const asEditor = () => api.post(BY_SLUG, { slug: 'secret' }, { authorization });
    expect(await runsOf(() => api.post(BY_SLUG, { slug: 'secret' }))).toBe(1);
    expect(await runsOf(asEditor)).toBe(2);
    expect((await asEditor()).headers.get('cache-control')).toBe('private, no-store');
    expect(await (await asEditor()).json()).toMatchObject({ data: { article: { title: 'Secret' } } });
    expect(await title('secret')).toBeNull();
    expect((await api.post(BY_SLUG, { slug: 'news' }, { authorization: 'Bearer wrong' })).status).toBe(401);
  });

  test.each([
    ['who asks', '{ viewer { kind } }'],
    ['what a viewer can do', '{ articles(first: 1) { nodes { slug viewerCan { edit } } } }'],
    [
      'one of whose fields says what a viewer can do',
      '{ article(slug: "news") { comments { nodes { viewerCan { reply } } } viewerCan { edit } } }',
    ],
    ['a search', '{ search(query: "news") { nodes { slug } } }'],
    ['an error', '{ articles(first: 1000) { nodes { slug } } }'],
    ['a comment by its token', '{ comment(id: "Q29tbWVudDox", editToken: "x") { id } }'],
    ['a preview', '{ preview(token: "x") { title } }'],
    ['a document that cannot be run', '{ nothing }'],
  ])('%s is not kept', async (_what, query) => {
    for (const ask of [() => api.post(query), () => api.get(query)]) {
      const responses = [await ask(), await ask()];
      for (const { headers } of responses) {
        expect(headers.get('etag')).toBeNull();
        expect(headers.get('cache-control')).toMatch(/no-store/);
      }
    }
  });

  test('a GET that another site could have a browser send is refused, also of what is kept', async () => {
    expect((await api.get(BY_SLUG, { slug: 'news' })).status).toBe(200);
    const { url } = api;
    const query = new URLSearchParams({ query: BY_SLUG, variables: '{"slug":"news"}' });
    expect((await fetch(`${url}/graphql?${query}`)).status).toBe(400);
  });

  test('a document that goes by its hash is kept as well, and what changes something is run each time', async () => {
    const known = '{ articles(first: 3) { nodes { slug } } }';
    const mutation = `mutation { createComment(input: { articleId: "${news.id}", body: "By hash" }) { userErrors { code } } }`;
    const hashed = (query: string) => ({
      persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
    });
    const send = (body: object) =>
      fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    for (const query of [known, mutation]) await (await send({ query, extensions: hashed(query) })).text();
    const search = new URLSearchParams({ extensions: JSON.stringify(hashed(known)) });
    const get = (more = {}) =>
      fetch(`${api.url}/graphql?${search}`, { headers: { 'apollo-require-preflight': 'yes', ...more } });
    expect(await runsOf(get)).toBe(1);
    const etag = (await get()).headers.get('etag') ?? '';
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
    expect(await runsOf(() => send({ extensions: hashed(mutation) }))).toBe(2);
  });

  test('what was not there is found as soon as it is, also under another name', async () => {
    expect(await title('flood')).toBeNull();
    expect(await title('flood')).toBeNull();
    const flood = await published('flood');
    expect(await title('flood')).toBe('flood');
    expect(await answer(operation('Resolve'), { path: '/articles/flood' })).toMatchObject({
      route: { path: '/articles/flood' },
    });
    await newsroom.to(flood, 'updateArticle', { slug: 'deluge' });
    expect((await answer(BY_SLUG, { slug: 'flood' })).article).toMatchObject({ slug: 'deluge' });
    await published('flood');
    expect((await answer(BY_SLUG, { slug: 'flood' })).article).toMatchObject({ slug: 'flood' });
  });

  test('topics that were merged are one at once', async () => {
    const admin = new Api(api.app.database, { actor: ACTORS.admin, clock });
    const create = `mutation ($input: CreateTopicInput!) { made: createTopic(input: $input) { topic { id revision } } }`;
    const [one, two] = await Promise.all(
      ['dam', 'reservoir'].map(async (slug) => {
        const input = { kind: 'SUBJECT', slug, names: [{ language: 'en', name: slug, aliases: [] }] };
        return (await admin.ask<{ made: { topic: { id: string; revision: number } } }>(create, { input }))
          .made.topic;
      }),
    );
    const article = await newsroom.to(
      await newsroom.draft({ slug: 'wet', topics: ['dam'] }),
      'publishArticle',
    );
    const query =
      'query ($slug: String!) { article(slug: $slug) { topics { topic { slug name } } } topic(slug: "dam") { slug articleCount } }';
    const topics = () => answer(query, { slug: article.slug });
    expect(await topics()).toMatchObject({ topic: { slug: 'dam', articleCount: 1 } });
    await topics();
    await admin.ask(
      'mutation ($input: MergeTopicInput!) { mergeTopic(input: $input) { userErrors { message } } }',
      {
        input: { id: one?.id, expectedRevision: one?.revision, into: two?.id },
      },
    );
    expect(await topics()).toEqual({
      article: { topics: [{ topic: { slug: 'reservoir', name: 'reservoir' } }] },
      topic: { slug: 'reservoir', articleCount: 1 },
    });
  });

  test('a comment shows as soon as it is approved, and only its article is read anew', async () => {
    const other = await published('quiet');
    const [comment = 0] = await storeComments(api.app.database, [
      plainComment(Number(Buffer.from(news.id, 'base64url').toString().split(':')[1]), {
        status: 'PENDING',
        html: '<p>Approve me</p>',
      }),
    ]);
    const discussion = (slug: string) => api.post(operation('CommentsPage'), { slug });
    expect(await (await discussion('news')).text()).not.toContain('Approve me');
    await runsOf(() => discussion(other.slug));
    const admin = new Api(api.app.database, { actor: ACTORS.admin, clock });
    const id = Buffer.from(`Comment:${comment}`).toString('base64url');
    await admin.ask(
      'mutation ($input: ModerateCommentsInput!) { moderateComments(input: $input) { userErrors { message } } }',
      {
        input: { items: [{ id, expectedVersion: 1 }], to: 'APPROVED' },
      },
    );
    expect(await (await discussion('news')).text()).toContain('Approve me');
    expect(await runsOf(() => discussion(other.slug))).toBe(0);
  });

  test('what another process writes is seen soon', async () => {
    expect(await title('abroad')).toBeNull();
    const elsewhere = new Newsroom(await store.openAnother(), { clock, actor: ACTORS.admin });
    const draft = await elsewhere.draft({ slug: 'abroad', title: 'Abroad' });
    await elsewhere.to(draft, 'publishArticle');
    await until(async () => (await title('abroad')) === 'Abroad');
  });

  test('a mutation is run each time, and nothing of it is kept', async () => {
    const query =
      'mutation ($input: CreateCommentInput!) { createComment(input: $input) { userErrors { code } } }';
    const input = { articleId: news.id, body: 'Twice', guest: { name: 'Amina', email: 'a@example.org' } };
    expect(await runsOf(() => api.post(query, { input }))).toBe(2);
  });
});

describeEachEngine('a CDN that is told what to purge', (store) => {
  let cdn: Server;
  let api: Serving;
  const told: { tags: string[]; key: unknown }[] = [];
  let isBroken = false;
  beforeAll(async () => {
    cdn = createServer(async (request, response) => {
      const { tags } = (await json(request)) as { tags: string[] };
      if (!isBroken) told.push({ tags, key: request.headers['fastly-key'] });
      response.writeHead(isBroken ? 503 : 204).end();
    });
    await new Promise<void>((resolve) => cdn.listen(0, '127.0.0.1', resolve));
    await store.openEmpty();
    api = await serve(store, heldClock(NOW), {
      CDN_PURGE_URL: `http://127.0.0.1:${(cdn.address() as AddressInfo).port}/purge`,
      CDN_PURGE_HEADER: 'Fastly-Key: secret',
    });
    api.app.startJobs();
  });
  afterAll(async () => {
    await api.stop();
    cdn.closeAllConnections();
    cdn.close();
  });

  test('hears of everything at the start, then of each change, however often it has to be told', async () => {
    await until(() => told.length === 1);
    expect(told[0]).toEqual({ tags: ['dateline'], key: 'secret' });
    isBroken = true;
    const newsroom = new Newsroom(api.app.database, { clock: heldClock(NOW) });
    const draft = await newsroom.draft({ slug: 'news' });
    await newsroom.to(draft, 'publishArticle');
    isBroken = false;
    const tags = () => new Set(told.slice(1).flatMap((each) => each.tags));
    await until(() => tags().has('articles'));
    const { headers } = await api.get(BY_SLUG, { slug: 'news' });
    const named = headers.get('surrogate-key')?.split(' ') ?? [];
    expect(named.some((tag) => tags().has(tag))).toBe(true);
  });
});
