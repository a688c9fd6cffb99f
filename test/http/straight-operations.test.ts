/** The operations that clients really send are answered without Fastify as they are by it, kept or not. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import { StraightReply } from '../../src/http/straight-exchange';
import { loadSample } from '../../src/sample/load';
import { type Serving, serve } from '../answers/serving';
import { describeEachEngine } from '../support/engines';
import { OPERATIONS } from '../support/operations';
import { BY_FASTIFY, post } from './plain-client';

/** When all that is in the sample has come out. */
const READING_TIME = Date.parse('2026-11-01T00:00:00.000Z');

const send = jest.spyOn(StraightReply.prototype, 'send');

function bodyOf(name: string, query: string): string {
  const file = join(__dirname, '..', '..', 'schema', 'operations', `${name}.variables.json`);
  const variables = name === 'Dashboard' ? {} : JSON.parse(readFileSync(file, 'utf8'));
  return JSON.stringify({ operationName: name, query, variables });
}

describeEachEngine('a plain request', (store) => {
  let api: Serving;
  const start = async (settings: Record<string, string>) => {
    const clock = heldClock(READING_TIME);
    await loadSample(await store.open(), new SecretBox('x'.repeat(32)), clock);
    api = await serve(store, clock, { RATE_ANONYMOUS: '0', ...settings });
  };
  afterEach(() => api.stop());

  test.each([
    ['whose answer is not kept', { ANSWER_CACHE: '0' }, {}],
    ['whose answer is kept', {}, {}],
    ['for a compressed answer that is not kept', { ANSWER_CACHE: '0' }, { 'accept-encoding': 'gzip' }],
    ['for a compressed answer that is kept', {}, { 'accept-encoding': 'gzip, deflate, br' }],
  ])('%s is answered alike, whichever way it comes', async (_what, settings, headers) => {
    await start(settings);
    let compressed = 0;
    for (const [name, query] of OPERATIONS) {
      const body = bodyOf(name, query);
      const ask = (further: object) =>
        post(api.url, body, { 'x-request-id': 'same', ...headers, ...further });
      for (let time = 1; time <= 3; time++) await ask(BY_FASTIFY);
      const fastify = await ask(BY_FASTIFY);
      expect(fastify.body).toContain('"data"');
      if (new Map(fastify.headers).has('content-encoding')) compressed++;
      expect(send).not.toHaveBeenCalled();
      expect(await ask({})).toEqual(fastify);
      expect(send).toHaveBeenCalledTimes(1);
      send.mockClear();
    }
    expect(compressed > OPERATIONS.size / 2).toBe('accept-encoding' in headers);
  });

  test('whose answer is to be kept is answered so that it is', async () => {
    await start({});
    const query = '{ articles(first: 2) { nodes { title } } }';
    const body = JSON.stringify({ query });
    const told = [await post(api.url, body), await post(api.url, body)];
    expect(send).toHaveBeenCalledTimes(2);
    send.mockClear();
    expect(api.runs()).toBe(1);
    expect(told[0]?.body).toBe(told[1]?.body);
    expect(new Map(told[0]?.headers).get('etag')).toBe(new Map(told[1]?.headers).get('etag'));
  });
});
