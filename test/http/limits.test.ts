/** Attacks that tools know, by HTTP: what is refused, how, and that nothing else comes to harm. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { LiveSocket, LiveStream } from './live-client';
import { errorsOf, type Running, start } from './tiny';

let api: Running;
beforeAll(async () => {
  api = await start({ COST_ANONYMOUS: '200', COST_READER: '400' });
});
afterAll(() => api.server.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string | Buffer, headers: Record<string, string> = {}, path = '/graphql') =>
  fetch(`${api.url}${path}`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body });
const times = (count: number, each: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => each(index)).join(' ');
const limitOf = async (response: Response) => {
  const errors = await errorsOf(response);
  expect(errors).toHaveLength(1);
  return [response.status, errors[0]?.extensions.code, errors[0]?.extensions.limit];
};

describe('an operation beyond a limit is answered with 400, and the limit', () => {
  test.each([
    ['aliases', `{ article { ${times(100, (index) => `a${index}: title`)} } }`],
    ['rootFields', `{ ${times(500, () => '__typename')} }`],
    ['directivesInOnePlace', `{ article { id ${times(10, () => '@aa')} } }`],
    ['fields', `{ article { ${times(600, () => 'id')} } }`],
    [
      'fields',
      `{ ...F0 } ${times(40, (index) => `fragment F${index} on Query { ...F${index + 1} ...F${index + 1} }`)} fragment F40 on Query { article { id } }`,
    ],
    ['tokens', `{ ${times(50_000, () => 'a')} }`],
    ['tokens', '{ a '.repeat(50_000)],
    ['tokens', `{ a(b: ${'['.repeat(50_000)}`],
    ['depth', `{ article ${'{ author { articles '.repeat(20)}{ id }${'} }'.repeat(20)} }`],
    [
      'introspectionLists',
      '{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }',
    ],
    ['introspectionDepth', `{ __type(name: "Article") ${'{ ofType '.repeat(40)}{ name }${'}'.repeat(40)} }`],
    ['cost', '{ articles(first: 100) { related(first: 100) { id } } }'],
  ])('%s', async (limit, query) => {
    expect(await limitOf(await api.ask(query))).toEqual([400, 'LIMIT_EXCEEDED', limit]);
    // Also when the document is known.
    expect(await limitOf(await api.ask(query))).toEqual([400, 'LIMIT_EXCEEDED', limit]);
  });

  test('with its number', async () => {
    const [error] = await errorsOf(await api.ask('{ articles(first: 100) { related(first: 100) { id } } }'));
    expect(error).toEqual({
      message: 'This operation may cost 200 at most. Ask for smaller pages, or for less in each of them.',
      extensions: { code: 'LIMIT_EXCEEDED', limit: 'cost', max: 200, found: 100 + 100 * 100 },
    });
  });

  test('variables that are nested 100,000 deep', async () => {
    const open = '['.repeat(100_000);
    const body = `{"query":"query ($a: [Day!]) { article { seen(days: $a) } }","variables":{"a":${open}${']'.repeat(100_000)}}}`;
    for (let time = 0; time < 3; time++)
      expect(await limitOf(await post(body))).toEqual([400, 'LIMIT_EXCEEDED', 'variableDepth']);
  });

  test('variables without end', async () => {
    const query = 'query ($a: [Day!]) { article { seen(days: $a) } }';
    const variables = { a: Array(50_000).fill('2026-01-01') };
    expect(await limitOf(await api.ask(query, variables))).toEqual([400, 'LIMIT_EXCEEDED', 'variableValues']);
  });
});

describe('the cost of an operation', () => {
  const QUERY = 'query ($first: Int!) { articles(first: $first) { author { id } } }';
  const ask = (first: number, headers: Record<string, string> = {}) => api.ask(QUERY, { first }, headers);

  test('is that of the variables of each request, also when its document is known', async () => {
    for (let time = 0; time < 4; time++) {
      expect((await ask(100)).status).toBe(200);
      expect((await ask(3)).status).toBe(200);
    }
    const wide = 'query ($first: Int!) { articles(first: $first) { author { id } related { id } } }';
    for (let time = 0; time < 4; time++) expect((await api.ask(wide, { first: 3 })).status).toBe(200);
    for (let time = 0; time < 4; time++)
      expect(await limitOf(await api.ask(wide, { first: 100 }))).toEqual([400, 'LIMIT_EXCEEDED', 'cost']);
  });

  test('is measured by who asks', async () => {
    const query = '{ articles(first: 100) { related(first: 2) { id } } }';
    for (let time = 0; time < 3; time++) {
      expect((await api.ask(query)).status).toBe(400);
      expect((await api.ask(query, {}, { authorization: 'Bearer reader' })).status).toBe(200);
    }
  });

  test('is told to who asks for it', async () => {
    const answer = async (extensions: object) =>
      (await post(JSON.stringify({ query: QUERY, variables: { first: 5 }, extensions }))).json();
    expect(await answer({ cost: true })).toMatchObject({
      data: { articles: expect.any(Array) },
      extensions: { cost: { cost: 10, limit: 200, remaining: 190 } },
    });
    expect(await answer({})).not.toHaveProperty('extensions');
  });
});

describe('over connections that stay open the limits are the same', () => {
  const COSTLY = '{ articles(first: 100) { related(first: 100) { id } } }';
  const refusal = (limit: string) => [{ extensions: { code: 'LIMIT_EXCEEDED', limit } }];

  test('by WebSocket, for subscriptions as well', async () => {
    const client = await LiveSocket.connect(api.url);
    client.subscribe('1', COSTLY);
    expect(await client.message()).toMatchObject({ id: '1', type: 'error', payload: refusal('cost') });
    client.subscribe('2', `subscription { ${times(100, () => 'tick')} }`);
    expect(await client.message()).toMatchObject({ id: '2', type: 'error', payload: refusal('rootFields') });
    const ticking = 'subscription ($n: Int!) { tick(characters: $n) }';
    client.subscribe('3', ticking, { n: [[[[[[[[[[[[1]]]]]]]]]]]] });
    expect(await client.message()).toMatchObject({
      id: '3',
      type: 'error',
      payload: refusal('variableDepth'),
    });
    await client.close();
  });

  test('by server-sent events', async () => {
    const stream = await LiveStream.open(api.url, COSTLY);
    expect(await stream.event()).toMatchObject({ event: 'next', data: { errors: refusal('cost') } });
    stream.close();
  });

  test('and the cost is told as well', async () => {
    const client = await LiveSocket.connect(api.url);
    client.send({
      id: '1',
      type: 'subscribe',
      payload: { query: '{ article { id } }', extensions: { cost: true } },
    });
    const extensions = { cost: { cost: 1, limit: 200, remaining: 199 } };
    expect(await client.message()).toMatchObject({ payload: { data: { article: { id: '1' } }, extensions } });
    await client.close();
  });
});

describe('what is no attack is still told what is wrong with it', () => {
  test('fragments in circles', async () => {
    const response = await api.ask('{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }');
    expect(response.status).toBe(400);
    const [error] = await errorsOf(response);
    expect(error?.message).toBe('Cannot spread fragment "A" within itself via "B".');
  });

  test('a persisted query of another version, or under another hash', async () => {
    for (const persistedQuery of [
      { version: 2, sha256Hash: 'x' },
      { version: 1, sha256Hash: 'x' },
    ]) {
      const response = await post(
        JSON.stringify({ query: '{ __typename }', extensions: { persistedQuery } }),
      );
      expect(response.status).toBe(400);
      expect((await errorsOf(response))[0]?.extensions.code).toBe('BAD_REQUEST');
    }
  });
});

test('no error of a production server says what the schema has', async () => {
  const other = await start({ NODE_ENV: 'production', HOST: '127.0.0.1', INTROSPECTION: 'false' });
  try {
    for (const query of [
      '{ artcle { id } }',
      '{ article { titel } }',
      '{ article(idd: 1) { id } }',
      '{ __schema { directive } }',
      'query ($a: Filtr) { articles(filter: $a) { id } }',
    ]) {
      const [error, ...others] = await errorsOf(await other.ask(query));
      expect(others.length).toBeLessThan(3);
      expect(error?.message).not.toMatch(/did you mean/i);
    }
  } finally {
    await other.server.close();
  }
});

describe('a request of another site', () => {
  test.each<[string, RequestInit, string?]>([
    ['by GET', {}, '?query={__typename}'],
    [
      'by a form',
      {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'query={__typename}',
      },
    ],
    [
      'by a form with files',
      { method: 'POST', headers: { 'content-type': 'multipart/form-data; boundary=x' }, body: 'x' },
    ],
    [
      'as plain text',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{__typename}"}' },
    ],
    [
      'as JSON in disguise',
      {
        method: 'POST',
        headers: { 'content-type': 'text/plain; x=application/json' },
        body: '{"query":"{__typename}"}',
      },
    ],
    ['without a type', { method: 'POST', body: Buffer.from('{"query":"{__typename}"}') }],
  ])('is refused: %s', async (_name, init, search = '') => {
    const response = await fetch(`${api.url}/graphql${search}`, init);
    expect([400, 415]).toContain(response.status);
  });

  test('is refused as a mutation by GET, whatever its headers', async () => {
    const response = await fetch(`${api.url}/graphql?query=${encodeURIComponent('mutation { count }')}`, {
      headers: { 'apollo-require-preflight': '1' },
    });
    expect(response.status).toBe(405);
  });
});

describe('bodies', () => {
  test('of 50 MB, packed, are not unpacked', async () => {
    const packed = await promisify(gzip)(Buffer.alloc(50_000_000, ' '));
    expect((await post(packed, { 'content-encoding': 'gzip' })).status).toBe(415);
    expect((await post(packed, { 'content-encoding': 'identity, gzip' })).status).toBe(415);
  });

  test('with several operations are refused', async () => {
    const response = await post(JSON.stringify(Array(10).fill({ query: '{ __typename }' })));
    expect(response.status).toBe(400);
  });

  test.each([
    ['utf-7', 'application/json; charset=utf-7'],
    ['utf-16', 'application/json; charset=utf-16'],
    ['ibm500', 'application/json; charset=ibm500'],
  ])('in another charset than UTF-8 are refused: %s', async (_name, type) => {
    const response = await post('{"query":"{ __typename }"}', { 'content-type': type });
    expect(response.status).toBe(415);
    expect((await errorsOf(response))[0]?.extensions.code).toBe('UNSUPPORTED_MEDIA_TYPE');
  });

  test.each([
    'application/json; charset=utf-8',
    'application/json;charset=UTF-8',
    'application/json; charset="utf8"',
  ])('in UTF-8 are taken: %s', async (type) => {
    expect((await post('{"query":"{ __typename }"}', { 'content-type': type })).status).toBe(200);
  });

  test('that are nested without end, in whatever place, are no fault of ours', async () => {
    const open = '{"a":'.repeat(100_000);
    const deep = `${open}1${'}'.repeat(100_000)}`;
    for (const body of [
      deep,
      `[${deep}]`,
      `{"query":${deep}}`,
      `{"query":"{ __typename }","extensions":${deep}}`,
      `{"query":"{ __typename }","operationName":${deep}}`,
    ])
      expect((await post(body)).status).toBeLessThan(500);
  });
});

test('a connection on which headers come too slowly is closed within 10 seconds', async () => {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\n');
  const drip = setInterval(() => socket.write('X: y\r\n'), 500);
  const patience = AbortSignal.timeout(10_000);
  socket.resume().on('error', () => undefined);
  await once(socket, 'close', { signal: patience }).finally(() => clearInterval(drip));
}, 15_000);
