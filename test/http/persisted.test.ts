/** Operations by their hashes, as @apollo/client asks for them, against the real schema and a server. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApolloClient, ApolloLink, gql, HttpLink, InMemoryCache } from '@apollo/client';
import { PersistedQueryLink } from '@apollo/client/link/persisted-queries';
import { relayStylePagination } from '@apollo/client/utilities';
import type { FastifyInstance } from 'fastify';
import { parse, print } from 'graphql';
import pino from 'pino';
import { type App, createApp, datelineSchema } from '../../src/app';
import { FIELD_COSTS } from '../../src/app.costs';
import { systemClock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import { makeManifest, readManifest, sha256 } from '../../src/graphql/persisted/manifest';
import { createServer } from '../../src/http/server';
import { workFolder } from '../cli/run-cli';
import { OPERATIONS, operation, SUBSCRIPTIONS } from '../support/operations';
import { until } from '../support/until';
import { config, errorsOf, start } from './tiny';

const FILE = join(__dirname, '..', '..', 'schema', 'operations', 'persisted-query-manifest.json');
const manifest = readManifest(readFileSync(FILE, 'utf8'));
const folder = workFolder();

/** Requests as they leave the client. */
interface Sent {
  readonly method: string;
  readonly url: string;
  readonly body: string;
}

async function serve(environment: Record<string, string> = {}) {
  const settings = config({
    SAMPLE_NEWSROOM: 'always',
    DATABASE_URL: join(folder.path, 'news.db'),
    ...environment,
  });
  const app: App = await createApp({ config: settings, log: silentLog, clock: systemClock });
  const server: FastifyInstance = await createServer({
    schema: app.schema,
    costs: FIELD_COSTS,
    context: (request) => app.context(request),
    authenticate: (authorization) => app.authenticate(authorization),
    ready: () => app.ready(),
    overdueJobs: () => app.overdueJobs(),
    config: settings,
    log: pino({ level: 'silent' }),
  });
  const url = await server.listen({ host: settings.host, port: settings.port });
  const sent: Sent[] = [];
  const client = new ApolloClient({
    cache: new InMemoryCache({
      typePolicies: { Query: { fields: { articles: relayStylePagination() } } },
    }),
    link: ApolloLink.from([
      new PersistedQueryLink({ sha256, useGETForHashedQueries: true }),
      new HttpLink({
        uri: `${url}/graphql`,
        fetch: async (input, init) => {
          sent.push({ method: init?.method ?? 'GET', url: String(input), body: String(init?.body ?? '') });
          return fetch(input, init);
        },
      }),
    ]),
  });
  const close = async () => {
    client.stop();
    await server.close();
    await app.close();
  };
  return { url, client, sent, close };
}

const PAGED = gql`
  query Paged($first: Int!, $after: String) {
    articles(first: $first, after: $after) {
      edges { cursor node { id title } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
`;

describe('the manifest', () => {
  test('is that of schema/operations', () => {
    expect(manifest).toEqual(makeManifest(datelineSchema(), new Map([...OPERATIONS, ...SUBSCRIPTIONS])));
  });

  test("has the documents as Apollo's cache sends them", () => {
    for (const { name, body } of manifest.operations)
      expect(body).toBe(print(new InMemoryCache().transformDocument(parse(operation(name)))));
  });

  test('is not read with an id that is not the hash of its body', () => {
    const [first] = manifest.operations;
    const changed = { ...manifest, operations: [{ ...first, body: '{ viewer { name } }' }] };
    expect(() => readManifest(JSON.stringify(changed))).toThrow(/is not the SHA-256/);
  });
});

