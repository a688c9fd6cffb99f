import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger } from 'fastify';
import { type Actor, ANONYMOUS } from '../core/actor';
import type { Effort } from '../core/effort';
import type { RequestTrace } from '../graphql/errors';
import type { Making } from './answers';
import type { AnyReply, AnyRequest, Payload } from './exchange';
import { requestIdOf } from './logging';
import type { PostedBody } from './posted-body';
import { RequestLog } from './request-log';

export interface StraightRequestParts {
  readonly posted: PostedBody;
  readonly ip: string;
  readonly log: FastifyBaseLogger;
}

/** A request of somebody anonymous that Fastify has not seen. */
export class StraightRequest implements AnyRequest {
  readonly id: string;
  readonly log: FastifyBaseLogger;
  readonly method = 'POST';
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly ip: string;
  readonly posted: PostedBody;
  readonly actor: Actor = ANONYMOUS;
  trace: RequestTrace | null = null;
  effort: Effort | null = null;
  making: Making | null = null;
  isLate = false;
  isGone = false;
  private readonly start = performance.now();

  constructor(
    readonly raw: IncomingMessage,
    { posted, ip, log }: StraightRequestParts,
  ) {
    this.id = requestIdOf(raw);
    this.log = new RequestLog(log, { requestId: this.id });
    this.url = raw.url ?? '';
    this.headers = raw.headers;
    this.ip = ip;
    this.posted = posted;
  }

  get body(): unknown {
    return this.posted.content;
  }

  /** Milliseconds since it came. */
  get elapsed(): number {
    return performance.now() - this.start;
  }
}

export class StraightReply implements AnyReply {
  statusCode = 200;
  /** Names and values of headers in turn, as Node takes them. There are so few that one is found soonest by looking at all. */
  private readonly head: (string | number)[];

  /** @param common the headers of all answers, likewise */
  constructor(
    private readonly response: ServerResponse,
    common: readonly string[],
  ) {
    this.head = common.slice();
  }

  code(status: number): void {
    this.statusCode = status;
  }

  header(name: string, value: string | number): void {
    const place = this.placeOf(name);
    if (place === -1) this.head.push(name, value);
    else this.head[place + 1] = value;
  }

  getHeader(name: string): unknown {
    const place = this.placeOf(name);
    return place === -1 ? undefined : this.head[place + 1];
  }

  removeHeader(name: string): void {
    const place = this.placeOf(name);
    if (place !== -1) this.head.splice(place, 2);
  }

  /** What is sent of it. */
  contentOf(payload: Payload): string | Buffer {
    if (payload === null) return '';
    if (typeof payload === 'string' || Buffer.isBuffer(payload)) return payload;
    this.header('content-type', 'application/json; charset=utf-8');
    return JSON.stringify(payload);
  }

  send(content: string | Buffer): void {
    this.header('content-length', Buffer.byteLength(content));
    this.response.writeHead(this.statusCode, this.head).end(content);
  }

  private placeOf(name: string): number {
    for (let place = 0; place < this.head.length; place += 2) if (this.head[place] === name) return place;
    return -1;
  }
}
