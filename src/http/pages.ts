import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PageAnswer, PageRequest } from '../core/web-page';
import { queryOf, sendAnswer, sendUnavailable } from './send-document';

/** @throws DatelineError SERVICE_UNAVAILABLE */
export type ShowPage = (request: PageRequest) => Promise<PageAnswer>;

const FOR_ALL = { config: { credentials: 'ignored' } } as const;

/** Serves the pages about relations at `/relations`, the same for everybody. */
export function servePages(server: FastifyInstance, show: ShowPage): void {
  server.get('/relations', FOR_ALL, (request, reply) => answer(request, reply, show, null));
  server.get<{ Params: { topics: string } }>('/relations/:topics', FOR_ALL, (request, reply) =>
    answer(request, reply, show, request.params.topics),
  );
}

async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  show: ShowPage,
  path: string | null,
): Promise<FastifyReply> {
  try {
    const page = await show({ path, query: queryOf(request), requestId: request.id });
    if ('location' in page) return reply.code(page.status).header('location', page.location).send();
    const { status, type, text: body, policy, language } = page;
    return sendAnswer(request, reply, {
      ...{ status, body, type: `${type}; charset=utf-8` },
      headers: {
        'content-language': language,
        'content-security-policy': policy,
        'referrer-policy': 'strict-origin-when-cross-origin',
      },
    });
  } catch (error) {
    return sendUnavailable(request, reply, error);
  }
}
