/** A newsroom behind the whole of the server, and one credential for each column of the table. */
import type { FastifyInstance } from 'fastify';
import { type ExecutionResult, parse, subscribe } from 'graphql';
import pino from 'pino';
import { type App, createApp } from '../../../src/app';
import { loadConfig } from '../../../src/config';
import { ANONYMOUS } from '../../../src/core/actor';
import { heldClock } from '../../../src/core/clock';
import { createServer } from '../../../src/http/server';
import { NOW } from '../../support/archive';
import { AUDIENCE, type TestProvider } from '../../support/identity-provider';
import { type Column, credentials, LIFETIME, ROLES } from './actors';
import { type Fixture, SECRET, storeFixture } from './fixture';
import { feedOf } from './partner';
import type { Request } from './walk';

export interface Answer extends ExecutionResult {
  readonly status: number;
}

export class Newsroom {
  /** Every answer, and every line of the log: what must have no secret in it. */
  private readonly told: string[] = [];

  private constructor(
    readonly app: App,
    readonly fixture: Fixture,
    private readonly server: FastifyInstance,
    private readonly url: string,
    private readonly credentials: Readonly<Record<Column, string | null>>,
    private readonly lines: readonly string[],
  ) {}

  /** Over an empty database. */
  static async open(url: string, provider: TestProvider): Promise<Newsroom> {
    const config = loadConfig({
      environment: {
        ...{ NODE_ENV: 'test', DATABASE_URL: url, DATELINE_SECRET: SECRET },
        ...{ SAMPLE_NEWSROOM: 'never', OIDC_ISSUER: provider.issuer, OIDC_AUDIENCE: AUDIENCE },
        ...{ OIDC_ROLES_CLAIM: ROLES.claim, OIDC_ROLES: ROLES.mapping },
        // One of the columns is wrong each time.
        ...{ CREDENTIAL_FAILURES: '100000', RATE_ANONYMOUS: '0', RATE_KNOWN: '0' },
      },
      directory: '/nowhere',
    });
    const clock = heldClock(NOW);
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    const app = await createApp({ config, log, clock });
    const { previews } = app.context({ actor: ANONYMOUS, requestId: 'fixture' }).services;
    const stored = await storeFixture(app.database, previews);
    const known = await credentials(app.database, clock, provider);
    const feed = await feedOf(app, { clock, key: known.partner ?? '', article: stored.published });
    const fixture = { ...stored, feed };
    clock.advance(LIFETIME);
    const server = await createServer({
      schema: app.schema,
      context: (request) => app.context(request),
      authenticate: (authorization) => app.authenticate(authorization),
      ready: () => app.ready(),
      overdueJobs: () => app.overdueJobs(),
      config,
      log,
    });
    const listening = await server.listen({ host: '127.0.0.1', port: 0 });
    return new Newsroom(app, fixture, server, listening, known, lines);
  }

  async ask(column: Column, { query, variables }: Request): Promise<Answer> {
    const credential = this.credentials[column];
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(credential === null ? {} : { authorization: `Bearer ${credential}` }),
      },
      body: JSON.stringify({ query, variables }),
    });
    const text = await response.text();
    this.told.push(text);
    const { data, errors } = JSON.parse(text);
    return { data, errors, status: response.status };
  }

  /** The lines of the log so far. */
  logged(): readonly string[] {
    return this.lines;
  }

  /** What a subscription begins with: nothing, when it was accepted. */
  async subscribe(column: Column, { query, variables }: Request): Promise<Answer> {
    const credential = this.credentials[column];
    const actor =
      credential === null ? ANONYMOUS : await this.app.authenticate(`Bearer ${credential}`).catch(() => null);
    if (actor === null) return { status: 401 };
    const stream = await subscribe({
      schema: this.app.schema,
      document: parse(query),
      variableValues: variables,
      contextValue: this.app.context({ actor, requestId: 'test' }),
    });
    if (!('next' in stream)) return { ...stream, status: 200 };
    await stream.return(undefined);
    return { status: 200, data: {} };
  }

  /** What answers and the log have told of credentials and of addresses of people, each with what is around it. */
  leaks(): string[] {
    const secrets = Object.values(this.credentials).flatMap((credential) => {
      // Of a token each of its parts: its claims say who somebody is.
      return credential === null
        ? []
        : [credential, ...credential.split('.')].filter(({ length }) => length > 8);
    });
    // Moderators write to people: that nobody else is given the field, the table says.
    const told = this.told.map((text) => text.replace(/"moderation":\{"email":"[^"]*"\}/g, ''));
    return [...told, ...this.lines].flatMap((text) => {
      const secret = secrets.find((each) => text.includes(each)) ?? /[\w.+-]+@[\w-]+\.\w/.exec(text)?.[0];
      return secret === undefined ? [] : [text.slice(Math.max(0, text.indexOf(secret) - 100)).slice(0, 300)];
    });
  }

  async close(): Promise<void> {
    await this.server.close();
    await this.app.close();
  }
}
