/** How many operations are taken in a minute, by HTTP and over connections that stay open. */
import { ACTORS } from '../support/actors';
import { hasRedis, startRedis } from '../support/redis';
import { until } from '../support/until';
import { LiveSocket } from './live-client';
import { errorsOf, type Running, start } from './tiny';

const QUERY = '{ article { id } }';
const servers: Running[] = [];
async function serve(environment: Record<string, string>): Promise<Running> {
  const api = await start(environment);
  servers.push(api);
  return api;
}
afterEach(async () => {
  for (const { server } of servers.splice(0)) await server.close();
});
const statuses = async (api: Running, count: number, headers: Record<string, string> = {}) => {
  const found: number[] = [];
  for (let time = 0; time < count; time++) found.push((await api.ask(QUERY, {}, headers)).status);
  return found;
};

test('an address that sends too many is told so, and when to come again; others are answered', async () => {
  const api = await serve({ RATE_ANONYMOUS: '3', TRUST_PROXY: 'loopback' });
  const from = (address: string) => ({ 'x-forwarded-for': address });
  const first = await api.ask(QUERY, {}, from('203.0.113.1'));
  expect([first.headers.get('ratelimit-limit'), first.headers.get('ratelimit-remaining')]).toEqual([
    '3',
    '2',
  ]);
  expect(await statuses(api, 3, from('203.0.113.1'))).toEqual([200, 200, 429]);
  const refused = await api.ask(QUERY, {}, from('203.0.113.1'));
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);
  expect((await errorsOf(refused))[0]?.extensions).toEqual({ code: 'RATE_LIMITED', retryAfterSeconds: wait });
  expect(await statuses(api, 1, from('203.0.113.2'))).toEqual([200]);
  // One /64 network is one address.
  expect(await statuses(api, 2, from('2001:db8:0:1::1'))).toEqual([200, 200]);
  expect(await statuses(api, 2, from('2001:db8:0:1:ffff::2'))).toEqual([200, 429]);
  expect(await statuses(api, 1, from('2001:db8:0:2::1'))).toEqual([200]);
});

test('who is known is counted by who they are, and probes not at all', async () => {
  const api = await serve({ RATE_ANONYMOUS: '1', RATE_KNOWN: '3' });
  expect(await statuses(api, 4, { authorization: 'Bearer reader' })).toEqual([200, 200, 200, 429]);
  expect(await statuses(api, 1, { authorization: 'Bearer editor' })).toEqual([200]);
  expect(await statuses(api, 2)).toEqual([200, 429]);
  for (let time = 0; time < 5; time++) expect((await fetch(`${api.url}/health/live`)).status).toBe(200);
});

test('each operation of a connection that stays open counts', async () => {
  const api = await serve({ RATE_ANONYMOUS: '2' });
  const client = await LiveSocket.connect(api.url);
  for (const id of ['1', '2']) {
    client.subscribe(id, QUERY);
    expect(await client.message()).toMatchObject({ id, type: 'next' });
    expect(await client.message()).toMatchObject({ id, type: 'complete' });
  }
  client.subscribe('3', QUERY);
  expect(await client.message()).toMatchObject({
    type: 'error',
    payload: [{ extensions: { code: 'RATE_LIMITED' } }],
  });
  expect(await statuses(api, 1)).toEqual([429]);
  await client.close();
});

test('any number is taken where none is set', async () => {
  const api = await serve({ RATE_ANONYMOUS: '0' });
  const { headers } = await api.ask(QUERY);
  expect(headers.get('ratelimit-limit')).toBeNull();
});

(hasRedis ? test : test.skip)(
  'processes that share a Redis count together, and each for itself while it is away',
  async () => {
    const redis = await startRedis();
    try {
      const environment = { RATE_ANONYMOUS: '4', REDIS_URL: redis.url };
      const [one, other] = [await serve(environment), await serve(environment)];
      for (const api of [one, other]) {
        await until(async () => {
          await statuses(api, 1, { authorization: 'Bearer reader' });
          return redis.says('getdel', `dateline:known:${ACTORS.reader.name}`).trim() !== '';
        });
      }
      expect([...(await statuses(one, 2)), ...(await statuses(other, 3))]).toEqual([200, 200, 200, 200, 429]);
      await redis.stop();
      await until(async () => (await statuses(one, 1))[0] === 200);
    } finally {
      await redis.stop();
    }
  },
);
