import { ApolloServer, type ApolloServerPlugin, HeaderMap, type HTTPGraphQLRequest } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DocumentNode, GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Config } from '../config';
import type { Actor } from '../core/actor';
import type { Log } from '../core/log';
import { ErrorFormatter, errorTracing, type RequestTrace } from '../graphql/errors';
import { CompilingExecutor, FAILED, type PlainRequest } from '../graphql/executor';
import { actorOf } from './authentication';
import { problem } from './problems';

/** Parsed and validated documents that are kept, and the characters of their texts together. */
const MAX_DOCUMENTS = 1_000;
const MAX_CHARACTERS = 2_000_000;

export interface GraphqlParts {
  readonly schema: GraphQLSchema;
  /** Makes the context of one request. Apollo hands resolvers a shallow copy of it. */
  readonly context: (request: { actor: Actor; requestId: string; log: Log }) => object;
  readonly config: Pick<Config, 'mode' | 'introspection' | 'graphiql' | 'requestTimeout'>;
  readonly log: Log;
  /** Told how each operation was run. */
  readonly onRun?: (by: 'graphql-jit' | 'graphql-js') => void;
}

/** Serves GraphQL at `/graphql`, by POST and, for queries, by GET. */
export async function serveGraphql(server: FastifyInstance, parts: GraphqlParts): Promise<void> {
  const production = parts.config.mode === 'production';
  const formatter = new ErrorFormatter({ log: parts.log, production });
  const traces = new WeakMap<HTTPGraphQLRequest, RequestTrace>();
  const executor = new CompilingExecutor({
    formatError: formatter.format,
    ...(parts.onRun && { onRun: parts.onRun }),
  });
  const apollo = new ApolloServer({
    schema: parts.schema,
    introspection: parts.config.introspection,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    // Stacks stand in the log, never in an answer: the messages at their head can hold a client's data.
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: production,
    stopOnTerminationSignals: false,
    nodeEnv: parts.config.mode,
    documentStore: boundedDocuments(),
    formatError: formatter.format,
    logger: apolloLogger(parts.log),
    plugins: [...disabledPlugins(), errorTracing(formatter, traces), executor.plugin],
  });
  await apollo.start();
  server.addHook('onClose', () => apollo.stop());

  const contextOf = (request: FastifyRequest) =>
    parts.context({ actor: actorOf(request), requestId: request.id, log: request.log });

  const handle = async (request: FastifyRequest, reply: FastifyReply, attempt?: typeof FAILED) => {
    const httpGraphQLRequest = readRequest(request);
    if (attempt === FAILED) executor.leaveToGraphqlJs(httpGraphQLRequest);
    const trace: RequestTrace = { requestId: request.id, operationName: null, errorCodes: [] };
    request.trace = trace;
    traces.set(httpGraphQLRequest, trace);
    const answer = apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest,
      context: async () => {
        try {
          return contextOf(request);
        } catch (error) {
          formatter.claim(error, trace);
          throw error;
        }
      },
    });
    const response = await inTime(answer, parts.config.requestTimeout);
    if (response === LATE) return late(request, reply);
    for (const [name, value] of response.headers) reply.header(name, value);
    reply.code(response.status ?? 200);
    // Incremental delivery needs graphql 17; until then every answer is complete.
    return response.body.kind === 'complete' ? response.body.string : '';
  };
  /** What Apollo would do, for a query that it has been through: the answer is the same to the byte. */
  const handlePost = async (request: FastifyRequest, reply: FastifyReply) => {
    const plain = plainRequest(request);
    const answer = plain && (await inTime(fast(plain, request), parts.config.requestTimeout));
    if (!answer) return handle(request, reply);
    if (answer === FAILED) return handle(request, reply, FAILED);
    if (answer === LATE) return late(request, reply);
    const { body, operationName } = answer;
    const errorCodes = (body.errors ?? []).map(({ extensions }) => String(extensions?.code));
    request.trace = { requestId: request.id, operationName, errorCodes };
    reply.header('content-type', 'application/json; charset=utf-8');
    return `${JSON.stringify(body)}\n`;
  };
  const fast = async (plain: PlainRequest, request: FastifyRequest) => {
    try {
      return await executor.answer(plain, () => contextOf(request));
    } catch {
      // Apollo meets the same fault, and reports it.
      return null;
    }
  };
  server.post('/graphql', handlePost);
  server.get('/graphql', async (request, reply) => {
    if (parts.config.graphiql && isVisit(request)) return reply.redirect('./');
    return handle(request, reply);
  });
}

const LATE = Symbol('late');

function late(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  request.trace ??= { requestId: request.id, operationName: null, errorCodes: [] };
  request.trace.errorCodes.push('SERVICE_UNAVAILABLE');
  return reply
    .code(503)
    .send(problem('SERVICE_UNAVAILABLE', 'The answer took too long. Ask for less, or try again.'));
}

/** The request, where it has nothing that Apollo would have to look at: no extensions, no choice of media types. */
function plainRequest({ headers, body }: FastifyRequest): PlainRequest | null {
  if (headers.accept !== undefined && headers.accept !== '*/*' && headers.accept !== 'application/json')
    return null;
  if (!isRecord(body) || typeof body.query !== 'string') return null;
  const { query, operationName, variables, extensions } = body;
  if (operationName != null && typeof operationName !== 'string') return null;
  if (variables != null && !isRecord(variables)) return null;
  return extensions == null ? { query, operationName, variables } : null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The answer, or LATE when it takes longer than `timeout` milliseconds; its work then goes on unseen. Fastify's
 * handlerTimeout is no help: it stands down once the body of a POST is read.
 */
async function inTime<T>(answer: Promise<T>, timeout: number): Promise<T | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(resolve, timeout, LATE);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
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

/** Reporting to a vendor is off however the environment is set; caching hints cost time and go nowhere. */
function disabledPlugins(): ApolloServerPlugin[] {
  return [
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
    ApolloServerPluginSchemaReportingDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
  ];
}

function boundedDocuments() {
  const documents = new LRUCache<string, DocumentNode>({
    max: MAX_DOCUMENTS,
    maxSize: MAX_CHARACTERS,
    sizeCalculation: ({ loc }) => 1 + (loc?.end ?? 0),
  });
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: DocumentNode) => void documents.set(key, document),
    delete: async (key: string) => documents.delete(key),
  };
}

function apolloLogger(log: Log) {
  return {
    debug: (message: string) => log.debug({}, message),
    info: (message: string) => log.info({}, message),
    warn: (message: string) => log.warn({}, message),
    error: (message: string) => log.error({}, message),
  };
}
