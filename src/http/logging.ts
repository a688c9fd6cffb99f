import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import pino from 'pino';
import type { Config } from '../config';
import { faultReport } from '../core/faults';
import type { RequestTrace } from '../graphql/errors';
import type { AnyRequest } from './exchange';
import { isWritten } from './request-log';

/** What is taken over from X-Request-Id: everything that tracing systems use, nothing that a log could choke on. */
const SANE_REQUEST_ID = /^[\w.:+/=-]{1,128}$/;

/** Wherever someone logs headers after all. */
const PRIVATE_HEADERS = ['authorization', 'cookie', 'set-cookie', 'proxy-authorization'];
const REDACTED = PRIVATE_HEADERS.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.headers["${name}"]`]);

declare module 'fastify' {
  interface FastifyRequest {
    /** What a GraphQL route found out about its request; null elsewhere. */
    trace: RequestTrace | null;
  }
}

/**
 * The log of the process: JSON lines on standard output, or text for people. Pretty text needs pino-pretty,
 * which production installs leave out; without it the lines are JSON.
 */
export function createLog(config: Pick<Config, 'logLevel' | 'logFormat'>): FastifyBaseLogger {
  const options: pino.LoggerOptions = {
    level: config.logLevel,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (level) => ({ level }) },
    redact: { paths: REDACTED, censor: '[private]' },
    serializers: { err: faultReport, error: faultReport },
  };
  const pretty = config.logFormat === 'pretty' ? prettyStream() : null;
  return pretty ? pino(options, pretty) : pino(options);
}

/** The client's own id for the request where it is sane, else a new one. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id'];
  return typeof given === 'string' && SANE_REQUEST_ID.test(given) ? given : randomUUID();
}

/**
 * Returns the request's id to the client, and writes one line when the answer is sent: never the query
 * string, the body or a variable, which can hold names and addresses of people.
 */
export function logRequests(server: FastifyInstance): void {
  server.decorateRequest('trace', null);
  server.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
  server.addHook('onResponse', (request, reply, done) => {
    logAnswer(request, reply.statusCode, reply.elapsedTime);
    done();
  });
  server.addHook('onRequestAbort', (request, done) => {
    logGone(request);
    done();
  });
}

/** The line of a request that was answered after so many milliseconds. */
export function logAnswer(request: AnyRequest, status: number, milliseconds: number): void {
  const { log, trace } = request;
  // Probes come every few seconds for the life of the process.
  const level = status >= 500 ? 'error' : request.url.startsWith('/health/') ? 'debug' : 'info';
  if (!isWritten(log, level)) return;
  const facts = {
    method: request.method,
    path: pathOf(request),
    operation: trace?.operationName ?? undefined,
    actor: actorNamed(request),
    errors: trace?.errorCodes.length ? trace.errorCodes : undefined,
    cached: trace?.cached,
    status,
    ms: Math.round(milliseconds * 10) / 10,
  };
  log[level](facts, level === 'error' ? 'Request failed' : 'Request');
}

/** The line of a request that nobody waits for any more. */
export function logGone(request: AnyRequest): void {
  request.log.info({ method: request.method, path: pathOf(request) }, 'The client went away');
}

/** By the name that the change log has for them; nothing where nobody has said who they are. */
function actorNamed({ actor }: AnyRequest): string | undefined {
  return actor === null || actor.kind === 'ANONYMOUS' ? undefined : actor.name;
}

function pathOf({ url }: AnyRequest): string {
  const query = url.indexOf('?');
  return (query === -1 ? url : url.slice(0, query)).slice(0, 200);
}

function prettyStream(): pino.DestinationStream | null {
  try {
    // In this process and not in a worker thread, so that the last lines before an exit are not lost.
    const pretty: typeof import('pino-pretty') = require('pino-pretty');
    return pretty({
      sync: true,
      colorize: process.stdout.isTTY === true,
      translateTime: 'SYS:HH:MM:ss',
      ignore: 'requestId',
      singleLine: true,
    });
  } catch {
    return null;
  }
}
