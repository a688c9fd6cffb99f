/** The way that most requests come, without the hooks and the routes of Fastify that have nothing to say to them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Config } from '../config';
import { ANONYMOUS } from '../core/actor';
import { answerKey } from './answer-key';
import { type Answers, answerSender, offer, release } from './answers';
import type { Payload } from './exchange';
import type { GraphqlHandler } from './graphql-handler';
import type { KeptSender } from './kept-sender';
import { logAnswer, logGone } from './logging';
import type { OperationWatch } from './operation-watch';
import { headersWithoutOrigin } from './origins';
import { faultProblem } from './problems';
import { type OperationRates, tellStanding } from './rates';
import { StraightReply, StraightRequest } from './straight-exchange';

export interface StraightParts {
  readonly handler: GraphqlHandler;
  readonly rates: OperationRates;
  readonly watch: OperationWatch;
  readonly answers: Answers | null;
  readonly server: Pick<FastifyInstance, 'drain' | 'isUnderPressure'>;
  readonly config: Pick<Config, 'cdn' | 'corsOrigins' | 'trustProxy' | 'bodyLimit'>;
  readonly log: FastifyBaseLogger;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Headers that say something which only Fastify's hooks know how to take: of a page of another origin, for one. */
const FOR_FASTIFY = ['authorization', 'origin', 'content-encoding', 'transfer-encoding', 'expect'] as const;
const TYPES: readonly unknown[] = ['application/json', 'application/json; charset=utf-8'];
/** What Fastify refuses in a body, or may be made to: it shall have a look. */
const SUSPICIOUS = /\\u|__proto__|"constructor"/;

/**
 * Answers who is anonymous and posts an operation at `/graphql`, all of it at once, as Fastify would, with the same checks
 * in the same order. Nobody can tell but by the time that it takes. Whatever is not as plain as that, or would need one
 * more word here, is Fastify's.
 */
export class StraightPath {
  /** Of all answers. */
  private readonly headers: readonly (readonly [name: string, value: string])[];
  private readonly kept: { readonly answers: Answers; readonly sender: KeptSender } | null;

  constructor(private readonly parts: StraightParts) {
    const { answers, config } = parts;
    this.headers = Object.entries(headersWithoutOrigin(config));
    this.kept = answers && { answers, sender: answerSender(answers, config) };
  }

  /** Answers the request, or hands it on to `others` as it has come. */
  take(raw: IncomingMessage, response: ServerResponse, others: Listener): void {
    const look = () => {
      if (!this.answerNow(raw, response)) others(raw, response);
    };
    // Whatever came in one packet is there by then.
    if (this.isFor(raw)) process.nextTick(look);
    else others(raw, response);
  }

  private isFor({ method, url, headers }: IncomingMessage): boolean {
    if (method !== 'POST' || url !== '/graphql' || !TYPES.includes(headers['content-type'])) return false;
    if (FOR_FASTIFY.some((name) => headers[name] !== undefined)) return false;
    const { server, config } = this.parts;
    if (config.trustProxy !== false && headers['x-forwarded-for'] !== undefined) return false;
    return !server.drain.started && !server.isUnderPressure();
  }

  /** Whether it answers the request. Else all of it is as it was. */
  private answerNow(raw: IncomingMessage, response: ServerResponse): boolean {
    const length = Number(raw.headers['content-length']);
    // What is still to come, is nothing or is too much, is Fastify's to wait for or to refuse.
    if (raw.readableLength !== length || length === 0 || length > this.parts.config.bodyLimit) return false;
    const bytes: unknown = raw.read();
    if (!Buffer.isBuffer(bytes)) return false;
    const body = parsed(bytes.toString());
    const request = new StraightRequest(raw, body, this.parts.log);
    const key = this.kept && answerKey(request);
    if (body === undefined || !this.isSentAsItIs(request, key)) {
      raw.unshift(bytes);
      return false;
    }
    const reply = new StraightReply(response, this.headers);
    reply.header('x-request-id', request.id);
    response.once('close', () => this.end(request, reply, response));
    void this.answer(request, reply, key);
    return true;
  }

  /** What is to be compressed only now is not. */
  private isSentAsItIs({ headers }: StraightRequest, key: string | null): boolean {
    const { 'accept-encoding': coding = 'identity' } = headers;
    return coding === 'identity' || (key !== null && this.kept?.answers.has(key) === true);
  }

  private async answer(request: StraightRequest, reply: StraightReply, key: string | null): Promise<void> {
    let payload: Payload;
    try {
      payload = await this.payloadOf(request, reply, key);
    } catch (error) {
      reply.code(500);
      payload = faultProblem(request, error);
    }
    if (this.parts.server.drain.started) reply.header('connection', 'close');
    reply.send(payload);
  }

  private async payloadOf(
    request: StraightRequest,
    reply: StraightReply,
    key: string | null,
  ): Promise<Payload> {
    const { rates, handler } = this.parts;
    const standing = rates.counts(ANONYMOUS) ? await rates.take(ANONYMOUS, request.ip) : null;
    const refusal = standing && tellStanding(request, reply, standing);
    if (refusal) return refusal;
    if (this.kept === null || key === null) return handler.handlePost(request, reply);
    const { answers, sender } = this.kept;
    const found = answers.get(key) ?? (await answers.find(key));
    if (found && !('footprint' in found)) return sender.answer(request, reply, found);
    request.making = found;
    const payload = await handler.handlePost(request, reply);
    return request.making === null ? payload : offer(request, reply, payload, sender);
  }

  /** The answer was sent, or nobody waits for it any more. */
  private end(request: StraightRequest, reply: StraightReply, response: ServerResponse): void {
    release(request);
    if (response.writableFinished) {
      const { elapsed } = request;
      logAnswer(request, reply.statusCode, elapsed);
      this.parts.watch.tell(request, elapsed);
    } else logGone(request);
  }
}

/** Undefined for what Fastify shall look at. */
function parsed(text: string): unknown {
  if (SUSPICIOUS.test(text)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
