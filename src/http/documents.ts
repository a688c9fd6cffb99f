import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { datelineErrorIn } from '../core/errors';
import type { DocumentAnswer, DocumentRequest } from '../core/web-page';
import { problem } from './problems';
import { queryOf, sendAnswer, sendUnavailable } from './send-document';

/** @throws DatelineError for what the client has got wrong, and SERVICE_UNAVAILABLE */
export type ShowDocument = (request: DocumentRequest) => Promise<DocumentAnswer>;

/** Where documents are, by the first part of their path. */
export type Documents = Readonly<Record<string, ShowDocument>>;

const FOR_ALL = { config: { credentials: 'ignored' } } as const;

/** Serves documents for programs, such as feeds, the same for everybody: each kind at its place and below it. */
export function serveDocuments(server: FastifyInstance, documents: Documents): void {
  for (const [place, show] of Object.entries(documents)) {
    server.get(`/${place}`, FOR_ALL, (request, reply) => answer(request, reply, show, []));
    server.get<{ Params: { first: string } }>(`/${place}/:first`, FOR_ALL, (request, reply) =>
      answer(request, reply, show, [request.params.first]),
    );
    server.get<{ Params: { first: string; second: string } }>(
      `/${place}/:first/:second`,
      FOR_ALL,
      (request, reply) => answer(request, reply, show, [request.params.first, request.params.second]),
    );
  }
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  show: ShowDocument,
  path: readonly string[],
): Promise<FastifyReply> {
  try {
    const document = await show({ path, query: queryOf(request), requestId: request.id });
    if ('location' in document)
      return reply.code(document.status).header('location', document.location).send();
    if ('message' in document)
      return reply.code(document.status).send(problem(document.code, document.message));
    const { headers = {}, ...shown } = document;
    return sendAnswer(request, reply, { ...shown, headers });
  } catch (error) {
    const wrong = datelineErrorIn(error);
    if (wrong === null || !CLIENTS.has(wrong.code)) return sendUnavailable(reply, error);
    return reply.code(400).send(problem(wrong.code, wrong.message, wrong.details));
  }
}

/** What a client can put right. */
const CLIENTS: ReadonlySet<string> = new Set(['BAD_USER_INPUT', 'BAD_CURSOR', 'BAD_PAGE_SIZE']);
