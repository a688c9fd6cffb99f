import { HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import type { RequestTrace } from '../graphql/errors';
import { FAILED, type PlainRequest } from '../graphql/executor';
import { sha256 } from '../graphql/persisted/manifest';
import type { GraphqlEngine } from './apollo';
import { actorOf } from './authentication';
import { clientOf } from './client';
import { inTime, LATE } from './in-time';
import type { LiveRoute } from './live/live-route';
import { counted } from './operation-watch';
import { TOO_LATE } from './problems';
import { utf8 } from './utf8';

/** What is answered depends on who asks and when, drafts and previews among it: nothing on the way may keep it. */
const PRIVATE = 'private, no-store';

export interface RouteParts {
  readonly engine: GraphqlEngine;
  readonly live: LiveRoute;
  readonly config: Pick<Config, 'graphiql' | 'requestTimeout'>;
}

/** Serves GraphQL at `/graphql`: by POST, by GET for queries, and by WebSocket. */
export function serveGraphql(server: FastifyInstance, { engine, live, config }: RouteParts): void {
  const { apollo, executor, formatter, traces } = engine;
  const late = new WeakSet<FastifyRequest>();
  const contextOf = (request: FastifyRequest) =>
    engine.context({
      actor: actorOf(request),
      requestId: request.id,
      log: request.log,
      client: clientOf(request),
      ended: () => request.raw.socket.destroyed || late.has(request),
      footprint: request.making?.footprint,
      effort: request.effort,
    });

  const handle = async (request: FastifyRequest, reply: FastifyReply, attempt?: typeof FAILED) => {
    reply.header('cache-control', PRIVATE);
    const httpGraphQLRequest = readRequest(request);
    if (attempt === FAILED) executor.leaveToGraphqlJs(httpGraphQLRequest);
    const trace: RequestTrace = { requestId: request.id, operationName: null, errorCodes: [] };
    request.trace = trace;
    traces.set(httpGraphQLRequest, trace);
    engine.limits.note(httpGraphQLRequest, actorOf(request));
    request.effort ??= engine.watch.newEffort();
    const answer = counted(request.effort, () =>
      apollo.executeHTTPGraphQLRequest({
        httpGraphQLRequest,
        context: async () => {
          try {
            return contextOf(request);
          } catch (error) {
            formatter.claim(error, trace);
            throw error;
          }
        },
      }),
    );
    const response = await inTime(answer, config.requestTimeout);
    if (response === LATE) return giveUp(request, reply);
    for (const [name, value] of response.headers) reply.header(name, value);
    reply.code(response.status ?? 200);
    // Incremental delivery needs graphql 17; until then every answer is complete.
    return response.body.kind === 'complete' ? response.body.string : '';
  };
  /** What Apollo would do, for a query that it has been through: the answer is the same to the byte. */
  const handlePost = async (request: FastifyRequest, reply: FastifyReply) => {
    const plain = plainRequest(request, (hash) => engine.persisted.textOf(hash));
    const answer = plain && (await inTime(fast(plain, request), config.requestTimeout));
    if (!plain || !answer) return handle(request, reply);
    if (answer === FAILED) return handle(request, reply, FAILED);
    if (answer === LATE) return giveUp(request, reply);
    const { body, operationName, operation, coerced } = answer;
    const errorCodes = (body.errors ?? []).map(({ extensions }) => String(extensions?.code));
    const facts = () => ({
      document: sha256(plain.query),
      cost: engine.limits.knownCost(operation, coerced),
    });
    request.trace = { requestId: request.id, operationName, operationType: 'query', errorCodes, facts };
    reply.header('content-type', 'application/json; charset=utf-8').header('cache-control', PRIVATE);
    const text = `${JSON.stringify(body)}\n`;
    // Who keeps it looks at it as a text.
    return request.making === null ? utf8(text) : text;
  };
  const giveUp = (request: FastifyRequest, reply: FastifyReply) => {
    late.add(request);
    return tooLate(request, reply);
  };
  const fast = async (plain: PlainRequest, request: FastifyRequest) => {
    const actor = actorOf(request);
    request.effort ??= engine.watch.newEffort();
    const run = () => executor.answer(plain, actor, () => contextOf(request));
    // What anonymous readers ask for goes through the reads of their requests, which count by themselves.
    const isCounted = request.effort === null || (actor.kind === 'ANONYMOUS' && !request.effort.inDetail);
    try {
      return await (isCounted ? run() : counted(request.effort, run));
    } catch {
      // Apollo meets the same fault, and reports it.
      return null;
    }
  };
  server.post('/graphql', handlePost);
  server.route({
    method: 'GET',
    url: '/graphql',
    onRequest: live.admit,
    handler: async (request, reply) => {
      if (config.graphiql && isVisit(request)) return reply.redirect('./');
      return handle(request, reply);
    },
    wsHandler: live.wsHandler,
  });
}

function tooLate(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.trace ??= { requestId: request.id, operationName: null, errorCodes: [] };
  request.trace.errorCodes.push('SERVICE_UNAVAILABLE');
  return reply.code(503).send(TOO_LATE);
}

/**
 * The request, where it has nothing that Apollo would have to look at: no choice of media types, and no extension that
 * asks for something but an operation that is known by its hash.
 */
function plainRequest(
  { headers, body }: FastifyRequest,
  textOf: (hash: string) => string | undefined,
): PlainRequest | null {
  if (headers.accept !== undefined && headers.accept !== '*/*' && headers.accept !== 'application/json')
    return null;
  if (!isRecord(body)) return null;
  const { operationName, variables, extensions } = body;
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && !isRecord(variables)) return null;
  if (extensions != null && (!isRecord(extensions) || extensions.cost !== undefined)) return null;
  const query =
    extensions?.persistedQuery == null ? body.query : persistedText(body, extensions.persistedQuery, textOf);
  return typeof query === 'string' ? { query, operationName, variables } : null;
}

/** Undefined where there is something to be said about it, or to be learned from it. */
function persistedText(
  { query }: Record<string, unknown>,
  persisted: unknown,
  textOf: (hash: string) => string | undefined,
): string | undefined {
  if (query != null || !isRecord(persisted) || persisted.version !== 1) return undefined;
  return typeof persisted.sha256Hash === 'string' ? textOf(persisted.sha256Hash) : undefined;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A person who opens the endpoint in a browser, rather than a program that sends a query. */
function isVisit({ url, headers }: FastifyRequest): boolean {
  return !url.includes('?') && (headers.accept ?? '').includes('text/html');
}

function readRequest({ method, url, headers, body }: FastifyRequest): HTTPGraphQLRequest {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const query = url.indexOf('?');
  // Not through URL with the Host header as its base: a client may send any text as its host.
  return { method: method.toUpperCase(), headers: map, search: query === -1 ? '' : url.slice(query), body };
}
