import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import compress from '@fastify/compress';
import cors from '@fastify/cors';
import fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify';
import type { Config } from '../config';
import { BROTLI, COMPRESS_ABOVE } from '../core/compression';
import { type Answers, serveKeptAnswers } from './answers';
import { type GraphqlParts, startApollo } from './apollo';
import { type Authenticate, authenticateRequests } from './authentication';
import { takeUtf8Only } from './charset';
import { limitedCheck } from './credential-check';
import { type Documents, serveDocuments } from './documents';
import { loadExamples } from './examples';
import { serveGraphiql } from './graphiql';
import { GraphqlHandler } from './graphql-handler';
import { serveGraphql } from './graphql-route';
import { serveHealth } from './health';
import { serveLive, takeWebSockets } from './live/live-route';
import { logRequests, requestIdOf } from './logging';
import { corsOptions } from './origins';
import { refuseOverload } from './overload';
import { type ShowPage, servePages } from './pages';
import { answerProblems } from './problems';
import { trustOf } from './proxies';
import { limitRates, OperationRates } from './rates';
import { RequestLog } from './request-log';
import { Drain } from './shutdown';
import { StraightPath } from './straight-path';

/** Milliseconds; longer than load balancers keep theirs, so that it is never us who closes under a request. */
const KEEP_ALIVE_TIMEOUT = 72_000;
/** Characters. */
const MAX_ADDRESS = 16_384;
/** Milliseconds for a request's headers to arrive, and between two looks at the connections where they have not. */
const HEADERS_TIMEOUT = 8_000;
const HEADERS_CHECK = 1_000;

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
  const trust = trustOf(config);
  let straight: StraightPath | null = null;
  const server = fastify({
    serverFactory: (others) =>
      httpServer(config, (request, response) =>
        straight ? straight.take(request, response, others) : others(request, response),
      ),
    loggerInstance: parts.log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: requestIdOf,
    childLoggerFactory: (log, bindings, options) => new RequestLog(log, bindings, options),
    trustProxy: trust,
    bodyLimit: config.bodyLimit,
    // Addresses are bounded by Node, which takes 16 KiB of headers; slugs may be long.
    routerOptions: { maxParamLength: MAX_ADDRESS },
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
    // Who likes it better as it is gets it so: what is kept has an entity tag for that.
    encodings: ['br', 'gzip', 'identity'],
    brotliOptions: BROTLI,
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
  server.decorateRequest('isLate', false);
  server.decorateRequest('isGone', {
    getter(this: FastifyRequest) {
      return this.raw.socket.destroyed;
    },
  });

  const { ready, overdueJobs } = parts;
  serveHealth(server, { ready, overdueJobs, stopping: () => server.drain.started });
  if (config.graphiql) serveGraphiql(server, loadExamples(parts.schema));
  if (parts.page) servePages(server, parts.page);
  const { documents, answers = null } = parts;
  if (documents) serveDocuments(server, { documents, answers, config });
  server.addHook('onClose', () => engine.apollo.stop());
  const live = serveLive(server, { engine, rates, authenticate: parts.authenticate, check, config });
  const handler = new GraphqlHandler(engine, config);
  serveGraphql(server, { handler, live, config });
  // Of what is traced every step is.
  if (!parts.tracing) {
    const { watch } = engine;
    straight = new StraightPath({ handler, rates, watch, answers, server, trust, config, log: parts.log });
  }
  return server;
}

function httpServer({ requestTimeout }: Config, listener: RequestListener): Server {
  const options = { headersTimeout: HEADERS_TIMEOUT, connectionsCheckingInterval: HEADERS_CHECK };
  const server = createHttpServer(options, listener);
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT;
  // Not among the options: Node takes none there that is shorter than that for the headers.
  server.requestTimeout = requestTimeout;
  return server;
}
