/** GraphQL over HTTP as its specification has it, by the audits that the GraphQL Foundation's reference has for servers. */
import { serverAudits } from 'graphql-http';
import { type Running, start } from './tiny';

let api: Running;
beforeAll(async () => {
  api = await start();
});
afterAll(() => api.server.close());

/** The header that only a script of the site's own can send, which GETs need here. */
const fetchFn = (url: string, init: RequestInit = {}) =>
  fetch(url, { ...init, headers: { ...init.headers, 'apollo-require-preflight': 'yes' } });

test('every audit of graphql-http passes', async () => {
  const audits = serverAudits({ url: () => `${api.url}/graphql`, fetchFn });
  const results = await Promise.all(audits.map(({ fn }) => fn()));
  const failed = results.flatMap((result) =>
    result.status === 'ok' ? [] : [`${result.name}: ${result.reason}`],
  );
  expect(failed).toEqual([]);
  expect(results).toHaveLength(61);
});

test.each([
  ['application/json', 200],
  ['application/json; charset=utf-8', 200],
  ['application/graphql-response+json, application/json;q=0.9', 400],
  ['*/*', 400],
])('a document that cannot be run is answered to who accepts %s with %i', async (accept, status) => {
  for (const query of ['{ article {', '{ nothing }', 'query ($n: Int!) { articles(first: $n) { id } }'])
    expect((await api.ask(query, {}, { accept })).status).toBe(status);
  // A limit is no mistake of the document.
  expect((await api.ask(`{ ${'article { id } '.repeat(100)} }`, {}, { accept })).status).toBe(400);
});
