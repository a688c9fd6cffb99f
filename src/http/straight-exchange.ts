import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import { type Actor, ANONYMOUS } from '../core/actor';
import type { Effort } from '../core/effort';
import type { RequestTrace } from '../graphql/errors';
import type { Making } from './answers';
import type { AnyReply, AnyRequest, Payload } from './exchange';
import { requestIdOf } from './logging';
import { RequestLog } from './request-log';

/** A request of somebody anonymous that Fastify has not seen. */
export class StraightRequest implements AnyRequest {
  readonly id: string;
  readonly log: FastifyBaseLogger;
  readonly method = 'POST';
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
  readonly actor: Actor = ANONYMOUS;
  trace: RequestTrace | null = null;
  effort: Effort | null = null;
  making: Making | null = null;
  private readonly start = performance.now();

  constructor(
    readonly raw: IncomingMessage,
    readonly body: unknown,
    log: FastifyBaseLogger,
  ) {
    this.id = requestIdOf(raw);
    this.log = new RequestLog(log, { requestId: this.id });
    this.url = raw.url ?? '';
    this.headers = raw.headers;
    this.ip = raw.socket.remoteAddress ?? '';
  }

  /** Milliseconds since it came. */
  get elapsed(): number {
    return performance.now() - this.start;
  }
}

export class StraightReply implements AnyReply {
  statusCode = 200;
  private readonly headers: Map<string, string | number>;

  /** @param common the headers of all answers */
  constructor(
    private readonly response: ServerResponse,
    common: Iterable<readonly [name: string, value: string]>,
  ) {
    this.headers = new Map(common);
  }

  code(status: number): void {
    this.statusCode = status;
  }

  header(name: string, value: string | number): void {
    this.headers.set(name, value);
  }

  getHeader(name: string): unknown {
    return this.headers.get(name);
  }

  removeHeader(name: string): void {
    this.headers.delete(name);
  }

  send(payload: Payload): void {
    const content = this.contentOf(payload);
    this.headers.set('content-length', Buffer.byteLength(content));
    // Names and values in turn: Node takes that as it is. `flat()` of the pairs takes a fifth of a kept answer.
    const head: (string | number)[] = [];
    for (const [name, value] of this.headers) head.push(name, value);
    this.response.writeHead(this.statusCode, head).end(content);
  }

  private contentOf(payload: Payload): string | Buffer {
    if (payload === null) return '';
    if (typeof payload === 'string' || Buffer.isBuffer(payload)) return payload;
    this.headers.set('content-type', 'application/json; charset=utf-8');
    return JSON.stringify(payload);
  }
}
