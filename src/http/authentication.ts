import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, ANONYMOUS } from '../core/actor';
import { type DatelineError, datelineErrorIn } from '../core/errors';
import type { CredentialCheck } from './credential-check';
import { problem } from './problems';

/**
 * Who stands behind the value of an Authorization header.
 * @throws DatelineError UNAUTHENTICATED; SERVICE_UNAVAILABLE when that cannot be found out now
 */
export type Authenticate = (authorization: string) => Promise<Actor>;

declare module 'fastify' {
  interface FastifyRequest {
    /** Null until the request's credential was looked at: see `actorOf`. */
    actor: Actor | null;
  }
  interface FastifyContextConfig {
    /** For routes that answer everybody alike, such as probes: they look at no credential. */
    readonly credentials?: 'ignored';
  }
}

/** Seconds after which it makes sense to try again when credentials cannot be checked. */
const RETRY_AFTER = 5;

/**
 * Finds out who sends each request, before its body is read. Who sends no credential is anonymous; a credential
 * that is no good is refused with 401, or 429 after too many of them, on every route that does not say that it
 * ignores credentials.
 */
export function authenticateRequests(server: FastifyInstance, check: CredentialCheck): void {
  server.decorateRequest('actor', null);
  server.addHook('onRequest', (request, reply, done) => {
    if (request.is404 || request.routeOptions.config.credentials === 'ignored') return done();
    const { authorization } = request.headers;
    if (authorization === undefined) {
      request.actor = ANONYMOUS;
      return done();
    }
    check(authorization, request.ip).then(
      (actor) => {
        request.actor = actor;
        done();
      },
      (error: unknown) => {
        const refusal = datelineErrorIn(error);
        if (refusal) refuse(request, reply, refusal);
        else done(error instanceof Error ? error : new Error('Authentication failed', { cause: error }));
      },
    );
  });
}

/** Who sent the request. @throws on a route that ignores credentials: it must not take anybody for anonymous */
export function actorOf({ actor }: Pick<FastifyRequest, 'actor'>): Actor {
  if (actor === null) throw new Error('This route looks at no credential');
  return actor;
}

function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  { code, message, details }: DatelineError,
): void {
  request.trace = { requestId: request.id, operationName: null, errorCodes: [code] };
  if (code === 'UNAUTHENTICATED') {
    const challenge = `Bearer realm="Dateline", error="invalid_token", error_description="${message}"`;
    reply.code(401).header('www-authenticate', challenge);
  } else if (code === 'RATE_LIMITED') {
    reply.code(429).header('retry-after', Number(details.retryAfterSeconds));
  } else {
    reply.code(503).header('retry-after', RETRY_AFTER);
  }
  reply.send(problem(code, message, details));
}
