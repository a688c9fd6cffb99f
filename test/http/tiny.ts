/** A schema with one of everything that the HTTP and GraphQL rooms have to get right, and a server on it. */
import { DrizzleQueryError } from 'drizzle-orm';
import type { FastifyInstance } from 'fastify';
import { buildSchema, type GraphQLFieldResolver, GraphQLScalarType, type GraphQLSchema } from 'graphql';
import pino from 'pino';
import { type Config, loadConfig } from '../../src/config';
import type { Actor } from '../../src/core/actor';
import { DatabaseUnavailable, DatelineError } from '../../src/core/errors';
import { resolveTypesByName } from '../../src/graphql/executor.plan';
import type { Authenticate } from '../../src/http/authentication';
import { createServer, type ServerParts } from '../../src/http/server';
import { ACTORS } from '../support/actors';

const SDL = /* GraphQL */ `
  scalar Day
  enum Order { NEWEST OLDEST }
  interface Node { id: ID! }
  union Hit = Article | Author
  input Selection { all: [String!] any: [String] deep: Boolean! = true from: Day }
  input Filter { topics: Selection limit: Int = 5 order: Order = OLDEST }
  type Article implements Node {
    id: ID! title: String! note: String day: Day author: Author related(first: Int! = 2): [Node!]!
    seen(filter: Filter, order: Order! = NEWEST, days: [Day!]): String!
    broken: String  brokenStrict: String!  badLeaf: Int  hole: String!
  }
  type Author implements Node { id: ID! name: String! articles(first: Int = 2): [Article!]! }
  type Query {
    article(id: ID = "1"): Article
    articles(first: Int! = 3, order: Order! = NEWEST, filter: Filter): [Article!]!
    holes: [Article]!
    node(id: ID!): Node
    hits: [Hit]!
    publicFault: String
    wrappedFault: String
    unavailable: String
    fault: String
    slow(ms: Int!): String!
    big(characters: Int!): String!
    whoAsks: String!
    kindOfActor: String!
  }
  type Mutation { count: Int! }
  type Subscription { tick(characters: Int! = 1): String! whoListens: String! brokenTick: String! never: String! }
`;

const DAY = 86_400_000;
const day = (text: unknown) => {
  if (typeof text !== 'string' || Number.isNaN(Date.parse(text))) throw new Error(`${text} is no day`);
  return Date.parse(text);
};

/** Text that must never be seen in an answer or a log. */
export const PRIVATE = 'reader@example.org';

interface Item {
  readonly __typename: 'Article' | 'Author';
  readonly id: string;
}

const article = (number: number): Item & Record<string, unknown> => ({
  __typename: 'Article',
  id: String(number),
  title: `Title ${number}`,
  note: number % 2 === 0 ? null : 'note',
  day: number * DAY,
  badLeaf: 'seven',
  hole: null,
});
const author = (number: number): Item & Record<string, unknown> => ({
  __typename: 'Author',
  id: `a${number}`,
  name: `Author ${number}`,
});
const range = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const sorted = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([a], [b]) => a.localeCompare(b))
          .map(([key, each]) => [key, sorted(each)]),
      )
    : value;

type Resolver = GraphQLFieldResolver<Item, { requestId?: string; actor?: Actor }>;

const failing =
  (error: () => Error): Resolver =>
  () => {
    throw error();
  };
const drizzleFault = (cause: Error) =>
  new DrizzleQueryError('select * from comments where email = ?', [PRIVATE], cause);

const RESOLVERS: Record<string, Record<string, Resolver>> = {
  Query: {
    article: (_source, { id }) => article(Number(id)),
    articles: async (_source, args) => range(args.first).map(article),
    holes: () => [article(1), null, article(3)],
    node: (_source, { id }) => (id === 'a1' ? author(1) : id === '1' ? article(1) : null),
    hits: async () => [article(1), author(2), null],
    publicFault: failing(() => new DatelineError('BAD_CURSOR', 'That is no cursor.', { argument: 'after' })),
    wrappedFault: failing(() => drizzleFault(new DatelineError('NOT_FOUND', 'There is no such thing.'))),
    unavailable: failing(() => new DatabaseUnavailable('it is away')),
    fault: failing(() => drizzleFault(new Error('no such column: nowhere'))),
    slow: async (_source, { ms }) => {
      await new Promise((resolve) => setTimeout(resolve, ms));
      return 'done';
    },
    big: (_source, { characters }) => 'x'.repeat(characters),
    whoAsks: (_source, _args, { requestId }) => requestId ?? 'nobody',
    kindOfActor: (_source, _args, { actor }) => actor?.kind ?? 'nobody',
  },
  Mutation: { count: () => ++mutations },
  Subscription: {
    tick: (tick, { characters }) => String(tick).padEnd(characters, '.'),
    whoListens: (_tick, _args, { actor }) => actor?.kind ?? 'nobody',
    brokenTick: failing(() => drizzleFault(new Error('no such column: nowhere'))),
    never: () => 'never',
  },
  Article: {
    author: async ({ id }) => author(Number(id)),
    related: (_source, { first }) => [author(1), article(2), author(3)].slice(0, first),
    seen: (_source, args) => JSON.stringify(sorted(args)),
    broken: failing(() => new DatelineError('CONFLICT', 'This one is broken.')),
    brokenStrict: async () => {
      throw new DatelineError('CONFLICT', 'This one is broken.');
    },
  },
  Author: { articles: (_source, { first }) => range(first ?? 0).map(article) },
};
let mutations = 0;