describe("Apollo's client", () => {
  test('gets a listed operation by its hash alone, and keeps what it got', async () => {
    const { client, sent, close } = await serve();
    try {
      const query = gql(operation('FrontPage'));
      const { data } = await client.query({ query, variables: { first: 3 } });
      expect(data).toMatchObject({ articles: { nodes: [{ __typename: 'Article' }, {}, {}] } });
      expect(sent.map(({ method }) => method)).toEqual(['GET']);
      expect(sent[0]?.url).not.toContain('nodes');
      const again = await client.query({ query, variables: { first: 3 } });
      expect(again.data).toEqual(data);
      expect(sent).toHaveLength(1);
    } finally {
      await close();
    }
  });

  test('makes another operation known, and pages by it', async () => {
    const { client, sent, close } = await serve();
    try {
      interface Page {
        readonly articles: {
          readonly edges: readonly { readonly node: { readonly id: string } }[];
          readonly pageInfo: { readonly endCursor: string };
        };
      }
      const pages = client.watchQuery<Page>({ query: PAGED, variables: { first: 2 } });
      const watching = pages.subscribe(() => undefined);
      await until(() => pages.getCurrentResult().dataState === 'complete');
      // By its hash, then with its text, since nobody knew it.
      expect(sent.map(({ url, body }) => `${url}${body}`.includes('hasPreviousPage'))).toEqual([false, true]);
      const { endCursor } =
        client.readQuery<Page>({ query: PAGED, variables: { first: 2 } })?.articles.pageInfo ?? {};
      await pages.fetchMore({ variables: { after: endCursor } });
      expect(sent.slice(2).map(({ method, url }) => [method, url.includes('hasPreviousPage')])).toEqual([
        ['GET', false],
      ]);
      const kept = client.readQuery<Page>({ query: PAGED, variables: { first: 2 } })?.articles.edges ?? [];
      expect(new Set(kept.map(({ node }) => node.id)).size).toBe(4);
      watching.unsubscribe();
    } finally {
      await close();
    }
  });
});

describe('where only listed operations are answered', () => {
  test('a listed one is, by its hash and by its text; others are not, also as automatic persisted queries', async () => {
    const { url, close } = await serve({ OPERATIONS: 'listed' });
    try {
      const post = (body: object) =>
        fetch(`${url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        });
      const front = manifest.operations.find(({ name }) => name === 'FrontPage');
      const persistedQuery = { version: 1, sha256Hash: front?.id };
      const variables = { first: 1 };
      for (let time = 0; time < 3; time++) {
        expect((await post({ extensions: { persistedQuery }, variables })).status).toBe(200);
        expect((await post({ query: front?.body, variables })).status).toBe(200);
      }
      const query = '{ viewer { kind } }';
      const own = { version: 1, sha256Hash: sha256(query) };
      for (const body of [
        { query },
        { query, extensions: { persistedQuery: own } },
        { query: '{ nothing }' },
        { query: '{' },
      ]) {
        const response = await post(body);
        expect(response.status).toBe(400);
        expect(await errorsOf(response)).toEqual([
          {
            message: 'Only operations of the manifest are answered here.',
            extensions: { code: 'OPERATION_NOT_LISTED' },
          },
        ]);
      }
      const unknown = await errorsOf(await post({ extensions: { persistedQuery: own } }));
      expect(unknown[0]?.extensions.code).toBe('PERSISTED_QUERY_NOT_FOUND');
    } finally {
      await close();
    }
  });
});

test('a persisted operation passes every limit, whatever its variables', async () => {
  const api = await start({ COST_ANONYMOUS: '50' });
  try {
    const query = 'query Some($first: Int!) { articles(first: $first) { id } }';
    const persistedQuery = { version: 1, sha256Hash: sha256(query) };
    const ask = (first: number, text?: string) =>
      fetch(`${api.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          ...(text ? { query: text } : {}),
          variables: { first },
          extensions: { persistedQuery },
        }),
      });
    expect((await ask(5, query)).status).toBe(200);
    for (let time = 0; time < 3; time++) {
      expect((await ask(5)).status).toBe(200);
      expect((await errorsOf(await ask(100)))[0]?.extensions).toMatchObject({
        limit: 'cost',
        max: 50,
        found: 100,
      });
    }
  } finally {
    await api.server.close();
  }
});
