/** Work that nobody waits for any more is not begun. */
import { execute, parse } from 'graphql';
import { createServices, datelineSchema, requestContext } from '../../src/app';
import { ChangeFeed } from '../../src/changes';
import { ANONYMOUS } from '../../src/core/actor';
import { heldClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import { SecretBox } from '../../src/core/sealed';
import { NOW } from '../support/archive';
import { SECRET } from '../support/discussions';
import { describeEachEngine, recordStatements } from '../support/engines';
import { storeRichArchive } from '../support/rich-archive';
import { until } from '../support/until';
import { LiveSocket } from './live-client';
import { type Running, start } from './tiny';

const QUERY =
  '{ articles(first: 5) { nodes { title authors { articles(first: 2) { nodes { topics { topic { articles(first: 1) { nodes { title } } } } } } } } } }';

describeEachEngine('an operation', (store) => {
  test('sends no further statement once nobody waits for its answer', async () => {
    const sent = recordStatements();
    const database = await store.open(sent);
    await storeRichArchive(database, 20);
    const clock = heldClock(NOW);
    const changes = new ChangeFeed({ database, log: silentLog });
    const services = createServices({
      ...{ database, clock, changes, log: silentLog, previewPage: null },
      box: new SecretBox(SECRET),
    });
    const statements = (ended: (sentSoFar: number) => boolean) => {
      const before = sent.texts.length;
      const facts = { actor: ANONYMOUS, requestId: 'test', ended: () => ended(sent.texts.length - before) };
      return sent.during(async () => {
        const contextValue = requestContext({ database, clock, services }, facts);
        await execute({ schema: datelineSchema(), document: parse(QUERY), contextValue });
      });
    };
    await statements(() => false);
    const all = await statements(() => false);
    expect(all.length).toBeGreaterThan(2);
    for (let count = 0; count < all.length; count++)
      expect(await statements((sentSoFar) => sentSoFar >= count)).toEqual(all.slice(0, count));
    changes.close();
  });
});

describe('a server says that nobody waits', () => {
  let ended: (() => boolean)[] = [];
  let api: Running;
  beforeAll(async () => {
    api = await start(
      { REQUEST_TIMEOUT: '1s' },
      {
        context: (asker) => {
          if (asker.ended) ended.push(asker.ended);
          return {};
        },
      },
    );
  });
  beforeEach(() => {
    ended = [];
  });
  afterAll(() => api.server.close());

  test('when the client has gone', async () => {
    const leave = new AbortController();
    const asked = fetch(`${api.url}/graphql`, {
      ...{ method: 'POST', signal: leave.signal },
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ slow(ms: 900) }' }),
    });
    await until(() => ended.length === 1);
    expect(ended[0]?.()).toBe(false);
    leave.abort();
    await expect(asked).rejects.toThrow();
    await until(() => ended[0]?.() === true);
  });

  test('when the time for an answer is over', async () => {
    expect((await api.ask('{ slow(ms: 1500) }')).status).toBe(503);
    expect(ended.map((each) => each())).toEqual([true]);
  });

  test('and not while it is on its way', async () => {
    expect((await api.ask('{ slow(ms: 1) }')).status).toBe(200);
    expect(ended.map((each) => each())).toEqual([false]);
  });

  test('when a connection that stays open is closed', async () => {
    const client = await LiveSocket.connect(api.url);
    client.subscribe('1', '{ slow(ms: 900) }');
    await until(() => ended.length === 1);
    expect(ended[0]?.()).toBe(false);
    await client.close();
    await until(() => ended[0]?.() === true);
  });
});
