import { once } from 'node:events';
import { request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { errorsOf, type Running, start } from './tiny';

let api: Running;
beforeAll(async () => {
  api = await start();
});
afterAll(() => api.server.close());

const JSON_TYPE = { 'content-type': 'application/json' };
const post = (body: string | Buffer, headers: Record<string, string> = JSON_TYPE, path = '/graphql') =>
  fetch(`${api.url}${path}`, { method: 'POST', headers, body });
const get = (query: string, headers: Record<string, string> = { 'apollo-require-preflight': 'yes' }) =>
  fetch(`${api.url}/graphql?query=${encodeURIComponent(query)}`, { headers });
const firstError = async (response: Response) => (await errorsOf(response))[0];

/** Sends bytes as they are, which fetch would not. */
async function send(request: string): Promise<string> {
  const socket = connect(Number(new URL(api.url).port), '127.0.0.1');
  await once(socket, 'connect');
  socket.write(request);
  return text(socket);
}

describe('GraphQL over HTTP', () => {
  test('a query by POST and by GET has the same answer', async () => {
    const expected = { data: { article: { title: 'Title 1' } } };
    expect(await (await api.ask('{ article { title } }')).json()).toEqual(expected);
    expect(await (await get('{ article { title } }')).json()).toEqual(expected);
  });

  test('mutations by GET are refused with 405', async () => {
    const response = await get('mutation { count }');
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST');
  });

  test.each([
    ['application/json', 'application/json; charset=utf-8'],
    ['application/graphql-response+json', 'application/graphql-response+json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('a client that accepts %s is answered with %s', async (accept, type) => {
    const response = await api.ask('{ article { id } }', {}, { accept });
    expect(response.headers.get('content-type')).toBe(type);
    expect(response.status).toBe(200);
  });

  test('an answer with data is 200, a document that cannot be run is 400', async () => {
    expect((await api.ask('{ article { broken } }')).status).toBe(200);
    expect((await api.ask('{ article {')).status).toBe(400);
    expect((await api.ask('{ nothing }')).status).toBe(400);
    expect((await api.ask('query ($n: Int!) { articles(first: $n) { id } }')).status).toBe(400);
  });

  test('a GET without a header that only a script of ours can send is refused as a possible forgery', async () => {
    const response = await get('{ article { id } }', {});
    expect(response.status).toBe(400);
    expect(await firstError(response)).toMatchObject({ extensions: { code: 'BAD_REQUEST' } });
  });

  test('several operations in one request are refused', async () => {
    const response = await post(JSON.stringify([{ query: '{ article { id } }' }]));
    expect(response.status).toBe(400);
  });

  test('who opens the endpoint in a browser is sent to GraphiQL', async () => {
    const response = await fetch(`${api.url}/graphql`, {
      headers: { accept: 'text/html' },
      redirect: 'manual',
    });
    expect([response.status, response.headers.get('location')]).toEqual([302, './']);
  });

  test('a host that is no host does no harm', async () => {
    const query = '/graphql?query=%7Barticle%7Bid%7D%7D';
    for (const host of ['[', 'a b', '%%', '']) {
      const answer = await send(
        `GET ${query} HTTP/1.1\r\nHost: ${host}\r\nApollo-Require-Preflight: 1\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    }
  });
});

describe('a request that cannot be read is told what to send', () => {
  test.each<[string, number, string, string, Record<string, string>]>([
    ['malformed JSON', 400, 'BAD_REQUEST', '{"query":', JSON_TYPE],
    ['an empty body', 400, 'BAD_REQUEST', '', JSON_TYPE],
    ['JSON that reaches for a prototype', 400, 'BAD_REQUEST', '{"__proto__":{"query":"x"}}', JSON_TYPE],
    ['a list', 400, 'BAD_REQUEST', '[]', JSON_TYPE],
    ['a string', 400, 'BAD_REQUEST', '"{ article { id } }"', JSON_TYPE],
    ['plain text', 415, 'UNSUPPORTED_MEDIA_TYPE', '{ article { id } }', { 'content-type': 'text/plain' }],
    [
      'a form',
      415,
      'UNSUPPORTED_MEDIA_TYPE',
      'query=x',
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['an upload', 415, 'UNSUPPORTED_MEDIA_TYPE', 'x', { 'content-type': 'multipart/form-data; boundary=x' }],
    ['no type', 415, 'UNSUPPORTED_MEDIA_TYPE', '{}', { 'content-type': '' }],
    [
      'a body of two megabytes',
      413,
      'PAYLOAD_TOO_LARGE',
      JSON.stringify({ query: 'x'.repeat(2_000_000) }),
      JSON_TYPE,
    ],
  ])('%s: %i', async (_name, status, code, body, headers) => {
    const response = await post(body, headers);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toMatch(/^application\/json/);
    const error = await firstError(response);
    expect(error?.extensions.code).toBe(code);
    expect(error?.message).not.toMatch(/FST_|Fastify|at position/);
  });

  test('an address that serves nothing is 404 as JSON', async () => {
    for (const response of [await fetch(`${api.url}/nothing?x=1`), await post('{}', JSON_TYPE, '/nothing')]) {
      expect(response.status).toBe(404);
      expect(await firstError(response)).toEqual({
        message: 'Nothing is served here. The GraphQL API is at /graphql.',
        extensions: { code: 'NOT_FOUND' },
      });
    }
  });

  test('the limit of the body is the one that is set', async () => {
    const small = await start({ BODY_LIMIT: '2kb' });
    try {
      expect((await small.ask(`{ article { id } } # ${'x'.repeat(3_000)}`)).status).toBe(413);
      expect((await small.ask('{ article { id } }')).status).toBe(200);
    } finally {
      await small.server.close();
    }
  });
});

describe('compression', () => {
  const raw = (accept: string | null, characters: number) =>
    new Promise<{ encoding: string | undefined; vary: string | undefined; body: Buffer }>(
      (resolve, reject) => {
        const sent = request(`${api.url}/graphql`, {
          method: 'POST',
          headers: { ...JSON_TYPE, ...(accept !== null && { 'accept-encoding': accept }) },
        });
        sent.on('error', reject);
        sent.on('response', async (response) => {
          const chunks: Buffer[] = [];
          for await (const chunk of response) chunks.push(chunk);
          const { 'content-encoding': encoding, vary } = response.headers;
          resolve({ encoding, vary, body: Buffer.concat(chunks) });
        });
        sent.end(JSON.stringify({ query: `{ big(characters: ${characters}) }` }));
      },
    );

  test('answers above a kilobyte are compressed for who asks for it', async () => {
    const plain = await raw(null, 5_000);
    const zipped = await raw('gzip', 5_000);
    const brotli = await raw('gzip, br', 5_000);
    expect([plain.encoding, zipped.encoding, brotli.encoding]).toEqual([undefined, 'gzip', 'br']);
    expect(zipped.body.length).toBeLessThan(500);
    expect(gunzipSync(zipped.body).toString()).toBe(plain.body.toString());
    expect(brotliDecompressSync(brotli.body).toString()).toBe(plain.body.toString());
    expect(zipped.vary).toMatch(/accept-encoding/i);
  });

  test('those by GET as well, and go with their length', async () => {
    const { headers } = await get('{ big(characters: 100000) }', {
      'apollo-require-preflight': 'yes',
      'accept-encoding': 'gzip',
    });
    expect(headers.get('content-encoding')).toBe('gzip');
    expect(Number(headers.get('content-length'))).toBeLessThan(1_000);
  });

  test('small answers are not, nor for a client that names no encoding of ours', async () => {
    expect((await raw('gzip, br', 100)).encoding).toBeUndefined();
    expect((await raw('zstd', 5_000)).encoding).toBeUndefined();
  });

  test('a compressed request is not unpacked', async () => {
    const response = await post('{}', { ...JSON_TYPE, 'content-encoding': 'gzip' });
    expect(response.status).toBe(415);
  });
});

describe('pages of other origins', () => {
  const allowed = async (environment: Record<string, string>, origin: string) => {
    const other = await start(environment);
    try {
      const response = await fetch(`${other.url}/graphql`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
      return response.headers.get('access-control-allow-origin');
    } finally {
      await other.server.close();
    }
  };

  test('of this machine may read a development server, and no others', async () => {
    expect(await allowed({}, 'http://localhost:3000')).toBe('http://localhost:3000');
    expect(await allowed({}, 'https://localhost.example.org')).toBeNull();
  });

  test('may read a production server when they are named', async () => {
    const named = {
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      CORS_ORIGINS: 'https://a.example,https://b.example',
    };
    expect(await allowed(named, 'https://b.example')).toBe('https://b.example');
    expect(await allowed(named, 'https://c.example')).toBeNull();
    expect(await allowed({ NODE_ENV: 'production', HOST: '127.0.0.1' }, 'http://localhost:3000')).toBeNull();
    expect(await allowed({ CORS_ORIGINS: '*' }, 'https://c.example')).toBe('*');
  });
});

describe('the address of a client that comes through proxies', () => {
  const seen = async (trust: string) => {
    const other = await start({ TRUST_PROXY: trust }, {}, (server) => {
      server.get('/address', async (request) => request.ip);
    });
    try {
      const headers = { 'x-forwarded-for': '203.0.113.9, 198.51.100.7' };
      return await (await fetch(`${other.url}/address`, { headers })).text();
    } finally {
      await other.server.close();
    }
  };

  test.each([
    ['', '127.0.0.1'],
    ['1', '198.51.100.7'],
    ['2', '203.0.113.9'],
    ['10.0.0.0/8', '127.0.0.1'],
    ['loopback', '198.51.100.7'],
    ['127.0.0.1, 198.51.100.0/24', '203.0.113.9'],
  ])('is, with TRUST_PROXY=%s, %s', async (trust, address) => {
    expect(await seen(trust)).toBe(address);
  });
});

test('a request that takes too long is given up with 503', async () => {
  const impatient = await start({ REQUEST_TIMEOUT: '1s' });
  try {
    const response = await impatient.ask('{ slow(ms: 3000) }');
    expect(response.status).toBe(503);
    expect(await firstError(response)).toMatchObject({ extensions: { code: 'SERVICE_UNAVAILABLE' } });
  } finally {
    await impatient.server.close();
  }
});
