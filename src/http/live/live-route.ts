import websocket from '@fastify/websocket';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { handleProtocols } from 'graphql-ws';
import type { Config } from '../../config';
import type { GraphqlEngine } from '../apollo';
import type { Authenticate } from '../authentication';
import type { CredentialCheck } from '../credential-check';
import { mayRead } from '../origins';
import { problem } from '../problems';
import type { OperationRates } from '../rates';
import { eventStreamHandler } from './event-stream';
import { type Denial, LiveConnections } from './live-connections';
import { webSocketHandler } from './websocket';

/** Seconds after which it makes sense to try again. */
const RETRY_AFTER = 5;

const DENIALS: Readonly<Record<Denial, { status: number; code: string; message: string }>> = {
  TOO_MANY_CONNECTIONS: {
    status: 429,
    code: 'TOO_MANY_CONNECTIONS',
    message: 'Too many connections of your address are open.',
  },
  FULL: { status: 503, code: 'SERVICE_UNAVAILABLE', message: 'Too many connections are open. Try again.' },
  STOPPING: { status: 503, code: 'SERVICE_UNAVAILABLE', message: 'The server is stopping. Try again.' },
};

export interface LiveRouteParts {
  readonly engine: GraphqlEngine;
  readonly rates: OperationRates;
  readonly authenticate: Authenticate;
  readonly check: CredentialCheck;
  readonly config: Pick<Config, 'live' | 'corsOrigins' | 'requestTimeout'>;
}

export interface LiveRoute {
  /** For GET /graphql: lets a WebSocket in, or refuses it. Other requests pass. */
  admit(request: FastifyRequest, reply: FastifyReply, done: () => void): void;
  readonly wsHandler: ReturnType<typeof webSocketHandler>;
}

/** Lets routes take WebSockets. Before hooks that may refuse a request: it then sees to the socket. */
export async function takeWebSockets(server: FastifyInstance, { live }: Pick<Config, 'live'>): Promise<void> {
  await server.register(websocket, {
    options: { maxPayload: live.messageLimit, handleProtocols },
    // A client that breaks the protocol, or sends more than it may, is told so by ws, which closes the connection.
    errorHandler: () => undefined,
  });
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.ws || request.is404 || takesWebSockets(request)) return done();
    reply
      .code(400)
      .send(problem('BAD_REQUEST', 'No WebSocket is served here. That of the API is at /graphql.'));
  });
}

function takesWebSockets({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'GET' && routeOptions.url === '/graphql';
}

/** Serves `/graphql/stream`, and prepares what `/graphql` needs for WebSockets. Before the route itself. */
export function serveLive(server: FastifyInstance, parts: LiveRouteParts): LiveRoute {
  const { engine, rates, authenticate, check, config } = parts;
  const connections = new LiveConnections({ authenticate, config: config.live, log: server.log });
  server.drain.signal.addEventListener('abort', () => connections.stop());
  const admit = (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    if (!mayRead(config, request)) {
      return void reply
        .code(403)
        .send(problem('ORIGIN_NOT_ALLOWED', 'Pages of this origin may not read what is sent here.'));
    }
    const place = connections.take(request.ip);
    if (typeof place === 'string') {
      const { status, code, message } = DENIALS[place];
      request.log.info({ reason: code }, 'Live connection refused');
      return void reply.code(status).header('retry-after', RETRY_AFTER).send(problem(code, message));
    }
    (request.ws ? request.raw.socket : reply.raw).once('close', place);
    done();
  };
  const stream = eventStreamHandler({ engine, rates, connections, config });
  const options = { onRequest: admit, bodyLimit: config.live.messageLimit, compress: false } as const;
  server.get('/graphql/stream', options, stream);
  server.post('/graphql/stream', options, stream);
  return {
    admit: (request, reply, done) => (request.ws ? admit(request, reply, done) : done()),
    wsHandler: webSocketHandler({ engine, rates, connections, check, config }),
  };
}
