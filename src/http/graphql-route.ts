import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { compressed } from './compressed';
import type { GraphqlHandler } from './graphql-handler';
import type { LiveRoute } from './live/live-route';

/**
 * As on the straight path, in place of the plugin that compresses what the other routes send: that makes a stream of what is
 * there as a whole, which then goes without its length.
 */
const COMPRESSED = {
  compress: false,
  onSend: async (request: FastifyRequest, reply: FastifyReply, payload: unknown) =>
    compressed(request, reply, payload),
} as const;

export interface RouteParts {
  readonly handler: GraphqlHandler;
  readonly live: LiveRoute;
  readonly config: Pick<Config, 'graphiql'>;
}

/** Serves GraphQL at `/graphql`: by POST, by GET for queries, and by WebSocket. */
export function serveGraphql(server: FastifyInstance, { handler, live, config }: RouteParts): void {
  server.post('/graphql', COMPRESSED, (request, reply) => handler.handlePost(request, reply));
  server.route({
    ...COMPRESSED,
    method: 'GET',
    url: '/graphql',
    onRequest: live.admit,
    handler: async (request, reply) => {
      if (config.graphiql && isVisit(request)) return reply.redirect('./');
      return handler.handle(request, reply);
    },
    wsHandler: live.wsHandler,
  });
}

/** A person who opens the endpoint in a browser, rather than a program that sends a query. */
function isVisit({ url, headers }: FastifyRequest): boolean {
  return !url.includes('?') && (headers.accept ?? '').includes('text/html');
}
