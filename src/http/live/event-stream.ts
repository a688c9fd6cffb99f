import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ExecutionResult } from 'graphql';
import { createHandler, type Request } from 'graphql-sse';
import type { Config } from '../../config';
import type { Actor } from '../../core/actor';
import { Stream } from '../../core/stream';
import type { GraphqlEngine } from '../apollo';
import { actorOf } from '../authentication';
import { clientOf } from '../client';
import { presented, startOperation } from '../operations';
import { problem } from '../problems';
import type { OperationRates } from '../rates';
import type { EndReason, LiveConnection, LiveConnections } from './live-connections';
import { logOperation } from './log-operation';

const MEDIA_TYPE = 'text/event-stream';

export interface EventStreamParts {
  readonly engine: GraphqlEngine;
  readonly rates: OperationRates;
  readonly connections: LiveConnections;
  readonly config: Pick<Config, 'requestTimeout'>;
}

/**
 * GraphQL by the protocol of graphql-sse in its mode of distinct connections: a request is an operation, and its
 * answers are events ("next", then "complete"). By GET, as EventSource asks, subscriptions only.
 */
export function eventStreamHandler(
  parts: EventStreamParts,
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  const handle = createHandler<FastifyRequest, EventStream>({
    // No mode in which a client reserves a stream beforehand: everybody could reserve any number.
    authenticate: () => null,
    onSubscribe: async ({ raw, context: connection }, { query, operationName, variables, extensions }) => {
      const { outcome, trace } = await startOperation(
        parts.engine,
        { query, operationName, variables, extensions },
        {
          asker: {
            actor: connection.actor,
            requestId: raw.id,
            log: raw.log,
            client: clientOf(raw),
            ended: () => raw.raw.socket.destroyed,
          },
          carrier: raw.method === 'GET' ? 'STREAMS_ONLY' : 'STREAMS',
          rates: parts.rates,
          timeout: parts.config.requestTimeout,
        },
      );
      logOperation(connection, trace);
      if (outcome.kind === 'refused') return once({ errors: outcome.errors });
      return outcome.kind === 'answer' ? outcome.answer : connection.paced(outcome.stream);
    },
  });
  return async (request, reply) => {
    if (!(request.headers.accept ?? '').includes(MEDIA_TYPE)) {
      return reply.code(406).send(problem('BAD_REQUEST', `Accept ${MEDIA_TYPE}: nothing else is sent here.`));
    }
    const connection = new EventStream(request, reply);
    const [body, { status }] = await handle(asked(request, connection));
    if (body === null || typeof body === 'string') return reply.code(status).send(refusal(body));
    reply.hijack();
    parts.connections.watch(connection);
    try {
      await connection.write(body);
    } finally {
      parts.connections.closed(connection, { reason: connection.reason ?? undefined });
    }
    return reply;
  };
}

class EventStream implements LiveConnection {
  readonly transport = 'sse';
  readonly log: FastifyRequest['log'];
  readonly actor: Actor;
  readonly credential: string | null;
  /** Why it was ended, if we did. */
  reason: EndReason | null = null;
  private stream: Stream<ExecutionResult, ExecutionResult> | null = null;

  constructor(
    request: FastifyRequest,
    private readonly reply: FastifyReply,
  ) {
    this.log = request.log;
    this.actor = actorOf(request);
    this.credential = request.headers.authorization ?? null;
  }

  unsent(): number {
    return this.reply.raw.writableLength;
  }

  isIdle(): boolean {
    return false;
  }

  end(reason: EndReason): void {
    this.reason ??= reason;
    if (reason === 'SLOW_CONSUMER') this.reply.raw.destroy();
    else if (reason === 'UNAUTHENTICATED') void this.stream?.finish(presented(NO_MORE));
    else void this.stream?.return();
  }

  /** The stream at the pace of its client: graphql-sse would queue what is not yet taken. */
  paced(stream: Stream<ExecutionResult, ExecutionResult>): Stream<ExecutionResult, ExecutionResult> {
    this.stream = new Stream(stream, {
      map: async (result) => {
        await this.drained();
        return result;
      },
    });
    return this.stream;
  }

  async write(body: AsyncGenerator<string>): Promise<void> {
    const { raw } = this.reply;
    raw.once('close', () => void body.return(undefined));
    for (const [name, value] of Object.entries(this.reply.getHeaders())) {
      if (value !== undefined) raw.setHeader(name, value);
    }
    raw.writeHead(200, {
      'content-type': `${MEDIA_TYPE}; charset=utf-8`,
      'cache-control': 'no-store',
      // Proxies like nginx would gather what is to be seen at once.
      'x-accel-buffering': 'no',
    });
    for await (const text of body) {
      if (raw.destroyed) break;
      raw.write(text);
      await this.drained();
    }
    raw.end();
  }

  private async drained(): Promise<void> {
    const { raw } = this.reply;
    if (!raw.writableNeedDrain || raw.destroyed) return;
    await new Promise<void>((resolve) => {
      const settle = () => {
        raw.off('drain', settle).off('close', settle);
        resolve();
      };
      raw.on('drain', settle).on('close', settle);
    });
  }
}

/** An answer without data, which graphql-sse would not take for one. */
async function* once(answer: ExecutionResult): AsyncGenerator<ExecutionResult, undefined, undefined> {
  yield answer;
}

const NO_MORE = problem('UNAUTHENTICATED', 'The credential is not valid any more.');

function asked(request: FastifyRequest, context: EventStream): Request<FastifyRequest, EventStream> {
  return {
    method: request.method,
    url: request.url,
    headers: {
      get: (name) => {
        // Others that the client takes as well do not matter.
        if (name === 'accept') return MEDIA_TYPE;
        const value = request.headers[name];
        return typeof value === 'string' ? value : null;
      },
    },
    body: isRecord(request.body) ? request.body : null,
    raw: request,
    context,
  };
}

/** What graphql-sse says of a request that is none, in the shape of all our errors. */
function refusal(body: string | null) {
  const said: unknown = body === null ? null : JSON.parse(body);
  const [error]: unknown[] = isRecord(said) && Array.isArray(said.errors) ? said.errors : [];
  return problem('BAD_REQUEST', isRecord(error) ? String(error.message) : 'The request is malformed.');
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
