import { request } from 'node:http';
import { ANONYMOUS } from '../../src/core/actor';
import { actorOf } from '../../src/http/authentication';
import { errorsOf, PRIVATE, type Running, start } from './tiny';

let api: Running;
beforeAll(async () => {
  api = await start({}, {}, (server) => {
    server.get('/feed', async (incoming) => ({ kind: actorOf(incoming).kind }));
    server.get('/open', { config: { credentials: 'ignored' } }, async (incoming) => {
      return { kind: actorOf(incoming).kind };
    });
  });
});
afterAll(() => api.server.close());

const WHO = '{ kindOfActor }';
const kindIn = async (response: Response) => response.json();
const as = (authorization: string) => ({ authorization });

test.each([
  ['Bearer editor', 'STAFF'],
  ['Bearer reader', 'READER'],
])('%s is taken for that actor, however the operation is run', async (authorization, kind) => {
  const expected = { data: { kindOfActor: kind } };
  // The first goes through Apollo and graphql-js, the second is compiled, the third goes past Apollo.
  for (let time = 1; time <= 3; time++) {
    expect(await kindIn(await api.ask(WHO, {}, as(authorization)))).toEqual(expected);
  }
  const url = `${api.url}/graphql?query=${encodeURIComponent(WHO)}`;
  const headers = { authorization, 'apollo-require-preflight': 'yes' };
  expect(await kindIn(await fetch(url, { headers }))).toEqual(expected);
});

test('an operation that one actor has sent is run anew for the next', async () => {
  for (const [headers, kind] of [
    [as('Bearer editor'), 'STAFF'],
    [{}, 'ANONYMOUS'],
    [as('Bearer reader'), 'READER'],
  ] as const) {
    expect(await kindIn(await api.ask('{ who: kindOfActor }', {}, headers))).toEqual({ data: { who: kind } });
  }
});

describe('a credential that is no good', () => {
  test.each([
    ['GraphQL by POST', 'POST', '/graphql'],
    ['GraphQL by GET', 'GET', '/graphql?query={kindOfActor}'],
    ['another route', 'GET', '/feed'],
  ])('is refused by %s: 401, a code, a challenge, and no answer', async (_name, method, path) => {
    const response = await fetch(`${api.url}${path}`, {
      method,
      headers: {
        authorization: 'Bearer nobody',
        'content-type': 'application/json',
        'apollo-require-preflight': 'yes',
      },
      ...(method === 'POST' ? { body: JSON.stringify({ query: WHO }) } : {}),
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      'Bearer realm="Dateline", error="invalid_token", error_description="That is nobody."',
    );
    const answer: unknown = await response.json();
    expect(answer).toEqual({
      errors: [{ message: 'That is nobody.', extensions: { code: 'UNAUTHENTICATED', reason: 'UNKNOWN' } }],
    });
  });

  test.each(['', 'Bearer', 'Basic cmVhZGVyOnB3', 'reader', 'Bearer  '])(
    'also where it is "%s"',
    async (authorization) => {
      // fetch leaves out a header without a value.
      const status = await new Promise((resolve, reject) => {
        const sent = request(`${api.url}/feed`, { headers: { authorization } }, (response) => {
          response.resume();
          resolve(response.statusCode);
        });
        sent.on('error', reject).end();
      });
      expect(status).toBe(401);
    },
  );

  test('runs nothing: a mutation is not made', async () => {
    const count = async () => Number(/\d+/.exec(await (await api.ask('mutation { count }')).text())?.[0]);
    const before = await count();
    expect((await api.ask('mutation { count }', {}, as('Bearer nobody'))).status).toBe(401);
    expect(await count()).toBe(before + 1);
  });

  test('can be read by pages of an origin that may read answers', async () => {
    const response = await api.ask(WHO, {}, { ...as('Bearer nobody'), origin: 'http://localhost:3000' });
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(response.headers.get('access-control-expose-headers')).toContain('www-authenticate');
  });

  test('does not keep a connection from being used again', async () => {
    const big = JSON.stringify({ query: WHO, variables: { x: 'x'.repeat(500_000) } });
    const headers = { 'content-type': 'application/json', authorization: 'Bearer nobody' };
    const refused = await fetch(`${api.url}/graphql`, { method: 'POST', headers, body: big });
    await refused.text();
    expect(refused.status).toBe(401);
    expect(await kindIn(await api.ask(WHO))).toEqual({ data: { kindOfActor: 'ANONYMOUS' } });
  });
});

test('when credentials cannot be checked the answer is 503 with a code, neither 401 nor that for anonymous', async () => {
  const response = await api.ask(WHO, {}, as('Bearer later'));
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(response.headers.has('www-authenticate')).toBe(false);
  expect(await errorsOf(response)).toMatchObject([{ extensions: { code: 'SERVICE_UNAVAILABLE' } }]);
});

test('a fault while they are checked is a fault', async () => {
  const response = await api.ask(WHO, {}, as('Bearer fault'));
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain(PRIVATE);
});

test('who sends none is anonymous', async () => {
  expect(await (await fetch(`${api.url}/feed`)).json()).toEqual({ kind: ANONYMOUS.kind });
});

describe('what answers everybody alike looks at no credential', () => {
  test.each(['/health/live', '/health/ready', '/'])('%s', async (path) => {
    expect((await fetch(`${api.url}${path}`, { headers: as('Bearer nobody') })).status).toBe(200);
  });

  test('and cannot take anybody for anonymous', async () => {
    expect((await fetch(`${api.url}/open`)).status).toBe(500);
  });

  test('what is not there is not there for anybody', async () => {
    expect((await fetch(`${api.url}/nothing`, { headers: as('Bearer nobody') })).status).toBe(404);
  });
});

test('the log names the actor and the code, and no credential', async () => {
  await api.ask(WHO, {}, { ...as('Bearer editor'), 'x-request-id': 'from-editor' });
  await api.ask(WHO, {}, { ...as(`Bearer ${PRIVATE}`), 'x-request-id': 'from-nobody' });
  await api.ask(WHO, {}, { 'x-request-id': 'from-anonymous' });
  const line = (id: string) => api.lines.find((each) => each.requestId === id && each.msg === 'Request');
  // A line is written when the answer is sent, which its client can hear of first.
  while (!line('from-anonymous')) await new Promise(setImmediate);
  expect(line('from-editor')).toMatchObject({ actor: 'user:editor', status: 200 });
  expect(line('from-nobody')).toMatchObject({ errors: ['UNAUTHENTICATED'], status: 401 });
  expect(line('from-anonymous')).not.toHaveProperty('actor');
  expect(JSON.stringify(api.lines)).not.toMatch(/Bearer|reader@/);
});
