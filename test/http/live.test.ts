import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { DatelineError } from '../../src/core/errors';
import { until } from '../support/until';
import { LiveSocket, LiveStream, Refused } from './live-client';
import { errorsOf, PRIVATE, type Running, start, ticker } from './tiny';

const TICK = 'subscription { tick }';
const tick = (text: string) => ({ data: { tick: text } });

const servers: Running[] = [];
const sockets: LiveSocket[] = [];
const streams: LiveStream[] = [];

async function serve(...args: Parameters<typeof start>): Promise<Running> {
  const running = await start(...args);
  servers.push(running);
  return running;
}

async function connect(...args: Parameters<typeof LiveSocket.connect>): Promise<LiveSocket> {
  const socket = await LiveSocket.connect(...args);
  sockets.push(socket);
  return socket;
}

async function stream(...args: Parameters<typeof LiveStream.open>): Promise<LiveStream> {
  const opened = await LiveStream.open(...args);
  streams.push(opened);
  return opened;
}

const refusalOf = (url: string, options: object): Promise<unknown> =>
  LiveSocket.open(url, options).then(
    () => null,
    (error: unknown) => (error instanceof Refused ? { status: error.status, code: error.code } : error),
  );

const lastError = (message: { payload?: unknown }) => JSON.parse(JSON.stringify(message.payload));

afterEach(async () => {
  for (const each of streams.splice(0)) each.close();
  for (const each of sockets.splice(0)) each.socket.terminate();
  for (const { server } of servers.splice(0)) {
    // A client that has broken off a request connects anew at once, for one that never comes.
    server.server.closeAllConnections();
    await server.close();
  }
});

/** Credentials that can be taken back. */
function revocable() {
  const revoked = new Set<string>();
  const authenticate = async (authorization: string) => {
    if (revoked.has(authorization)) throw new DatelineError('UNAUTHENTICATED', 'It was revoked.', {});
    return {
      kind: 'READER',
      name: 'user:1',
      displayName: null,
      roles: new Set<never>(),
      scopes: null,
    } as const;
  };
  return { revoked, authenticate };
}

