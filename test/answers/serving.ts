import { type IncomingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { FastifyInstance } from 'fastify';
import pino from 'pino';
import { type App, createApp } from '../../src/app';
import { loadConfig } from '../../src/config';
import type { Clock } from '../../src/core/clock';
import { silentLog } from '../../src/core/log';
import { createServer, type ServerParts } from '../../src/http/server';
import type { TestStore } from '../support/engines';

/** Dateline over HTTP, on the database that was opened last. */
export interface Serving {
  readonly app: App;
  readonly server: FastifyInstance;
  readonly url: string;
  /** The lines of the log. */
  readonly lines: Record<string, unknown>[];
  /** How many operations were run, by whatever means. */
  runs(): number;
  post(query: string, variables?: object, headers?: Record<string, string>): Promise<Response>;
  get(query: string, variables?: object, headers?: Record<string, string>): Promise<Response>;
  /** The same by GET, as it comes. */
  raw(query: string, variables: object, headers: Record<string, string>): Promise<Raw>;
  stop(): Promise<void>;
}

export interface Raw {
  readonly headers: IncomingHttpHeaders;
  readonly bytes: Buffer;
}

export async function serve(
  store: TestStore,
  clock: Clock,
  settings: Record<string, string> = {},
  parts: Pick<ServerParts, 'tracing'> = {},
): Promise<Serving> {
  const environment = {
    ...{ NODE_ENV: 'test', DATABASE_URL: store.url(), SAMPLE_NEWSROOM: 'never' },
    DATELINE_SECRET: 'Xq3v9TzLw0pR7sKd2mNb8yHf4jGc6aUe',
    ...settings,
  };
  const config = loadConfig({ environment, directory: '/nowhere' });
  const app = await createApp({ config, log: silentLog, clock });
  const lines: Record<string, unknown>[] = [];
  let runs = 0;
  const server = await createServer({
    schema: app.schema,
    context: (asker) => {
      runs++;
      return app.context(asker);
    },
    authenticate: (authorization) => app.authenticate(authorization),
    ready: () => app.ready(),
    overdueJobs: () => app.overdueJobs(),
    answers: app.answers,
    ...parts,
    config,
    log: pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) }),
  });
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  return {
    ...{ app, server, url, lines },
    runs: () => runs,
    post: (query, variables = {}, headers = {}) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'accept-encoding': 'identity', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
    get: (query, variables = {}, headers = {}) =>
      fetch(`${url}/graphql?${new URLSearchParams({ query, variables: JSON.stringify(variables) })}`, {
        headers: { 'apollo-require-preflight': 'yes', 'accept-encoding': 'identity', ...headers },
      }),
    raw: (query, variables, headers) => {
      const asked = new URLSearchParams({ query, variables: JSON.stringify(variables) });
      return new Promise((resolve, reject) => {
        const sent = request(`${url}/graphql?${asked}`, {
          headers: { 'apollo-require-preflight': 'yes', ...headers },
        });
        sent.on('response', (response) => {
          buffer(response).then((bytes) => resolve({ headers: response.headers, bytes }), reject);
        });
        sent.on('error', reject).end();
      });
    },
    stop: async () => {
      server.server.closeAllConnections();
      await server.close();
      await app.close();
    },
  };
}
