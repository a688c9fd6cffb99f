import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { datelineErrorIn } from '../core/errors';
import type { PageAnswer, PageRequest, ShownPage } from '../core/web-page';
import { problem } from './problems';

/** @throws DatelineError SERVICE_UNAVAILABLE */
export type ShowPage = (request: PageRequest) => Promise<PageAnswer>;

/** Seconds after which it makes sense to try again when the database is away. */
const RETRY_AFTER = 5;

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
  const query = new URLSearchParams(request.url.split('?').slice(1).join('?'));
  try {
    const page = await show({ path, query, requestId: request.id });
    if ('location' in page) return reply.code(page.status).header('location', page.location).send();
    return send(request, reply, page);
  } catch (error) {
    const refusal = datelineErrorIn(error);
    if (refusal?.code !== 'SERVICE_UNAVAILABLE') throw error;
    return reply.code(503).header('retry-after', RETRY_AFTER).send(problem(refusal.code, refusal.message));
  }
}

function send(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, type, text, policy, language }: ShownPage,
) {
  // Weak, for it is the same compressed and not. The browser asks each time: news come at any time.
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  reply.headers({
    'content-type': `${type}; charset=utf-8`,
    'content-language': language,
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'cache-control': 'no-cache',
    etag,
  });
  if (status === 200 && isKnown(request.headers['if-none-match'], etag)) return reply.code(304).send();
  return reply.code(status).send(text);
}

/** Of what a browser or a cache has, as RFC 9110, section 13.1.2, compares it: weakly. */
function isKnown(known: string | undefined, etag: string): boolean {
  const bare = etag.slice('W/'.length);
  return known?.split(',').some((each) => ['*', bare, etag].includes(each.trim())) ?? false;
}
