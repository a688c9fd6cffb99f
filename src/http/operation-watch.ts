/** Tells those who watch over the process of every operation: how it went, how long it took, and what was done for it. */
import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Effort, throughout } from '../core/effort';
import { type EndedOperation, type OperationOutcome, signals } from '../core/signals';
import type { RequestTrace } from '../graphql/errors';
import type { AnyRequest } from './exchange';

/** One request in a trace that others may have begun. */
export interface RequestSpan {
  readonly traceId: string;
  /** @param status of the answer; null for an operation that came over a connection that stays open */
  end(status: number | null, operation: EndedOperation | null): void;
}

/** Where requests are traced. */
export interface Tracing {
  /** Begins a trace, or goes on with that which the headers name. */
  begin(name: string, headers: IncomingHttpHeaders): RequestSpan;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** What is done for the operation of the request; null where nobody wants to know, and before it is begun. */
    effort: Effort | null;
    span: RequestSpan | null;
  }
}

/** Codes of errors that are ours. */
const FAULTS: readonly string[] = ['INTERNAL_SERVER_ERROR', 'SERVICE_UNAVAILABLE'];

export class OperationWatch {
  constructor(readonly tracing: Tracing | null = null) {}

  /** Null where nobody wants to know what is done for operations. */
  newEffort(): Effort | null {
    if (this.tracing === null && !signals.operationEnded.isHeard) return null;
    return new Effort({ inDetail: this.tracing !== null });
  }

  /** Sees to it that `request.effort` and `request.span` are there, and that each operation is told of when it was answered. */
  install(server: FastifyInstance): void {
    const { tracing } = this;
    server.decorateRequest('effort', null);
    server.decorateRequest('span', null);
    if (tracing) {
      server.addHook('onRequest', (request, _reply, done) => {
        if (request.ws || request.url.startsWith('/health/')) return done();
        request.span = tracing.begin(`${request.method} ${request.routeOptions.url ?? ''}`, request.headers);
        request.log = request.log.child({ traceId: request.span.traceId });
        done();
      });
    }
    server.addHook('onResponse', (request, reply, done) => {
      if (isWatched(request)) {
        const operation = this.tell(request, reply.elapsedTime);
        request.span?.end(reply.statusCode, operation);
      }
      done();
    });
  }

  /** Tells of the operation of a request that was answered after so many milliseconds; null where it has none. */
  tell({ trace, effort }: AnyRequest, milliseconds: number): EndedOperation | null {
    const operation = trace && ended(trace, milliseconds, effort);
    if (operation && signals.operationEnded.isHeard) signals.operationEnded.send(operation);
    return operation;
  }
}

/** An operation of a connection that stays open: from now until `end` is called. */
export function watchOperation(watch: OperationWatch): {
  readonly effort: Effort | null;
  end(trace: RequestTrace): void;
} {
  const start = performance.now();
  const effort = watch.newEffort();
  const span = watch.tracing?.begin('operation', {}) ?? null;
  return {
    effort,
    end: (trace) => {
      const operation = ended(trace, performance.now() - start, effort);
      if (signals.operationEnded.isHeard) signals.operationEnded.send(operation);
      span?.end(null, operation);
    },
  };
}

/** Runs `work` so that everything it has done is counted, where anybody wants to know. */
export function counted<T>(effort: Effort | null, work: () => Promise<T>): Promise<T> {
  return effort === null ? work() : throughout(effort, work);
}

function isWatched({ ws, routeOptions, span }: FastifyRequest): boolean {
  return span !== null || (!ws && routeOptions.url === '/graphql');
}

function ended(trace: RequestTrace, milliseconds: number, effort: Effort | null): EndedOperation {
  return {
    requestId: trace.requestId,
    name: trace.operationName,
    type: trace.operationType ?? null,
    outcome: outcomeOf(trace.errorCodes),
    milliseconds,
    effort,
    facts: trace.facts ?? null,
  };
}

function outcomeOf(errorCodes: readonly string[]): OperationOutcome {
  if (errorCodes.length === 0) return 'ok';
  return errorCodes.some((code) => FAULTS.includes(code)) ? 'failed' : 'refused';
}
