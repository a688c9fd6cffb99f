/** Several machines on one PostgreSQL, with a Redis that they share, and without one. */
import { systemClock } from '../../src/core/clock';
import { type Serving, serve } from '../answers/serving';
import { ACTORS } from '../support/actors';
import { describeEngine } from '../support/engines';
import { Newsroom } from '../support/newsroom';
import { hasRedis, type RedisServer, startRedis } from '../support/redis';
import { until } from '../support/until';

const READ = '{ articles(first: 5) { nodes { title } } }';
const LIMIT = 1_000;

describeEngine('postgres', 'two machines', (store) => {
  let redis: RedisServer | null = null;
  const machines: Serving[] = [];

  beforeAll(async () => {
    await store.openEmpty();
    if (hasRedis) redis = await startRedis();
  });
  afterEach(async () => {
    for (const machine of machines.splice(0)) await machine.stop();
  });
  afterAll(() => redis?.stop());

  const begin = async (settings: Record<string, string>) => {
    for (let count = 0; count < 2; count++)
      machines.push(await serve(store, systemClock, { RATE_ANONYMOUS: String(LIMIT), ...settings }));
    const [one, other] = machines as [Serving, Serving];
    return { one, other };
  };
  const titles = async (machine: Serving) => (await machine.post(READ)).text();
  const left = async (machine: Serving) =>
    Number((await machine.post(READ)).headers.get('ratelimit-remaining'));
  /** What one publishes, the other tells instead of the answer that it has kept. */
  const wakes = async (one: Serving, other: Serving, title: string) => {
    for (let time = 1; time <= 2; time++) expect(await titles(other)).not.toContain(title);
    const newsroom = new Newsroom(one.app.database, { clock: systemClock, actor: ACTORS.admin });
    await newsroom.to(await newsroom.draft({ slug: title.toLowerCase(), title }), 'publishArticle');
    await until(async () => (await titles(other)).includes(title));
  };

  (hasRedis ? test : test.skip)(
    'that share a Redis count operations together, and wake each other',
    async () => {
      const { one, other } = await begin({ REDIS_URL: redis?.url ?? '' });
      // Until both have connected each counts for itself.
      await until(async () => (await left(one)) === (await left(other)) + 1);
      await wakes(one, other, 'Shared');
    },
  );

  test('that share none wake each other, too', async () => {
    const { one, other } = await begin({});
    await wakes(one, other, 'Alone');
    await left(other);
    expect(await left(one)).toBe(LIMIT - 1);
  });
});
