import { constants } from 'node:zlib';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import type { Config } from '../config';
import { type Answers, serveKeptAnswers } from './answers';
import { type GraphqlParts, startApollo } from './apollo';
import { type Authenticate, authenticateRequests } from './authentication';
import { takeUtf8Only } from './charset';
import { limitedCheck } from './credential-check';
import { type Documents, serveDocuments } from './documents';
import { loadExamples } from './examples';
import { serveGraphiql } from './graphiql';
import { serveGraphql } from './graphql-route';
import { serveHealth } from './health';
import { serveLive, takeWebSockets } from './live/live-route';
import { logRequests, requestIdOf } from './logging';
import { allowedOrigins } from './origins';
import { refuseOverload } from './overload';
import { type ShowPage, servePages } from './pages';
import { answerProblems } from './problems';
import { limitRates, OperationRates } from './rates';
import { RequestLog } from './request-log';
import { Drain } from './shutdown';

/** Bytes below which compressing costs more than it saves. */
const COMPRESS_ABOVE = 1_024;
/** Of 11: what the higher levels save on an answer is less than what they take to make. */
const BROTLI_QUALITY = 4;
/** Milliseconds; longer than load balancers keep theirs, so that it is never us who closes under a request. */
const KEEP_ALIVE_TIMEOUT = 72_000;
/** Characters. */
const MAX_ADDRESS = 16_384;
/** Milliseconds for a request's headers to arrive, and between two looks at the connections where they have not. */
const HEADERS_TIMEOUT = 8_000;
const HEADERS_CHECK = 1_000;
/** Seconds that a browser may remember the answer to a preflight. */
const PREFLIGHT_AGE = 600;

export interface ServerParts extends Omit<GraphqlParts, 'config' | 'log'> {
  readonly authenticate: Authenticate;
  /** Resolves when the database answers. @throws otherwise */
  readonly ready: () => Promise<void>;
  /** What is to be done from time to time, and has stalled. */
  readonly overdueJobs: () => Promise<readonly object[]>;
  /** Pages for people; none are served when absent. */
  readonly page?: ShowPage;
  /** What is kept of answers; nothing when absent. */
  readonly answers?: Answers | null;
  /** Documents for programs; none are served when absent. */
  readonly documents?: Documents;
  readonly config: Config;
  readonly log: FastifyBaseLogger;
}

/** The HTTP server, complete but not yet listening. */
export async function createServer(parts: ServerParts): Promise<FastifyInstance> {
  const { config } = parts;
  const server = fastify({
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    childLoggerFactory: (log, bindings, options) => new RequestLog(log, bindings, options),
    trustProxy: trustOf(config),
    bodyLimit: config.bodyLimit,
    // Addresses are bounded by Node, which takes 16 KiB of headers; slugs may be long.
    routerOptions: { maxParamLength: MAX_ADDRESS },
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
    requestTimeout: config.requestTimeout,
    http: { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: HEADERS_CHECK },
    // What arrives while the server drains is answered; `Drain` has the last word on closing.
    return503OnClosing: false,
  });
  Drain.install(server);
  logRequests(server);
  answerProblems(server);
  takeUtf8Only(server);
  // Only JSON is taken: no other type then needs a thought about forged requests of other sites.
  server.removeContentTypeParser('text/plain');
  await server.register(cors, corsOptions(config));
  await refuseOverload(server, config);
  await server.register(compress, {
    threshold: COMPRESS_ABOVE,
    encodings: ['br', 'gzip'],
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
    // `answerProblems` refuses compressed requests: a small one can unpack to a huge one.
    globalDecompression: false,
  });
  await takeWebSockets(server, config);
  const engine = await startApollo(parts);
  engine.watch.install(server);
  const check = limitedCheck(parts.authenticate, config.credentialFailures);
  authenticateRequests(server, check);
  const rates = new OperationRates(config, parts.log);
  limitRates(server, rates);

  if (parts.answers) serveKeptAnswers(server, parts.answers, config);
  else server.decorateRequest('making', null);

  const { ready, overdueJobs } = parts;
  serveHealth(server, { ready, overdueJobs, stopping: () => server.drain.started });
  if (config.graphiql) serveGraphiql(server, loadExamples(parts.schema));
  if (parts.page) servePages(server, parts.page);
  const { documents, answers = null } = parts;
  if (documents) serveDocuments(server, { documents, answers, config });
  server.addHook('onClose', () => engine.apollo.stop());
  const live = serveLive(server, { engine, rates, authenticate: parts.authenticate, check, config });
  serveGraphql(server, { engine, live, config });
  return server;
}

/** Fastify itself takes a number of hops for none at all, since it cannot tell who the nearest one is. */
function trustOf({ trustProxy }: Config) {
  if (trustProxy === false) return false;
  if (typeof trustProxy === 'number') return (_address: string, hop: number) => hop < trustProxy;
  return [...trustProxy];
}

/** No cookies are ever used, so answers need no credentials and may go to every page that is named. */
function corsOptions(config: Config) {
  return {
    origin: allowedOrigins(config),
    methods: ['GET', 'POST'],
    exposedHeaders: [
      'x-request-id',
      'retry-after',
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'www-authenticate',
    ],
    maxAge: PREFLIGHT_AGE,
  };
}
