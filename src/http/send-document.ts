/** What pages for people and documents for programs have in common when they are sent. */
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { datelineErrorIn } from '../core/errors';
import { isKnown } from './etags';
import { problem } from './problems';

/** Seconds after which it makes sense to try again when the database is away. */
const RETRY_AFTER = 5;

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Readable;
  /** What tells this state from others; the body itself when absent. */
  readonly version?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

/** Sends it, or says that nothing has changed to who has it already. */
export function sendAnswer(request: FastifyRequest, reply: FastifyReply, answer: Answer): FastifyReply {
  const { status, type, body, version, headers } = answer;
  const told = version ?? (typeof body === 'string' ? body : null);
  // The client asks each time: news come at any time.
  reply.headers({
    'content-type': type,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-cache',
    ...headers,
  });
  if (told !== null) {
    const etag = etagOf(told);
    reply.header('etag', etag);
    if (status === 200 && isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  }
  return reply.code(status).send(body);
}

/** Says that the database is away; throws on what else went wrong. */
export function sendUnavailable(request: FastifyRequest, reply: FastifyReply, error: unknown): FastifyReply {
  const refusal = datelineErrorIn(error);
  if (refusal?.code !== 'SERVICE_UNAVAILABLE') throw error;
  return sendProblem(request, reply.header('retry-after', RETRY_AFTER), 503, refusal);
}

/** Says what is wrong, to the log by its code. */
export function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  status: number,
  { code, message, details }: Wrong,
): FastifyReply {
  request.trace = { requestId: request.id, operationName: null, errorCodes: [code] };
  return reply.code(status).send(problem(code, message, details));
}

interface Wrong {
  readonly code: string;
  readonly message: string;
  readonly details?: object;
}

export function queryOf({ url }: FastifyRequest): URLSearchParams {
  return new URLSearchParams(url.split('?').slice(1).join('?'));
}

/** Weak, for it is the same compressed and not. */
function etagOf(text: string): string {
  return `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
}