/** What the subscriptions of the tiny schema tell of. */
export class Ticker {
  private readonly listeners = new Set<TickListener>();

  get listening(): number {
    return this.listeners.size;
  }

  tick(count = 1): void {
    for (const listener of this.listeners) {
      for (let tick = 1; tick <= count; tick++) listener.push(tick);
    }
  }

  listen(): AsyncIterableIterator<number> {
    const listener: TickListener = new TickListener(() => this.listeners.delete(listener));
    this.listeners.add(listener);
    return listener;
  }
}

class TickListener implements AsyncIterableIterator<number> {
  private readonly waiting: number[] = [];
  private ended = false;
  private wake: () => void = () => undefined;

  constructor(private readonly leave: () => void) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  push(tick: number): void {
    this.waiting.push(tick);
    this.wake();
  }

  async next(): Promise<IteratorResult<number>> {
    while (!this.ended) {
      const value = this.waiting.shift();
      if (value !== undefined) return { done: false, value };
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<number>> {
    this.ended = true;
    this.leave();
    this.wake();
    return { done: true, value: undefined };
  }
}

/** Of all servers of a test file. */
export const ticker = new Ticker();

export function tinySchema(): GraphQLSchema {
  const schema = buildSchema(SDL);
  const types = schema.getTypeMap();
  for (const [name, fields] of Object.entries(RESOLVERS)) {
    const type = types[name];
    if (!type || !('getFields' in type)) throw new Error(`The schema has no type ${name}`);
    for (const [field, resolve] of Object.entries(fields))
      Object.assign(type.getFields()[field] ?? {}, {
        resolve,
        ...(name === 'Subscription' && { subscribe: () => ticker.listen() }),
      });
  }
  const scalar = types.Day;
  if (scalar instanceof GraphQLScalarType) {
    scalar.parseValue = day;
    scalar.parseLiteral = (node) => day('value' in node ? node.value : null);
    scalar.serialize = (value) => new Date(Number(value)).toISOString().slice(0, 10);
  }
  resolveTypesByName(schema);
  return schema;
}

export const config = (environment: Record<string, string> = {}): Config =>
  loadConfig({
    environment: { NODE_ENV: 'development', PORT: '0', ...environment },
    directory: '/nowhere',
    terminal: false,
  });

/** Takes `Bearer <kind>` for somebody of that kind. */
const authenticate: Authenticate = async (authorization) => {
  const [, kind] = /^Bearer (reader|editor)$/.exec(authorization) ?? [];
  if (kind === 'reader' || kind === 'editor') return ACTORS[kind];
  if (authorization === 'Bearer later') throw new DatelineError('SERVICE_UNAVAILABLE', 'Not now.');
  if (authorization === 'Bearer fault') throw drizzleFault(new Error('no such table'));
  throw new DatelineError('UNAUTHENTICATED', 'That is nobody.', { reason: 'UNKNOWN' });
};

export interface Running {
  readonly server: FastifyInstance;
  /** With no slash at the end. */
  readonly url: string;
  /** The lines of the log, newest last. */
  readonly lines: Record<string, unknown>[];
  ask(
    query: string,
    variables?: Record<string, unknown>,
    headers?: Record<string, string>,
  ): Promise<Response>;
}

export interface AnsweredError {
  readonly message: string;
  readonly extensions: Record<string, unknown>;
}

/** The errors of an answer; none when it has none. */
export async function errorsOf(response: Response): Promise<AnsweredError[]> {
  const answer: unknown = await response.json();
  const has = typeof answer === 'object' && answer !== null && 'errors' in answer;
  return has && Array.isArray(answer.errors) ? answer.errors : [];
}

export async function start(
  environment: Record<string, string> = {},
  parts: Partial<ServerParts> = {},
  extend: (server: FastifyInstance) => void = () => undefined,
): Promise<Running> {
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const settings = config(environment);
  const server = await createServer({
    schema: tinySchema(),
    context: ({ requestId, actor }) => ({ requestId, actor }),
    ready: async () => undefined,
    overdueJobs: async () => [],
    authenticate,
    config: settings,
    log,
    ...parts,
  });
  extend(server);
  const url = await server.listen({ host: settings.host, port: settings.port });
  return {
    server,
    url,
    lines,
    ask: (query, variables, headers = {}) =>
      fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      }),
  };
}
