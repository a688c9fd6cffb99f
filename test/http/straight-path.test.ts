/** Requests that are answered without Fastify, and those that are not: nobody can tell the one from the other. */
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import * as compression from '../../src/core/compression';
import { signals } from '../../src/core/signals';
import type { Answers, Kept } from '../../src/http/answers';
import type { ServerParts } from '../../src/http/server';
import { StraightReply } from '../../src/http/straight-exchange';
import { until } from '../support/until';
import { BY_FASTIFY, post, type Told } from './plain-client';
import { type Running, start } from './tiny';

jest.mock('../../src/core/compression', () => {
  const actual = jest.requireActual('../../src/core/compression');
  return { ...actual, compress: jest.fn(actual.compress) };
});
const { compress: compressed } = jest.requireActual<typeof compression>('../../src/core/compression');
const compress = jest.mocked(compression.compress);

const send = jest.spyOn(StraightReply.prototype, 'send');
const servers: Running[] = [];
async function serve(environment: Record<string, string> = {}): Promise<Running> {
  const api = await start(environment);
  servers.push(api);
  return api;
}
beforeEach(() => void send.mockClear());
afterAll(async () => {
  for (const { server } of servers) await server.close();
});

/** What is answered, what is logged, and what is told of the operation: both ways. */
async function bothWays(api: Running, body: string, headers: Record<string, string> = {}) {
  const ended: object[] = [];
  const deaf = signals.operationEnded.hear(({ milliseconds, effort, facts, ...operation }) => {
    ended.push({ ...operation, facts: facts?.() ?? null });
  });
  const one = async (further: Record<string, string>) => {
    const before = api.lines.length;
    ended.length = 0;
    const told = await post(api.url, body, { 'x-request-id': 'same', ...headers, ...further });
    const isOver = () => api.lines.some(({ status }, n) => n >= before && status !== undefined);
    await until(() => isOver());
    const lines = api.lines.slice(before).map(({ time, ms, fault, ...line }) => line);
    return { ...told, lines, ended: [...ended] };
  };
  const fastify = await one(BY_FASTIFY);
  expect(send).not.toHaveBeenCalled();
  const straight = await one({});
  expect(send).toHaveBeenCalledTimes(1);
  send.mockClear();
  deaf();
  return { straight, fastify };
}

const QUERY = '{ article { id title } }';
const json = (query: string, rest: object = {}) => JSON.stringify({ query, ...rest });
const hashed = (query: string) => ({
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') },
});

