import type { FastifyInstance } from 'fastify';
import { problem } from './problems';

const CHARSET = /;\s*charset\s*=\s*("?)([^";\s]*)\1/i;

/** JSON is UTF-8 (RFC 8259, 8.1): what says that it is something else was written to be read differently by somebody on the way. */
export function takeUtf8Only(server: FastifyInstance): void {
  server.addHook('onRequest', (request, reply, done) => {
    const [, , charset = 'utf-8'] = CHARSET.exec(request.headers['content-type'] ?? '') ?? [];
    if (/^utf-?8$/i.test(charset)) return done();
    reply.code(415).send(problem('UNSUPPORTED_MEDIA_TYPE', 'Send the request body in UTF-8.'));
  });
}
