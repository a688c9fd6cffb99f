import { createHash } from 'node:crypto';
import { type Running, start } from './tiny';

const runs: string[] = [];
let api: Running;
beforeAll(async () => {
  api = await start({ RATE_ANONYMOUS: '0' }, { onRun: (by) => void runs.push(by) });
});
afterAll(() => api.server.close());

/** All that a client sees of an answer, but what names the one request or instant. */
async function answerTo(body: object): Promise<object> {
  const response = await fetch(`${api.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-request-id': 'same' },
    body: JSON.stringify(body),
  });
  const headers = [...response.headers].filter(([name]) => name !== 'date').sort();
  return { status: response.status, headers, body: await response.text() };
}

describe('a document that is sent again', () => {
  test.each([
    ['a query', { query: '{ article { id title } }' }],
    [
      'a named one of two',
      { query: 'query A { article { id } } query B { article { title } }', operationName: 'B' },
    ],
    ['a refusal', { query: '{ publicFault }' }],
    ['a database that is away', { query: '{ unavailable article { id } }' }],
    ['a fault', { query: '{ fault }' }],
    ['an unknown operation name', { query: 'query A { article { id } }', operationName: 'C' }],
  ])('is answered to the byte as it was at first: %s', async (_name, body) => {
    const first = await answerTo(body);
    for (let time = 2; time <= 4; time++) expect(await answerTo(body)).toEqual(first);
  });

  test('is run compiled from the second time on', async () => {
    runs.length = 0;
    const body = { query: '{ article { title id } }' };
    for (let time = 1; time <= 4; time++) await answerTo(body);
    expect(runs).toEqual(['graphql-js', 'graphql-jit', 'graphql-jit', 'graphql-jit']);
  });

  test('is answered the same by its hash, and with what clients say of themselves', async () => {
    const query = '{ article { day title } }';
    const persistedQuery = { version: 1, sha256Hash: createHash('sha256').update(query).digest('hex') };
    const first = await answerTo({ query, extensions: { persistedQuery } });
    for (let time = 2; time <= 4; time++) {
      expect(await answerTo({ extensions: { persistedQuery, clientLibrary: { name: 'a' } } })).toEqual(first);
      expect(await answerTo({ query, extensions: { clientLibrary: { name: 'a' } } })).toEqual(first);
    }
  });
});