describe('over a WebSocket', () => {
  test('a subscription is told what happens until its client has enough', async () => {
    const { url } = await serve();
    const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const ticks = client.iterate({
      query: 'subscription ($n: Int!) { tick(characters: $n) }',
      variables: { n: 3 },
    });
    const first = ticks.next();
    await until(() => ticker.listening === 1);
    ticker.tick(2);
    expect((await first).value).toEqual(tick('1..'));
    expect((await ticks.next()).value).toEqual(tick('2..'));
    await ticks.return?.();
    await until(() => ticker.listening === 0);
    await client.dispose();
  });

  test('queries and mutations are answered as over HTTP', async () => {
    const { url } = await serve();
    const client = await connect(url, { authorization: 'Bearer reader' });
    client.subscribe('1', 'query ($id: ID) { article(id: $id) { title } kindOfActor }', { id: '7' });
    const payload = { data: { article: { title: 'Title 7' }, kindOfActor: 'READER' } };
    expect(await client.message()).toEqual({ id: '1', type: 'next', payload });
    expect(await client.message()).toEqual({ id: '1', type: 'complete' });
    client.subscribe('2', 'mutation { count }');
    expect(await client.message()).toMatchObject({
      type: 'next',
      payload: { data: { count: expect.any(Number) } },
    });
  });

  test('what is wrong with an operation is said with a code and a place', async () => {
    const { url, lines } = await serve({ NODE_ENV: 'production' });
    const client = await connect(url);
    client.subscribe('1', 'subscription { tock }');
    const invalid = { message: 'Cannot query field "tock" on type "Subscription".' };
    const expected = { ...invalid, locations: [{ line: 1, column: 16 }] };
    expect(await client.message()).toEqual({
      ...{ id: '1', type: 'error' },
      payload: [{ ...expected, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
    });
    client.subscribe('2', 'subscription { brokenTick }');
    await until(() => ticker.listening === 1);
    ticker.tick();
    const [fault] = lastError(await client.message()).errors;
    expect(fault.extensions).toMatchObject({ code: 'INTERNAL_SERVER_ERROR' });
    expect(JSON.stringify([fault, lines])).not.toContain(PRIVATE);
    expect(lines.some(({ reference }) => reference === fault.extensions.reference)).toBe(true);
  });

  test('an answer that takes too long is not waited for', async () => {
    const { url } = await serve({ REQUEST_TIMEOUT: '1s' });
    const client = await connect(url);
    client.subscribe('1', '{ slow(ms: 5000) }');
    const [error] = lastError(await client.message());
    expect(error.extensions).toEqual({ code: 'SERVICE_UNAVAILABLE' });
  });

  test('a client that breaks the protocol is told so', async () => {
    const { url } = await serve({ LIVE_INIT_TIMEOUT: '100ms' });
    const silent = await LiveSocket.open(url);
    const early = await LiveSocket.open(url);
    early.subscribe('1', TICK);
    const other = await LiveSocket.open(url, {}, 'graphql-ws').catch((error: unknown) => error);
    const garbage = await LiveSocket.open(url);
    garbage.socket.send('{');
    expect((await silent.end()).code).toBe(4408);
    expect((await early.end()).code).toBe(4401);
    expect((await garbage.end()).code).toBe(4400);
    expect(other).toBeInstanceOf(Error);
  });

  test('a message that is too large closes the connection', async () => {
    const { url } = await serve({ LIVE_MESSAGE_LIMIT: '2kb' });
    const client = await connect(url);
    client.subscribe('1', `{ articles { title } } #${'x'.repeat(3_000)}`);
    expect((await client.end()).code).toBe(1009);
  });

  test('so many subscriptions are taken, and no more', async () => {
    const { url } = await serve({ LIVE_SUBSCRIPTIONS: '2' });
    const client = await connect(url);
    for (const id of ['1', '2', '3']) client.subscribe(id, TICK);
    const [error] = lastError(await client.message());
    expect(error.extensions).toEqual({ code: 'TOO_MANY_SUBSCRIPTIONS' });
    client.send({ id: '1', type: 'complete' });
    await until(() => ticker.listening === 1);
    client.subscribe('4', TICK);
    await until(() => ticker.listening === 2);
    ticker.tick();
    expect(new Set([(await client.message()).id, (await client.message()).id])).toEqual(new Set(['2', '4']));
  });

  test('a client that does not answer pings is cut off', async () => {
    const { url } = await serve({ LIVE_PING_INTERVAL: '100ms' });
    const dead = await connect(url, {}, { autoPong: false });
    expect((await dead.end()).code).toBe(1006);
  });

  test('a connection on which nothing goes on is closed, another is not', async () => {
    const { url } = await serve({ LIVE_IDLE_TIMEOUT: '1s', LIVE_PING_INTERVAL: '100ms' });
    const [busy, idle] = [await connect(url), await connect(url)];
    busy.subscribe('1', TICK);
    expect(await idle.end()).toEqual({ code: 1000, reason: 'IDLE' });
    expect(busy.closed).toBeNull();
  });

  test('a client that stops reading is dropped, and little is kept for it', async () => {
    const { url, lines } = await serve({ LIVE_BUFFER: '64kb' });
    const [slow, quick] = [await connect(url), await connect(url)];
    slow.subscribe('1', 'subscription { tick(characters: 2000000) }');
    quick.subscribe('1', TICK);
    await until(() => ticker.listening === 2);
    slow.socket.pause();
    ticker.tick(20);
    await until(() => quick.messages.length === 20);
    await until(() => lines.some(({ msg }) => msg === 'Live connection dropped'));
    const dropped = lines.find(({ msg }) => msg === 'Live connection dropped');
    expect(dropped).toMatchObject({ reason: 'SLOW_CONSUMER', transport: 'websocket' });
    expect(Number(dropped?.unsent)).toBeLessThan(2_100_000);
    slow.socket.resume();
    expect(await slow.end()).toEqual({ code: 1013, reason: 'SLOW_CONSUMER' });
    await until(() => ticker.listening === 1);
  });

  describe('a credential', () => {
    test('is taken from the header, or, as pages cannot set one, from the parameters', async () => {
      const { url } = await serve();
      const clients = [
        await connect(url),
        await connect(url, {}, { headers: { authorization: 'Bearer reader' } }),
        await connect(url, { authorization: 'Bearer reader' }),
        await connect(
          url,
          { Authorization: 'Bearer editor' },
          { headers: { authorization: 'Bearer reader' } },
        ),
        await connect(url, { authorization: null }),
      ];
      const kinds: unknown[] = [];
      for (const client of clients) {
        client.subscribe('1', 'subscription { whoListens }');
        await until(() => ticker.listening === kinds.length + 1);
        kinds.push(client);
      }
      ticker.tick();
      const told = await Promise.all(
        clients.map(async (client) => lastError(await client.message()).data.whoListens),
      );
      expect(told).toEqual(['ANONYMOUS', 'READER', 'READER', 'STAFF', 'ANONYMOUS']);
    });

    test('that is wrong is never taken for none', async () => {
      const { url, lines } = await serve();
      expect(await refusalOf(url, { headers: { authorization: 'Bearer nobody' } })).toEqual({
        ...{ status: 401, code: 'UNAUTHENTICATED' },
      });
      for (const authorization of ['Bearer nobody', '', 7, {}]) {
        const refused = await connect(url, { authorization });
        expect(await refused.end()).toEqual({ code: 4403, reason: 'UNAUTHENTICATED' });
      }
      const later = await connect(url, { authorization: 'Bearer later' });
      expect(await later.end()).toEqual({ code: 1013, reason: 'SERVICE_UNAVAILABLE' });
      expect(JSON.stringify(lines)).not.toMatch(/Bearer|nobody/);
    });

    test('that is revoked ends the connection within seconds', async () => {
      const { revoked, authenticate } = revocable();
      const { url } = await serve({}, { authenticate });
      const [first, second, third] = [
        await connect(url, { authorization: 'Bearer one' }),
        await connect(url, {}, { headers: { authorization: 'Bearer one' } }),
        await connect(url, { authorization: 'Bearer two' }),
      ];
      const events = await stream(url, TICK, { authorization: 'Bearer one' });
      revoked.add('Bearer one');
      expect(await first.end()).toEqual({ code: 4403, reason: 'UNAUTHENTICATED' });
      expect(await second.end()).toEqual({ code: 4403, reason: 'UNAUTHENTICATED' });
      expect((await events.event()).data).toMatchObject({
        errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
      });
      expect((await events.event()).event).toBe('complete');
      expect(third.closed).toBeNull();
    });
  });
});

describe('over server-sent events', () => {
  test('a subscription is told what happens until its client has enough', async () => {
    const { url } = await serve();
    const [posted, got] = [await stream(url, TICK), await stream(url, TICK, {}, true)];
    await until(() => ticker.listening === 2);
    expect(posted.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    ticker.tick(2);
    for (const each of [posted, got]) {
      expect(await each.event()).toEqual({ event: 'next', data: tick('1') });
      expect(await each.event()).toEqual({ event: 'next', data: tick('2') });
      each.close();
    }
    await until(() => ticker.listening === 0);
  });

  test('queries and mutations are answered by POST, and by GET nothing but subscriptions', async () => {
    const { url } = await serve();
    const answer = await stream(url, '{ kindOfActor }', { authorization: 'Bearer reader' });
    expect(await answer.event()).toEqual({ event: 'next', data: { data: { kindOfActor: 'READER' } } });
    expect(await answer.event()).toEqual({ event: 'complete', data: null });
    for (const query of ['mutation { count }', '{ kindOfActor }']) {
      const refused = await stream(url, query, {}, true);
      expect((await refused.event()).data).toMatchObject({
        errors: [{ extensions: { code: 'BAD_REQUEST' } }],
      });
      expect((await refused.event()).event).toBe('complete');
    }
  });

  test('what is no such request is refused with a code', async () => {
    const { url } = await serve();
    const json = await stream(url, TICK, { accept: 'application/json' });
    const credential = await stream(url, TICK, { authorization: 'Bearer nobody' });
    const nothing = await fetch(`${url}/graphql/stream`, { headers: { accept: 'text/event-stream' } });
    expect([json.response.status, await json.code()]).toEqual([406, 'BAD_REQUEST']);
    expect([credential.response.status, await credential.code()]).toEqual([401, 'UNAUTHENTICATED']);
    expect(nothing.status).toBe(400);
    expect(await nothing.json()).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  test('a client that stops reading is dropped, and little is kept for it', async () => {
    const { url, lines } = await serve({ LIVE_BUFFER: '64kb' });
    const query = encodeURIComponent('subscription { tick(characters: 2000000) }');
    const agent = new Agent();
    const request = get(`${url}/graphql/stream?query=${query}`, {
      agent,
      headers: { accept: 'text/event-stream' },
    });
    request.on('error', () => undefined);
    request.on('response', (response) => response.on('error', () => undefined).pause());
    await until(() => ticker.listening === 1);
    ticker.tick(20);
    await until(() => lines.some(({ msg }) => msg === 'Live connection dropped'));
    const dropped = lines.find(({ msg }) => msg === 'Live connection dropped');
    expect(dropped).toMatchObject({ reason: 'SLOW_CONSUMER', transport: 'sse' });
    expect(Number(dropped?.unsent)).toBeLessThan(4_200_000);
    await until(() => ticker.listening === 0);
    agent.destroy();
  });
});

describe('live connections', () => {
  test('are refused to pages of other origins', async () => {
    const { url } = await serve({ CORS_ORIGINS: 'https://app.example' });
    const status = async (origin?: string) => {
      const headers = origin === undefined ? {} : { origin };
      const refused = await refusalOf(url, { headers });
      const { response } = await stream(url, TICK, headers);
      return [refused, response.status];
    };
    const denied = [{ status: 403, code: 'ORIGIN_NOT_ALLOWED' }, 403];
    expect(await status('https://evil.example')).toEqual(denied);
    expect(await status('null')).toEqual(denied);
    expect(await status('https://app.example')).toEqual([null, 200]);
    expect(streams.at(-1)?.response.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(await status(url)).toEqual([null, 200]);
    expect(await status()).toEqual([null, 200]);
  });

  test('are so many from an address, whose /64 is one, and by the proxies that are trusted', async () => {
    const environment = { LIVE_CONNECTIONS_PER_ADDRESS: '2' };
    const direct = await serve(environment);
    const proxied = await serve({ ...environment, TRUST_PROXY: '1' });
    const from = (address: string) => ({ headers: { 'x-forwarded-for': address } });
    const full = { status: 429, code: 'TOO_MANY_CONNECTIONS' };
    const first = await connect(direct.url, {}, from('192.0.2.1'));
    await stream(direct.url, TICK, from('192.0.2.2').headers);
    expect(await refusalOf(direct.url, from('192.0.2.3'))).toEqual(full);
    expect((await stream(direct.url, TICK)).response.status).toBe(429);
    await first.close();
    await until(async () => (await refusalOf(direct.url, {})) === null);
    await connect(proxied.url, {}, from('2001:db8::1'));
    await connect(proxied.url, {}, from('2001:db8::2'));
    expect(await refusalOf(proxied.url, from('2001:db8:0:0:ffff::3'))).toEqual(full);
    expect(await refusalOf(proxied.url, from('2001:db8:0:1::1'))).toBeNull();
    expect(await refusalOf(proxied.url, from('192.0.2.1'))).toBeNull();
  });

  test.each([
    ['/graphql/stream', 400],
    ['/health/live', 400],
    ['/nowhere', 404],
  ])('are not WebSockets at %s, and the log has no query string', async (path, status) => {
    const { url, lines } = await serve();
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}?token=hidden`, 'graphql-transport-ws');
    const [, response] = await once(
      socket.on('error', () => undefined),
      'unexpected-response',
    );
    expect(response.statusCode).toBe(status);
    socket.terminate();
    await until(() => lines.some(({ path: logged }) => logged === path));
    expect(JSON.stringify(lines)).not.toContain('hidden');
  });

  test('are so many altogether', async () => {
    const { url } = await serve({ LIVE_CONNECTIONS: '1' });
    await connect(url);
    expect(await refusalOf(url, {})).toEqual({ status: 503, code: 'SERVICE_UNAVAILABLE' });
  });

  test('are ended as they should be when the server stops', async () => {
    const { url, server } = await serve();
    const client = await connect(url);
    client.subscribe('1', TICK);
    const events = await stream(url, TICK);
    await until(() => ticker.listening === 2);
    await server.drain.run(AbortSignal.timeout(10_000));
    expect(await client.end()).toEqual({ code: 1001, reason: 'STOPPING' });
    expect((await events.event()).event).toBe('complete');
    await until(() => events.ended);
    expect(ticker.listening).toBe(0);
  });

  test('have a line when they open and when they close, and one for each operation, without a credential', async () => {
    const { url, lines } = await serve();
    const client = await connect(url, { authorization: 'Bearer reader' });
    client.subscribe('1', 'query Who { kindOfActor }');
    await client.message();
    await client.close();
    await until(() => lines.some(({ msg }) => msg === 'Live connection closed'));
    const told = lines.filter(({ msg }) => /^(Live|Operation)/.test(String(msg)));
    const who = { transport: 'websocket', actor: 'user:reader' };
    expect(told).toMatchObject([
      { msg: 'Live connection opened', transport: 'websocket', open: 1 },
      { msg: 'Operation', ...who, operation: 'Who' },
      { msg: 'Live connection closed', ...who, open: 0 },
    ]);
    expect(JSON.stringify(lines)).not.toContain('Bearer');
  });
});

test('a subscription that is sent as a plain request is told where it belongs', async () => {
  const { ask } = await serve();
  const response = await ask(TICK);
  const [error] = await errorsOf(response);
  expect([response.status, error?.extensions]).toEqual([400, { code: 'BAD_REQUEST' }]);
  expect(error?.message).toContain('/graphql/stream');
});
