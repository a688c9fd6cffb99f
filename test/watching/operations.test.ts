/** What is told of operations: counted for whom it was done, as metrics, and as lines of the log where they were slow. */
import { ApiKeyService } from '../../src/access';
import { systemActor } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { type EndedOperation, signals } from '../../src/core/signals';
import { Metrics, SlowOperations } from '../../src/watching';
import { type Serving, serve } from '../answers/serving';
import { NOW } from '../support/archive';
import { describeEachEngine } from '../support/engines';
import { operation } from '../support/operations';
import { until } from '../support/until';

const STATS = `query Counts($secret: String!) {
  newsroomStats(window: { from: "2026-01-01T00:00:00.000Z", to: "2026-02-20T00:00:00.000Z" }) {
    languages { language }
    mostCovered { articleCount }
  }
  article(slug: $secret) { id }
}`;
const made = (name: string) => `mutation Make {
  createTopic(input: { kind: PLACE, names: [{ language: "en", name: "${name}" }] }) { topic { id name } userErrors { message } }
}`;
const SECRET = 'what-nobody-may-read-in-a-log';

describeEachEngine('operations that are watched', (store) => {
  const clock = heldClock(NOW);
  let api: Serving;
  let key: string;
  const heard: EndedOperation[] = [];
  let stop: () => void;

  beforeAll(async () => {
    await store.openEmpty();
    // Nothing is kept, so that each operation is run.
    api = await serve(store, clock, { ANSWER_CACHE: '0', SAMPLE_NEWSROOM: 'always', RATE_ANONYMOUS: '200' });
    const keys = new ApiKeyService(api.app.database, clock);
    key = (await keys.create(systemActor('test'), { roles: ['ADMIN'] })).key;
    stop = signals.operationEnded.hear((ended) => void heard.push(ended));
  });
  afterAll(async () => {
    stop();
    await api.stop();
  });
  beforeEach(() => void heard.splice(0));

  const ask = async (query: string, variables: object = {}, headers = {}) => {
    const response = await api.post(query, variables, headers);
    return { status: response.status, text: await response.text() };
  };
  const asked = async (work: () => Promise<unknown>) => {
    const before = heard.length;
    await work();
    await until(() => heard.length > before);
    return heard[heard.length - 1];
  };
  const desk = () => ({ authorization: `Bearer ${key}` });
  const ASKED: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['FrontPage', () => ask(operation('FrontPage'), { first: 5 })],
    ['ArticlePage', () => ask(operation('ArticlePage'), { slug: 'torkham-reopens-after-sixteen-days' })],
    ['CategoryPage', () => ask(operation('CategoryPage'), { slug: 'analysis-opinion' })],
    ['Counts', () => ask(STATS, { secret: SECRET }, desk())],
  ];

  test('statements are counted for the operation that they are sent for, also among others', async () => {
    const alone = new Map<string, number | undefined>();
    // From the third time on all run compiled.
    for (let time = 1; time <= 3; time++)
      for (const [name, run] of ASKED) alone.set(name, (await asked(run))?.effort?.statements);
    expect(Math.min(...[...alone.values()].map((count) => count ?? 0))).toBeGreaterThan(0);
    heard.splice(0);
    await Promise.all(ASKED.flatMap(([, run]) => [run(), run(), run()]));
    await until(() => heard.length === 3 * ASKED.length);
    for (const { name, effort, type, outcome } of heard) {
      expect([name, effort?.statements, type, outcome]).toEqual([name, alone.get(name ?? ''), 'query', 'ok']);
    }
  });

  test('statements of a mutation are those of its service and of its answer', async () => {
    let text = '';
    const ended = await asked(async () => {
      ({ text } = await ask(made('Watching'), {}, desk()));
    });
    expect(text).toContain('"name":"Watching"');
    expect(ended).toMatchObject({ name: 'Make', type: 'mutation', outcome: 'ok' });
    expect(ended?.effort?.statements).toBeGreaterThan(3);
    expect(ended?.effort?.statementTime).toBeGreaterThan(0);
  });

  test('how operations end is told: refused for a mistake, failed for a fault', async () => {
    expect(await asked(() => ask('query Wrong { nothing }'))).toMatchObject({
      outcome: 'refused',
      type: null,
    });
    expect(await asked(() => ask('{ article(slug: "there-is-none") { id } }'))).toMatchObject({
      outcome: 'ok',
      name: null,
    });
  });

  test('metrics have a bounded number of names, and what was counted', async () => {
    const metrics = new Metrics({ names: ['FrontPage'], clock, positions: () => api.app.positions() });
    const names = Array.from({ length: 110 }, (_, index) => `Made${index}`);
    // Two, for one that stands alone is read without a loader.
    const two = '{ one: article(slug: "x") { id } other: article(slug: "y") { id } }';
    for (const name of [...names, 'FrontPage']) await ask(`query ${name} ${two}`);
    await ask(operation('FrontPage'), { first: 5 });
    await until(async () => (await metrics.registry.metrics()).includes('name="FrontPage"'));
    const text = await metrics.registry.metrics();
    const named = new Set(text.match(/_count\{name="\w+"/g));
    expect(named.size).toBe(102);
    expect(named).toContain('_count{name="other"');
    const value = (line: string) => Number(new RegExp(`^${line} (.+)$`, 'm').exec(text)?.[1]);
    expect(value('dateline_operation_statements_count')).toBe(112);
    expect(
      value(`dateline_sql_statement_duration_seconds_count\\{engine="${store.engine}"\\}`),
    ).toBeGreaterThan(112);
    expect(value('dateline_loader_batch_keys_count')).toBeGreaterThanOrEqual(111);
    expect(value('dateline_loader_batch_keys_sum')).toBeGreaterThanOrEqual(222);
    expect(text).toMatch(/nodejs_eventloop_lag_seconds [\d.]+/);
    metrics.close();
  });

  test('refusals of too many operations are counted', async () => {
    const metrics = new Metrics({ names: [], clock, positions: () => api.app.positions() });
    while ((await ask('{ __typename }')).status !== 429);
    expect(await metrics.registry.metrics()).toContain('dateline_rate_refusals_total{who="anonymous"} 1');
    metrics.close();
  });

  test('a slow operation is logged with its cost and the plan of its slowest statement, and with no value', async () => {
    const lines: object[] = [];
    const warn = (facts: object) => void lines.push(facts);
    const log = { debug: warn, info: warn, error: warn, warn };
    const slow = new SlowOperations({ from: 0, log, plan: (statement) => api.app.database.plan(statement) });
    await asked(() => ask(STATS, { secret: SECRET }, desk()));
    await asked(() => ask(made('Logged'), {}, desk()));
    await slow.close();
    expect(lines).toHaveLength(2);
    for (const [place, name] of ['Counts', 'Make'].entries()) {
      expect(lines[place]).toMatchObject({
        ...{ operation: name, outcome: 'ok', document: expect.stringMatching(/^[0-9a-f]{64}$/) },
        ...{ cost: expect.any(Number), statements: expect.any(Number), statementMs: expect.any(Number) },
        slowest: {
          sql: expect.any(String),
          ms: expect.any(Number),
          // SQLite has nothing to plan for an insert, and may take longest for one.
          plan: name === 'Make' ? expect.any(Array) : expect.arrayContaining([expect.any(String)]),
        },
      });
    }
    expect(JSON.stringify(lines)).not.toContain(SECRET);
  });
});
