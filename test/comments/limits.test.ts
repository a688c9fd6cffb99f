/** How much one client can write, over HTTP: by whatever name, and however it is put together. */
import { request } from 'node:http';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { type App, createApp } from '../../src/app';
import { loadConfig } from '../../src/config';
import { heldClock } from '../../src/core/clock';
import { globalId } from '../../src/core/ids';
import { silentLog } from '../../src/core/log';
import { networkOf } from '../../src/core/network';
import { createServer } from '../../src/http/server';
import { LiveSocket } from '../http/live-client';
import { NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { GUEST, storePublished } from '../support/readers';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['0:0:0:0:0:ffff:cb00:7107', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002::1%eth0', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
  ['unknown', 'unknown'],
])('the network of %s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

describeEachEngine('rates', (store) => {
  let app: App;
  let servers: FastifyInstance[] = [];

  const start = async (trustProxy: string) => {
    const config = loadConfig({
      environment: {
        ...{ NODE_ENV: 'test', DATABASE_URL: store.url(), SAMPLE_NEWSROOM: 'never', TRUST_PROXY: trustProxy },
        ...{ DATELINE_SECRET: 'Xq3v9TzLw0pR7sKd2mNb8yHf4jGc6aUe', COMMENT_RATES: '5/1m, 8/1h' },
      },
      directory: '/nowhere',
    });
    const mine = await createApp({ config, log: silentLog, clock: heldClock(NOW) });
    const server = await createServer({
      ...{ schema: mine.schema, config, log: pino({ level: 'silent' }) },
      context: (request) => mine.context(request),
      authenticate: (authorization) => mine.authenticate(authorization),
      ready: () => mine.ready(),
      overdueJobs: () => mine.overdueJobs(),
    });
    server.addHook('onClose', () => mine.close());
    await server.listen({ host: '127.0.0.1', port: 0 });
    servers.push(server);
    app = mine;
    return server;
  };

  beforeEach(async () => {
    await store.openEmpty();
  });
  afterEach(async () => {
    for (const server of servers) await server.close();
    servers = [];
  });

  const aliased = (count: number, from = 0) => {
    const fields = Array.from(
      { length: count },
      (_, index) =>
        `c${index}: createComment(input: { articleId: "${globalId('Article', 1)}", body: "Words ${from + index}", guest: { name: "${GUEST.name}", email: "g${from + index}@private.example" } }) { outcome userErrors { code ... on RateLimited { retryAfterSeconds } } }`,
    );
    return { query: `mutation { ${fields.join(' ')} }` };
  };
  /** @param from one of this machine's own addresses */
  const send = async (
    server: FastifyInstance,
    payload: object,
    headers: Record<string, string> = {},
    from = '127.0.0.1',
  ): Promise<{ status: number; taken: number; limited: readonly { retryAfterSeconds?: number }[] }> => {
    const { status, text } = await post(portOf(server), JSON.stringify(payload), headers, from);
    const { data }: Answer = JSON.parse(text);
    const answers = Object.values(data ?? {});
    return {
      status,
      taken: answers.filter(({ outcome }) => outcome !== null).length,
      limited: answers.flatMap(({ userErrors }) => userErrors).filter(({ code }) => code === 'RATE_LIMITED'),
    };
  };

  test('hold when as many creates as may come in one request, in a batch, and under forged addresses', async () => {
    const server = await start('');
    await storePublished(app.database, 1);
    expect((await send(server, aliased(100, 500))).status).toBe(400);
    const all = await send(server, aliased(20));
    expect([all.taken, all.limited.length]).toEqual([5, 15]);
    expect(all.limited[0]?.retryAfterSeconds).toBeGreaterThan(0);
    expect((await send(server, [aliased(1, 200), aliased(1, 201)])).status).toBe(400);
    for (let index = 0; index < 5; index++) {
      const headers = {
        'x-forwarded-for': `203.0.113.${index}`,
        'x-real-ip': `203.0.113.${index}`,
        forwarded: `for=203.0.113.${index}`,
      };
      expect((await send(server, aliased(1, 300 + index), headers)).taken).toBe(0);
    }
    expect((await send(server, aliased(1, 400), {}, '127.0.0.2')).taken).toBe(1);
  });

  test('hold over connections that stay open, whoever the guests say that they are', async () => {
    const server = await start('');
    await storePublished(app.database, 1);
    const port = portOf(server);
    const socket = await LiveSocket.connect(`http://127.0.0.1:${port}`);
    socket.subscribe('1', aliased(10).query);
    expect(countsOf((await socket.message()).payload)).toEqual({ taken: 5, limited: 5 });
    socket.socket.terminate();
    const events = await post(
      port,
      JSON.stringify(aliased(2, 100)),
      { accept: 'text/event-stream' },
      '127.0.0.1',
      '/graphql/stream',
    );
    const [, result = ''] = /event: next\ndata: (.*)\n/.exec(events.text) ?? [];
    expect(countsOf(JSON.parse(result))).toEqual({ taken: 0, limited: 2 });
  });

  test('hold for a whole /64, and by what trusted proxies say', async () => {
    const server = await start('loopback');
    await storePublished(app.database, 1);
    // What is left of the nearest address that a trusted proxy has seen, anybody can have written.
    const behind = (address: string, payload: object) =>
      send(server, payload, { 'x-forwarded-for': `1.2.3.4, ${address}` });
    let taken = 0;
    for (let index = 0; index < 10; index++)
      taken += (await behind(`2001:db8:0:7::${index}`, aliased(1, index))).taken;
    expect(taken).toBe(5);
    expect((await behind('2001:db8:0:8::1', aliased(1, 50))).taken).toBe(1);
    expect((await behind('203.0.113.50', aliased(6, 100))).taken).toBe(5);
    expect((await behind('203.0.113.51', aliased(6, 200))).taken).toBe(5);
    expect((await behind('203.0.113.50', aliased(6, 300))).taken).toBe(0);
  });
});

interface Answer {
  readonly data?: Readonly<
    Record<
      string,
      {
        readonly outcome: string | null;
        readonly userErrors: readonly { readonly code: string; readonly retryAfterSeconds?: number }[];
      }
    >
  >;
}

function countsOf(answer: unknown): { readonly taken: number; readonly limited: number } {
  const { data } = answer as Answer;
  const outcomes = Object.values(data ?? {}).map(({ outcome }) => outcome);
  const taken = outcomes.filter((outcome) => outcome !== null).length;
  return { taken, limited: outcomes.length - taken };
}

function portOf(server: FastifyInstance): number {
  const address = server.server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

function post(
  port: number,
  body: string,
  headers: Readonly<Record<string, string>>,
  localAddress: string,
  path = '/graphql',
): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method: 'POST', localAddress };
    const sent = request(
      { ...options, headers: { ...headers, 'content-type': 'application/json' } },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}
