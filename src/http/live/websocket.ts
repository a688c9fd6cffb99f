import type { FastifyRequest } from 'fastify';
import { parse } from 'graphql';
import { CloseCode, type Context, makeServer, type Server } from 'graphql-ws';
import type { WebSocket } from 'ws';
import type { Config } from '../../config';
import type { Actor } from '../../core/actor';
import { datelineErrorIn } from '../../core/errors';
import { faultReport } from '../../core/faults';
import type { GraphqlEngine } from '../apollo';
import { actorOf } from '../authentication';
import { type Client, clientOf } from '../client';
import type { CredentialCheck } from '../credential-check';
import { type Outcome, presented, startOperation } from '../operations';
import { problem } from '../problems';
import type { OperationRates } from '../rates';
import type { EndReason, LiveConnection, LiveConnections } from './live-connections';
import { logOperation } from './log-operation';

/** Times the bound of what may wait for a client: then it is dropped at once, and not at the next look. */
const FLOOD = 4;
/** Milliseconds that a client has to answer a closing before it is cut off. */
const CLOSING = 5_000;

/** 1013 is to be tried again later, 4403 with another credential. */
const CLOSE_CODES: Readonly<Record<EndReason, number>> = {
  SLOW_CONSUMER: 1013,
  UNAUTHENTICATED: CloseCode.Forbidden,
  IDLE: 1000,
  STOPPING: 1001,
};

/** Documents by which graphql-ws sees whether one answer comes or several; it runs neither. */
const ANSWER = parse('{ __typename }');
const STREAM = parse('subscription { __typename }');

export interface WebSocketParts {
  readonly engine: GraphqlEngine;
  readonly rates: OperationRates;
  readonly connections: LiveConnections;
  readonly check: CredentialCheck;
  readonly config: Pick<Config, 'live' | 'requestTimeout'>;
}

/** GraphQL by the protocol graphql-transport-ws: subscriptions, and queries and mutations with the same checks. */
export function webSocketHandler(
  parts: WebSocketParts,
): (socket: WebSocket, request: FastifyRequest) => void {
  const protocol = protocolOf(parts);
  return (socket, request) => {
    const connection = new WebSocketConnection(socket, request);
    const stopPinging = keepAlive(socket, parts.config.live.pingInterval);
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) => {
          if (socket.bufferedAmount > FLOOD * parts.config.live.buffer) connection.end('SLOW_CONSUMER');
          return send(socket, data);
        },
        close: (code = CloseCode.BadRequest, reason = '') => connection.close(code, reason),
        onMessage: (listener) => {
          socket.on('message', (data) => {
            listener(String(data)).catch((error: unknown) => connection.fail(error));
          });
        },
      },
      connection,
    );
    socket.once('close', (code) => {
      stopPinging();
      parts.connections.closed(connection, { code, reason: connection.reason ?? undefined });
      Promise.resolve(closed(code, '')).catch((error: unknown) => connection.fail(error));
    });
    parts.connections.watch(connection);
  };
}

class WebSocketConnection implements LiveConnection {
  readonly transport = 'websocket';
  readonly log: FastifyRequest['log'];
  readonly requestId: string;
  readonly client: Client;
  actor: Actor;
  credential: string | null;
  /** Known once the client has introduced itself. */
  context: Context | null = null;
  /** Why it was closed, if we did. */
  reason: string | null = null;

  constructor(
    private readonly socket: WebSocket,
    request: FastifyRequest,
  ) {
    this.log = request.log;
    this.requestId = request.id;
    this.client = clientOf(request);
    this.actor = actorOf(request);
    this.credential = request.headers.authorization ?? null;
  }

  get hasEnded(): boolean {
    return this.socket.readyState !== this.socket.OPEN;
  }

  unsent(): number {
    return this.socket.bufferedAmount;
  }

  isIdle(): boolean {
    return Object.keys(this.context?.subscriptions ?? {}).length === 0;
  }

  end(reason: EndReason): void {
    this.close(CLOSE_CODES[reason], reason);
  }

  close(code: number, reason: string): void {
    this.reason ??= reason;
    this.socket.close(code, reason);
    setTimeout(() => this.socket.terminate(), CLOSING).unref();
  }

  fail(error: unknown): void {
    this.log.error({ fault: faultReport(error) }, 'A message of a live connection failed');
    this.close(CloseCode.InternalServerError, 'INTERNAL_SERVER_ERROR');
  }
}

function protocolOf({ engine, rates, check, config }: WebSocketParts): Server<WebSocketConnection> {
  const outcomes = new WeakMap<object, Outcome>();
  return makeServer<Record<string, unknown>, WebSocketConnection>({
    connectionInitWaitTimeout: config.live.initTimeout,
    onConnect: async (context) => {
      const { extra: connection, connectionParams } = context;
      connection.context = context;
      const authorization = authorizationIn(connectionParams ?? {});
      if (authorization === null) return true;
      try {
        connection.actor = await check(authorization, connection.client.address);
        connection.credential = authorization;
        return true;
      } catch (error) {
        const refusal = datelineErrorIn(error);
        if (refusal === null) throw error;
        if (refusal.code === 'UNAUTHENTICATED') connection.end('UNAUTHENTICATED');
        else connection.close(CLOSE_CODES.SLOW_CONSUMER, refusal.code);
        return false;
      }
    },
    onSubscribe: async ({ extra, subscriptions }, _id, { query, operationName, variables, extensions }) => {
      const { actor, requestId, log, client } = extra;
      if (Object.keys(subscriptions).length > config.live.subscriptions) return tooMany(config.live);
      const { outcome, trace } = await startOperation(
        engine,
        { query, operationName, variables, extensions },
        {
          asker: { actor, requestId, log, client, ended: () => extra.hasEnded },
          carrier: 'STREAMS',
          rates,
          timeout: config.requestTimeout,
        },
      );
      logOperation(extra, trace);
      if (outcome.kind === 'refused') return outcome.errors;
      const args = { schema: engine.schema, document: outcome.kind === 'stream' ? STREAM : ANSWER };
      outcomes.set(args, outcome);
      return args;
    },
    execute: (args) => {
      const outcome = outcomes.get(args);
      return outcome?.kind === 'answer' ? outcome.answer : {};
    },
    subscribe: (args) => {
      const outcome = outcomes.get(args);
      return outcome?.kind === 'stream' ? outcome.stream : {};
    },
  });
}

/** What stands in for the header, which pages cannot set; null where nothing was given. Its name is of any case. */
function authorizationIn(params: Readonly<Record<string, unknown>>): string | null {
  const given = Object.entries(params).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  // What is no text is no credential of anybody's, and must not be taken for none.
  return given == null ? null : String(given);
}

function tooMany({ subscriptions }: Config['live']) {
  const message = `At most ${subscriptions} operations at a time are answered on one connection.`;
  return presented(problem('TOO_MANY_SUBSCRIPTIONS', message)).errors ?? [];
}

/** Resolves when the client's machine has it, so that the next one waits for a client that is slow. */
function send(socket: WebSocket, data: string): Promise<void> {
  return new Promise((resolve) => {
    if (socket.readyState !== socket.OPEN) return resolve();
    // What goes wrong here closes the connection, and is told there.
    socket.send(data, () => resolve());
  });
}

/** Cuts off a client that has not answered a ping by the time of the next. */
function keepAlive(socket: WebSocket, interval: number): () => void {
  let answered = true;
  socket.on('pong', () => {
    answered = true;
  });
  const timer = setInterval(() => {
    if (!answered) return socket.terminate();
    answered = false;
    socket.ping();
  }, interval).unref();
  return () => clearInterval(timer);
}
