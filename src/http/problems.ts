import type { FastifyError, FastifyInstance } from 'fastify';
import { faultReport } from '../core/faults';
import type { AnyRequest } from './exchange';

/** What a client is told about a request that never became a GraphQL operation, by Fastify's code. */
const PROBLEMS: Readonly<Record<string, { code: string; message: string }>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: { code: 'BAD_REQUEST', message: 'The request body is not valid JSON.' },
  FST_ERR_CTP_EMPTY_JSON_BODY: { code: 'BAD_REQUEST', message: 'The request body is empty.' },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: {
    code: 'BAD_REQUEST',
    message: 'The request body is not as long as its Content-Length says.',
  },
  FST_ERR_CTP_BODY_TOO_LARGE: { code: 'PAYLOAD_TOO_LARGE', message: 'The request body is too large.' },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    message: 'Send the request body as JSON, with Content-Type: application/json.',
  },
};

/** An error in the shape that GraphQL clients read, also where no GraphQL is involved. */
export function problem(code: string, message: string, facts: object = {}) {
  return { errors: [{ message, extensions: { ...facts, code } }] };
}

/** To who asks for more than can be answered in time. */
export const TOO_LATE = problem(
  'SERVICE_UNAVAILABLE',
  'The answer took too long. Ask for less, or try again.',
);

/** Answers what no route answers, and what goes wrong before or outside of one, as JSON. */
export function answerProblems(server: FastifyInstance): void {
  server.setNotFoundHandler(async (_request, reply) => {
    return reply
      .code(404)
      .send(problem('NOT_FOUND', 'Nothing is served here. The GraphQL API is at /graphql.'));
  });
  server.addHook('onRequest', (request, reply, done) => {
    if ((request.headers['content-encoding'] ?? 'identity') === 'identity') return done();
    reply.code(415).send(problem('UNSUPPORTED_MEDIA_TYPE', 'Send the request body uncompressed.'));
  });
  server.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const status = error.statusCode ?? 500;
    const known = PROBLEMS[error.code];
    if (known) {
      // What is left of a body that was refused would be read as the next request.
      if (status === 413) reply.header('connection', 'close');
      return reply.code(status).send(problem(known.code, known.message));
    }
    if (status < 500) return reply.code(status).send(problem('BAD_REQUEST', 'The request is malformed.'));
    return reply.code(500).send(faultProblem(request, error));
  });
}

/** What a client is told of a fault of ours, which is logged. */
export function faultProblem({ id: reference, log }: Pick<AnyRequest, 'id' | 'log'>, error: unknown): object {
  log.error({ reference, fault: faultReport(error) }, 'A request failed');
  const message = `Something went wrong on our side. Reference: ${reference}`;
  return problem('INTERNAL_SERVER_ERROR', message, { reference });
}