describe('a plain request is answered as Fastify answers it:', () => {
  let api: Running;
  beforeAll(async () => {
    api = await serve({ RATE_ANONYMOUS: '0', REQUEST_TIMEOUT: '1s', MAX_QUERY_COST: '500' });
  });

  test.each<[string, string, Record<string, string>?]>([
    ['a query', json(QUERY)],
    ['one with variables', json('query A($id: ID) { article(id: $id) { id } }', { variables: { id: '7' } })],
    [
      'a named one of two',
      json('query A { article { id } } query B { hits { __typename } }', { operationName: 'B' }),
    ],
    ['one that is not named', json('query A { article { id } } query B { article { title } }')],
    [
      'a text in many scripts',
      json('query A($id: ID) { article(id: $id) { id } }', { variables: { id: 'پښتو 🜁' } }),
    ],
    ['a long answer', json('{ big(characters: 100000) }')],
    ['who asks', json('{ whoAsks kindOfActor }')],
    ['an extension of no meaning', json(QUERY, { extensions: { clientLibrary: { name: 'a' } } })],
    ['a hash that is known', JSON.stringify({ extensions: hashed(QUERY) })],
    ['a hash that is not', JSON.stringify({ extensions: hashed('{ unheard-of }') })],
    ['a hash with its document', json(QUERY, { extensions: hashed(QUERY) })],
    ['what it costs', json(QUERY, { extensions: { cost: true } })],
    ['a mistake in the syntax', json('{ article {')],
    ['a mistake in a name', json('{ nothing }')],
    ['a mistake in a variable', json('query A($id: Int!) { slow(ms: $id) }', { variables: { id: 'x' } })],
    ['a subscription', json('subscription { tick }')],
    ['introspection', json('{ __schema { queryType { name } } }')],
    ['no document', JSON.stringify({})],
    ['several operations', JSON.stringify([{ query: QUERY }])],
    ['what is no object', '"text"'],
    ['a refusal', json('{ publicFault }')],
    ['a database that is away', json('{ unavailable article { id } }')],
    ['a part that fails', json('{ article { id broken } }')],
    ['an answer that comes too late', json('{ slow(ms: 1500) }')],
    ['one in another media type', json(QUERY), { accept: 'application/graphql-response+json' }],
    ['one in a media type of nobody', json(QUERY), { accept: 'text/csv' }],
    ['one with a cookie', json(QUERY), { cookie: 'a=b' }],
    ['a refusal to who takes answers compressed', json('{ publicFault }'), { 'accept-encoding': 'gzip' }],
    ['one that comes too late to be compressed', json('{ slow(ms: 1500) }'), { 'accept-encoding': 'gzip' }],
    ['one of a proxy that is not trusted', json(QUERY), { 'x-forwarded-for': '203.0.113.1' }],
  ])('%s', async (_name, body, ...[headers]) => {
    // A document is compiled when it is seen again: by then both ways are past that.
    for (let time = 1; time <= 3; time++) await post(api.url, body, { ...headers, ...BY_FASTIFY });
    const { straight, fastify } = await bothWays(api, body, headers);
    expect(straight).toEqual(fastify);
  });

  test('a fault, but for its reference', async () => {
    const { straight, fastify } = await bothWays(api, json('{ fault }'));
    const known = ({ body }: typeof straight) => body.replace(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, '');
    expect(known(straight)).toBe(known(fastify));
    expect(straight.status).toBe(fastify.status);
  });

  test('with an id of its own where the client brings none', async () => {
    const { headers } = await post(api.url, json(QUERY));
    expect(new Map(headers).get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
    const { lines } = api;
    await until(() => lines.some(({ requestId }) => requestId === new Map(headers).get('x-request-id')));
  });

  test.each([['*'], ['https://a.example,https://b.example'], ['']])(
    'with what pages of other origins are told, "%s"',
    async (CORS_ORIGINS) => {
      const { straight, fastify } = await bothWays(
        await serve({ CORS_ORIGINS, RATE_ANONYMOUS: '0' }),
        json(QUERY),
      );
      expect(straight).toEqual(fastify);
    },
  );
});

describe('Fastify answers', () => {
  let api: Running;
  beforeAll(async () => {
    api = await serve({ BODY_LIMIT: '10kB' });
  });
  afterEach(() => expect(send).not.toHaveBeenCalled());

  test.each<[string, number, string, Record<string, string>]>([
    ['who says who they are', 200, json(QUERY), { authorization: 'Bearer reader' }],
    ['who says so and is not', 401, json(QUERY), { authorization: 'Bearer nobody' }],
    ['pages of other origins', 200, json(QUERY), { origin: 'http://localhost:1' }],
    ['who sends a compressed body', 415, json(QUERY), { 'content-encoding': 'gzip' }],
    ['who sends another charset', 415, json(QUERY), { 'content-type': 'application/json; charset=latin1' }],
    ['who sends no JSON', 400, '{', {}],
    ['who sends nothing', 400, '', {}],
    ['who sends a form', 415, 'query=1', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['who sends too much', 413, json(`{ a } # ${'x'.repeat(20_000)}`), {}],
    ['who would poison an object', 400, '{"query":"{ article { id } }","__proto__":{"a":1}}', {}],
    ['who would do so in other letters', 400, '{"\\u005f_proto__":{"a":1},"query":"{ article { id } }"}', {}],
    ['who would poison its constructor', 400, '{"constructor":{"prototype":1}}', {}],
    ['who writes letters by their numbers', 200, '{"query":"{ \\u0061rticle { id } }"}', {}],
    ['what is elsewhere', 404, json(QUERY), { 'x-elsewhere': '1' }],
  ])('%s', async (_name, status, body, headers) => {
    const url = headers['x-elsewhere'] ? `${api.url}/else` : api.url;
    expect((await post(url, body, headers)).status).toBe(status);
  });

  test('who sends the body after the head', async () => {
    const body = json(QUERY);
    const { port } = new URL(api.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1');
      socket.on('error', reject).on('data', (bytes) => {
        socket.destroy();
        resolve(String(bytes));
      });
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`,
      );
      void delay(50).then(() => socket.write(body.slice(0, 9)));
      void delay(100).then(() => socket.write(body.slice(9)));
    });
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toContain('"Title 1"');
  });

  test('every request where operations are traced', async () => {
    const tracing = { begin: () => ({ traceId: 'a', end: () => undefined }) };
    const traced = await start({}, { tracing });
    servers.push(traced);
    expect((await post(traced.url, json(QUERY))).status).toBe(200);
  });
});

test('requests of one connection are answered in their order, whoever answers', async () => {
  const api = await serve({ RATE_ANONYMOUS: '0' });
  const head = (body: string, type: string) =>
    `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: ${type}\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  const [slow, fast] = [json('{ slow(ms: 60) }'), json(QUERY)];
  const sent = [
    head(slow, 'application/json'),
    head(fast, 'application/json;charset=utf-8'),
    head(fast, 'application/json'),
    head(slow, 'application/json;charset=utf-8'),
  ].join('');
  const answers = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
    let received = '';
    socket.on('error', reject).on('data', (bytes) => {
      received += String(bytes);
      if (received.match(/"data"/g)?.length !== 4) return;
      socket.destroy();
      resolve(received);
    });
    socket.write(sent);
  });
  expect(answers.match(/\{"data":.*\}/g)).toEqual([
    '{"data":{"slow":"done"}}',
    ...Array.from({ length: 2 }, () => '{"data":{"article":{"id":"1","title":"Title 1"}}}'),
    '{"data":{"slow":"done"}}',
  ]);
});

test.each([[{}], [{ 'accept-encoding': 'gzip, br' }]])(
  'operations are counted whichever way they come, and refused alike when they are too many: %j',
  async (coding) => {
    const api = await serve({ RATE_ANONYMOUS: '3' });
    const ask = async (headers: Record<string, string>) => {
      const {
        status,
        headers: told,
        body,
      } = await post(api.url, json(QUERY), { 'x-request-id': 'same', ...coding, ...headers });
      return {
        status,
        body,
        told: told.filter(([name]) => !/reset|retry/.test(name)),
        names: told.map(([name]) => name),
      };
    };
    expect((await ask({})).told).toContainEqual(['ratelimit-remaining', '2']);
    expect((await ask(BY_FASTIFY)).told).toContainEqual(['ratelimit-remaining', '1']);
    expect((await ask({})).told).toContainEqual(['ratelimit-remaining', '0']);
    const [fastify, straight] = [await ask(BY_FASTIFY), await ask({})];
    expect(straight.status).toBe(429);
    const known = ({ body, ...rest }: typeof straight) => ({ ...rest, body: body.replace(/\d+/g, 'n') });
    expect(known(straight)).toEqual(known(fastify));
  },
);

describe('who comes through proxies comes from where Fastify says, with TRUST_PROXY=', () => {
  const HAS_IPV6 = networkInterfaces().lo?.some(({ address }) => address === '::1') ?? false;
  const SPOOFED = '192.0.2.66';
  const ADDRESSES = {
    none: undefined,
    one: '203.0.113.1',
    'one with room': ' 203.0.113.1\t',
    'what is made up, and one': `${SPOOFED}, 203.0.113.1`,
    'what is made up, and two': `${SPOOFED},203.0.113.1 ,  10.0.0.7`,
    'what is made up, and three': `${SPOOFED}, 203.0.113.1, 10.0.0.7, 127.0.0.9`,
    'two that are trusted': '127.0.0.8, 10.0.0.7',
    'nothing between commas': '203.0.113.1, , ,10.0.0.7,',
    nothing: '',
    'nothing but commas': ' , ,',
    IPv6: '2001:db8::7',
    'IPv6 behind one of IPv4 in its clothes': '2001:db8::7, ::ffff:10.0.0.7',
    'IPv6 in brackets': '[2001:db8::7]:4711',
    'a port': '203.0.113.1:4711',
    'no address at all': 'unknown, _hidden, ../etc',
    'no address behind one that is trusted': 'unknown, 10.0.0.7',
  };
  /** The addresses that requests are taken to come from are put into `seen`, both ways. */
  const behind = async (HOST: string, TRUST_PROXY: string, seen: string[]) => {
    const context: ServerParts['context'] = ({ client }) => {
      seen.push(client.address);
      return {};
    };
    const api = await start({ HOST, TRUST_PROXY, RATE_ANONYMOUS: '0' }, { context });
    servers.push(api);
    return api;
  };

  /** What is found where one proxy is trusted, and where the one behind it is, too. */
  const BEHIND_ONE = {
    one: '203.0.113.1',
    'one with room': '203.0.113.1',
    'what is made up, and one': '203.0.113.1',
    'what is made up, and two': '10.0.0.7',
    'what is made up, and three': '10.0.0.7',
    'two that are trusted': '10.0.0.7',
    'nothing between commas': '10.0.0.7',
    IPv6: '2001:db8::7',
    'IPv6 behind one of IPv4 in its clothes': '::ffff:10.0.0.7',
    'IPv6 in brackets': '[2001:db8::7]:4711',
    'a port': '203.0.113.1:4711',
    'no address at all': '../etc',
    'no address behind one that is trusted': '10.0.0.7',
  };
  const BEHIND_TWO = {
    ...BEHIND_ONE,
    'what is made up, and two': '203.0.113.1',
    'two that are trusted': '127.0.0.8',
    'nothing between commas': '203.0.113.1',
    'IPv6 behind one of IPv4 in its clothes': '2001:db8::7',
    'no address behind one that is trusted': 'unknown',
  };

  test.each<[string, string, Partial<Record<keyof typeof ADDRESSES, string>>]>([
    ['127.0.0.1', 'no', {}],
    ['127.0.0.1', '10.0.0.0/8', {}],
    ['127.0.0.1', 'loopback', BEHIND_ONE],
    [
      '127.0.0.1',
      'loopback, 10.0.0.0/8',
      {
        ...BEHIND_TWO,
        'what is made up, and one': '203.0.113.1',
        'what is made up, and three': '203.0.113.1',
        'no address at all': '../etc',
      },
    ],
    [
      '127.0.0.1',
      '2',
      {
        ...BEHIND_TWO,
        'what is made up, and one': SPOOFED,
        'what is made up, and three': '10.0.0.7',
        'no address at all': '_hidden',
      },
    ],
    ['::1', '::1', { ...BEHIND_ONE, 'what is made up, and three': '127.0.0.9' }],
  ])('of a peer at %s, %s', async (peer, trust, expected) => {
    if (peer === '::1' && !HAS_IPV6) return;
    const seen: string[] = [];
    const api = await behind(peer, trust, seen);
    for (const [name, address] of Object.entries(ADDRESSES)) {
      const { straight, fastify } = await bothWays(api, json(QUERY), {
        ...{ 'x-forwarded-host': 'a.example', 'x-forwarded-proto': 'https' },
        ...(address === undefined ? {} : { 'x-forwarded-for': address }),
      });
      expect(straight).toEqual(fastify);
      const known = { ...expected }[name] ?? peer;
      expect([name, ...seen.splice(0)]).toEqual([name, known, known]);
    }
  });
});

test('operations are counted by the address that a proxy says, whichever way they come', async () => {
  const api = await serve({ RATE_ANONYMOUS: '2', TRUST_PROXY: 'loopback' });
  const left = async (address: string, further: Record<string, string> = {}) => {
    const { status, headers } = await post(api.url, json(QUERY), { 'x-forwarded-for': address, ...further });
    return [status, new Map(headers).get('ratelimit-remaining')];
  };
  expect(await left('203.0.113.1')).toEqual([200, '1']);
  expect(await left('192.0.2.66, 203.0.113.1', BY_FASTIFY)).toEqual([200, '0']);
  expect(await left('192.0.2.67, 203.0.113.1')).toEqual([429, '0']);
  expect(await left('203.0.113.2')).toEqual([200, '1']);
  // Of IPv6 a network is one address.
  expect(await left('2001:db8:0:1::1', BY_FASTIFY)).toEqual([200, '1']);
  expect(await left('2001:db8:0:1::2')).toEqual([200, '0']);
  expect(send).toHaveBeenCalledTimes(4);
});

describe('answers are compressed alike, whichever way they are asked for:', () => {
  let api: Running;
  beforeAll(async () => {
    api = await serve({ RATE_ANONYMOUS: '0' });
  });
  const told = ({ headers }: Told) => {
    const found = new Map(headers);
    return [found.get('content-encoding'), found.get('vary')];
  };
  /** A query for an answer of so many bytes. */
  const sized = (bytes: number) => json(`{ big(characters: ${bytes - '{"data":{"big":""}}\n'.length}) }`);
  const asked = async (body: string, coding: string) => {
    const { straight, fastify } = await bothWays(api, body, { 'accept-encoding': coding });
    expect(straight).toEqual(fastify);
    expect(new Map(straight.headers).get('content-length')).toBe(String(straight.bytes));
    return straight;
  };

  test.each([
    ['gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.1, gzip;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['GZip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['*', 'gzip'],
    ['br;q=0, *', 'gzip'],
    ['br;q=0, gzip;q=0.5, *', 'gzip'],
    ['gzip;q=0, *', undefined],
    ['gzip;q=0', undefined],
    ['*;q=0', undefined],
    ['identity', undefined],
    ['identity, gzip;q=0.5', undefined],
    ['deflate, zstd', undefined],
    ['nonsense;;q=,,', undefined],
    ['', undefined],
  ])('Accept-Encoding: %s', async (accepted, coding) => {
    const vary = coding ? 'Origin, Accept-Encoding' : 'Origin';
    for (const bytes of [1_024, 8_192, 100_000]) {
      const answer = await asked(sized(bytes), accepted);
      expect(told(answer)).toEqual([coding, vary]);
      expect(answer.body).toHaveLength(bytes);
      expect(answer.bytes < bytes).toBe(coding !== undefined);
    }
    const small = await asked(sized(1_023), accepted);
    expect(told(small)).toEqual([undefined, 'Origin']);
    expect(small.bytes).toBe(1_023);
  });

  test('mistakes that take many words', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `thereIsNoFieldOfThisName${n}`);
    const answer = await asked(json(`{ article { ${names.join(' ')} } }`), 'gzip');
    expect(answer.status).toBe(400);
    expect(answer.body).toContain('thereIsNoFieldOfThisName0');
    expect(told(answer)[0]).toBe('gzip');
  });

  test('where every origin may read them there is nothing else to vary by', async () => {
    const open = await serve({ RATE_ANONYMOUS: '0', CORS_ORIGINS: '*' });
    const { straight, fastify } = await bothWays(open, sized(2_000), { 'accept-encoding': 'br' });
    expect(straight).toEqual(fastify);
    expect(told(straight)).toEqual(['br', 'Accept-Encoding']);
  });

  test.each([1_024, 100_000])('not at all where %i bytes cannot be: that is a fault', async (bytes) => {
    compress.mockImplementation(() => {
      const fault = new Error('no memory is left');
      if (bytes > 8_192) return Promise.reject(fault);
      throw fault;
    });
    try {
      const answer = await asked(sized(bytes), 'gzip');
      expect(answer.status).toBe(500);
      expect(told(answer)).toEqual([undefined, 'Origin']);
      expect(JSON.parse(answer.body)).toMatchObject({
        errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR', reference: 'same' } }],
      });
      expect(answer.lines.map(({ msg }) => msg)).toContain('A request failed');
    } finally {
      compress.mockImplementation(compressed);
    }
  });

  test('not at all where one that is kept cannot be: nothing is said of its bytes', async () => {
    const kept: Kept = {
      ...{ validUntil: Infinity, contentType: 'application/json', operationName: null, headers: {} },
      ...{ surrogateKey: '', codingFor: (wanted) => wanted, etag: (coding) => `"${coding}"` },
      in: async () => {
        throw new Error('no memory is left');
      },
    };
    const answers: Answers = { get: () => kept, find: async () => kept, timeLeft: () => Infinity };
    const keeping = await start({ RATE_ANONYMOUS: '0' }, { answers });
    servers.push(keeping);
    const { straight, fastify } = await bothWays(keeping, json(QUERY), { 'accept-encoding': 'gzip' });
    expect(straight.status).toBe(500);
    const found = ({ headers }: Told) =>
      headers.filter(([name]) => /^(content-encoding|etag|vary|cache-control)$/.test(name));
    expect(found(straight)).toEqual([['vary', 'Origin']]);
    expect(found(fastify)).toEqual(found(straight));
    expect(straight.body).toBe(fastify.body);
  });

  test('for nobody any more where the client has gone', async () => {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    compress.mockImplementation(async (bytes) => {
      await held;
      return bytes;
    });
    try {
      const calls = compress.mock.calls.length;
      const body = sized(100_000);
      const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
      socket.write(
        `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\naccept-encoding: br\r\nx-request-id: gone\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
      );
      await until(() => compress.mock.calls.length > calls);
      socket.destroy();
      await until(() =>
        api.lines.some(({ requestId, msg }) => requestId === 'gone' && msg === 'The client went away'),
      );
      expect(send).not.toHaveBeenCalled();
      release();
      await until(() => send.mock.calls.length === 1);
    } finally {
      compress.mockImplementation(compressed);
    }
    expect((await post(api.url, json(QUERY))).status).toBe(200);
    expect(api.lines.filter(({ requestId, status }) => requestId === 'gone' && status)).toEqual([]);
  });
});

test('a client that has gone is known to be, and has a line of its own', async () => {
  const asked: (() => boolean)[] = [];
  const api = await start(
    {},
    {
      context: ({ ended }) => {
        if (ended) asked.push(ended);
        return {};
      },
    },
  );
  servers.push(api);
  const body = json('{ slow(ms: 300) }');
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  socket.write(
    `POST /graphql HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
  );
  await until(() => asked.length === 1);
  expect(asked[0]?.()).toBe(false);
  socket.destroy();
  await until(() => asked[0]?.() === true);
  await until(() => api.lines.some(({ msg }) => msg === 'The client went away'));
  await until(() => send.mock.calls.length === 1);
});

test('a server that stops answers what it has begun, and says that it was the last', async () => {
  const api = await start();
  const going = post(api.url, json('{ slow(ms: 200) }'));
  await delay(50);
  const stopping = api.server.drain.run(AbortSignal.timeout(5_000));
  const { status, headers } = await going;
  expect([status, new Map(headers).get('connection')]).toEqual([200, 'close']);
  await stopping;
  await api.server.close();
});
