import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Attributes, Context, Span, Tracer } from '@opentelemetry/api';
import type { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import type { Log } from '../core/log';
import type { EndedOperation } from '../core/signals';

/** Milliseconds that a stop waits for the collector to take the last spans. */
const FLUSH = 2_000;
/** Characters of a statement in a span. */
const MAX_TEXT = 2_000;

export interface TracesParts {
  /** Of a collector that takes OTLP over HTTP, without the path. */
  readonly endpoint: string;
  readonly service: string;
  readonly log: Log;
}

type Api = typeof import('@opentelemetry/api');

/**
 * Traces of OpenTelemetry: a span for each request, in the trace that its `traceparent` names, and below it the operation
 * with its statements and the batches of its loaders. What was done is noted while the operation runs (`Effort`) and
 * becomes spans when it has been answered, so that nothing of this library stands in the way of a resolver.
 */
export class Traces {
  private readonly api: Api;
  private readonly provider: BasicTracerProvider;
  private readonly tracer: Tracer;
  private readonly parentIn: (headers: IncomingHttpHeaders) => Context;

  constructor({ endpoint, service, log }: TracesParts) {
    // Optional dependencies: loaded by who uses them.
    const api: Api = require('@opentelemetry/api');
    const core: typeof import('@opentelemetry/core') = require('@opentelemetry/core');
    const resources: typeof import('@opentelemetry/resources') = require('@opentelemetry/resources');
    const sdk: typeof import('@opentelemetry/sdk-trace-base') = require('@opentelemetry/sdk-trace-base');
    const otlp: typeof import('@opentelemetry/exporter-trace-otlp-http') = require('@opentelemetry/exporter-trace-otlp-http');
    const note = (problem: string) => log.warn({ problem }, 'Traces cannot be sent');
    const silent = () => undefined;
    api.diag.setLogger(
      { error: note, warn: note, info: silent, debug: silent, verbose: silent },
      { logLevel: api.DiagLogLevel.WARN, suppressOverrideMessage: true },
    );
    const exporter = new otlp.OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
    this.api = api;
    this.provider = new sdk.BasicTracerProvider({
      resource: resources
        .defaultResource()
        .merge(resources.resourceFromAttributes({ 'service.name': service })),
      spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
    });
    this.tracer = this.provider.getTracer('dateline');
    const propagator = new core.W3CTraceContextPropagator();
    this.parentIn = (headers) => propagator.extract(api.ROOT_CONTEXT, headers, api.defaultTextMapGetter);
  }

  begin(name: string, headers: IncomingHttpHeaders): RequestSpan {
    const start = performance.now();
    const options = { startTime: start, kind: this.api.SpanKind.SERVER };
    const span = this.tracer.startSpan(name, options, this.parentIn(headers));
    return {
      traceId: span.spanContext().traceId,
      end: (status, operation) => {
        if (status !== null) span.setAttribute('http.response.status_code', status);
        if (operation && span.isRecording()) this.addOperation(span, start, operation);
        if (operation?.outcome === 'failed') span.setStatus({ code: this.api.SpanStatusCode.ERROR });
        span.end(performance.now());
      },
    };
  }

  /** Sends what is left. A collector that is away does not hold up the stop. */
  async close(): Promise<void> {
    const late = new AbortController();
    await Promise.race([
      this.provider.shutdown().catch(() => undefined),
      delay(FLUSH, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
    this.api.diag.disable();
  }

  private addOperation(request: Span, earliest: number, operation: EndedOperation): void {
    const { name, type, outcome, milliseconds, effort } = operation;
    const end = performance.now();
    const { document, cost } = operation.facts?.() ?? {};
    const span = this.child(request, {
      name: name === null ? (type ?? 'operation') : `${type ?? 'operation'} ${name}`,
      start: Math.max(earliest, end - milliseconds),
      attributes: {
        'dateline.request.id': operation.requestId,
        'dateline.outcome': outcome,
        ...(name !== null && { 'graphql.operation.name': name }),
        ...(type !== null && { 'graphql.operation.type': type }),
        ...(document !== undefined && { 'dateline.document': document }),
        ...(cost != null && { 'dateline.cost': cost }),
        ...(effort && { 'dateline.statements': effort.statements }),
      },
    });
    for (const { kind, what, start, milliseconds: took } of effort?.steps ?? []) {
      const attributes: Attributes =
        kind === 'statement'
          ? { 'db.query.text': String(what).slice(0, MAX_TEXT) }
          : { 'dateline.batch.keys': what };
      this.child(span, { name: kind === 'statement' ? 'SQL' : 'batch', start, attributes }).end(start + took);
    }
    span.end(end);
  }

  private child(
    parent: Span,
    { name, start, attributes }: { name: string; start: number; attributes: Attributes },
  ): Span {
    const context = this.api.trace.setSpan(this.api.ROOT_CONTEXT, parent);
    return this.tracer.startSpan(name, { startTime: start, attributes }, context);
  }
}

/** One request in a trace. */
export interface RequestSpan {
  readonly traceId: string;
  end(status: number | null, operation: EndedOperation | null): void;
}
