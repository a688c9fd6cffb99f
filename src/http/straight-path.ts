/** The way that most requests come, without the hooks and the routes of Fastify that have nothing to say to them. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Config } from '../config';
import { ANONYMOUS } from '../core/actor';
import { type Answers, answerSender, offer, release } from './answers';
import { BodyForms } from './body-forms';
import { compressed } from './compressed';
import type { Payload } from './exchange';
import type { GraphqlHandler } from './graphql-handler';
import type { KeptSender } from './kept-sender';
import { KnownBodies } from './known-bodies';
import { logAnswer, logGone } from './logging';
import type { OperationWatch } from './operation-watch';
import { headersWithoutOrigin } from './origins';
import { PostedBody } from './posted-body';
import { faultProblem } from './problems';
import { clientAddress, type Trust } from './proxies';
import { type OperationRates, tellStanding } from './rates';
import { StraightReply, StraightRequest } from './straight-exchange';

export interface StraightParts {
  readonly handler: GraphqlHandler;
  readonly rates: OperationRates;
  readonly watch: OperationWatch;
  readonly answers: Answers | null;
  readonly server: Pick<FastifyInstance, 'drain' | 'isUnderPressure'>;
  readonly trust: Trust;
  readonly config: Pick<Config, 'cdn' | 'corsOrigins' | 'bodyLimit'>;
  readonly log: FastifyBaseLogger;
}

interface KeptAnswers {
  readonly answers: Answers;
  readonly sender: KeptSender;
  readonly bodies: KnownBodies;
}

const READY = Promise.resolve();

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Headers that say something which only Fastify's hooks know how to take: of a page of another origin, for one. */
const FOR_FASTIFY = ['authorization', 'origin', 'content-encoding', 'transfer-encoding', 'expect'] as const;
const TYPES: readonly unknown[] = ['application/json', 'application/json; charset=utf-8'];

/**
 * Answers who is anonymous and posts an operation at `/graphql`, all of it at once, as Fastify would, with the same checks
 * in the same order. Nobody can tell but by the time that it takes. Whatever is not as plain as that, or would need one
 * more word here, is Fastify's.
 */
export class StraightPath {
  /** Of all answers, names and values in turn. */
  private readonly headers: readonly string[];
  private readonly kept: KeptAnswers | null;
  private readonly forms = new BodyForms();

  constructor(private readonly parts: StraightParts) {
    const { answers, config } = parts;
    this.headers = Object.entries(headersWithoutOrigin(config)).flat();
    this.kept = answers && { answers, sender: answerSender(answers, config), bodies: new KnownBodies() };
  }

  /** Answers the request, or hands it on to `others` as it has come. */
  take(raw: IncomingMessage, response: ServerResponse, others: Listener): void {
    const look = () => {
      if (!this.answerNow(raw, response)) others(raw, response);
    };
    // Whatever came in one packet is there by then. A tick would do as well, but Node has more to do for one.
    if (this.isFor(raw)) READY.then(look);
    else others(raw, response);
  }

  private isFor({ method, url, headers }: IncomingMessage): boolean {
    if (method !== 'POST' || url !== '/graphql' || !TYPES.includes(headers['content-type'])) return false;
    if (FOR_FASTIFY.some((name) => headers[name] !== undefined)) return false;
    const { server } = this.parts;
    return !server.drain.started && !server.isUnderPressure();
  }

  /** Whether it answers the request. Else all of it is as it was. */
  private answerNow(raw: IncomingMessage, response: ServerResponse): boolean {
    const length = Number(raw.headers['content-length']);
    // What is still to come, is nothing or is too much, is Fastify's to wait for or to refuse.
    if (raw.readableLength !== length || length === 0 || length > this.parts.config.bodyLimit) return false;
    const bytes: unknown = raw.read();
    if (!Buffer.isBuffer(bytes)) return false;
    const { log, trust } = this.parts;
    const posted = new PostedBody(bytes, this.forms);
    const request = new StraightRequest(raw, { posted, ip: clientAddress(raw, trust), log });
    const key = this.kept?.bodies.keyOf(request) ?? null;
    // What has a key has been read as JSON, now or when it came before.
    if (key === null && request.body === undefined) {
      raw.unshift(bytes);
      return false;
    }
    const reply = new StraightReply(response, this.headers);
    reply.header('x-request-id', request.id);
    // Once, but to say so takes Node longer.
    response.on('close', () => this.end(request, reply, response));
    this.answer(request, reply, key);
    return true;
  }

  /** In this very turn where nothing has to be waited for: each promise on the way takes a hundredth of an answer that is kept. */
  private answer(request: StraightRequest, reply: StraightReply, key: string | null): void {
    let payload: Payload | Promise<Payload>;
    try {
      payload = this.payloadOf(request, reply, key);
    } catch (error) {
      this.fail(request, reply, error);
      return;
    }
    if (payload instanceof Promise) {
      payload.then(
        (whole) => this.tell(request, reply, whole),
        (error: unknown) => this.fail(request, reply, error),
      );
    } else this.tell(request, reply, payload);
  }

  private tell(request: StraightRequest, reply: StraightReply, payload: Payload): void {
    let content: string | Buffer | Promise<Buffer>;
    try {
      content = compressed(request, reply, reply.contentOf(payload));
    } catch (error) {
      this.fail(request, reply, error);
      return;
    }
    if (content instanceof Promise) {
      content.then(
        (form) => this.send(reply, form),
        (error: unknown) => this.fail(request, reply, error),
      );
    } else this.send(reply, content);
  }

  private fail(request: StraightRequest, reply: StraightReply, error: unknown): void {
    reply.code(500);
    this.send(reply, reply.contentOf(faultProblem(request, error)));
  }

  private send(reply: StraightReply, content: string | Buffer): void {
    if (this.parts.server.drain.started) reply.header('connection', 'close');
    reply.send(content);
  }

  private payloadOf(
    request: StraightRequest,
    reply: StraightReply,
    key: string | null,
  ): Payload | Promise<Payload> {
    return this.parts.rates.counts(ANONYMOUS)
      ? this.countedPayload(request, reply, key)
      : this.allowedPayload(request, reply, key);
  }

  private async countedPayload(
    request: StraightRequest,
    reply: StraightReply,
    key: string | null,
  ): Promise<Payload> {
    const standing = await this.parts.rates.take(ANONYMOUS, request.ip);
    const refusal = standing && tellStanding(request, reply, standing);
    return refusal ?? this.allowedPayload(request, reply, key);
  }

  private allowedPayload(
    request: StraightRequest,
    reply: StraightReply,
    key: string | null,
  ): Payload | Promise<Payload> {
    if (this.kept === null || key === null) return this.parts.handler.handlePost(request, reply);
    const { answers, sender } = this.kept;
    const kept = answers.get(key);
    return kept ? sender.answer(request, reply, kept) : this.payloadToKeep(request, reply, key, this.kept);
  }

  private async payloadToKeep(
    request: StraightRequest,
    reply: StraightReply,
    key: string,
    { answers, sender }: KeptAnswers,
  ): Promise<Payload> {
    const found = await answers.find(key);
    if (found && !('footprint' in found)) return sender.answer(request, reply, found);
    request.making = found;
    const payload = await this.parts.handler.handlePost(request, reply);
    return request.making === null ? payload : offer(request, reply, payload, sender);
  }

  /** The answer was sent, or nobody waits for it any more. */
  private end(request: StraightRequest, reply: StraightReply, response: ServerResponse): void {
    release(request);
    if (response.writableFinished) {
      const { elapsed } = request;
      logAnswer(request, reply.statusCode, elapsed);
      this.parts.watch.tell(request, elapsed);
    } else {
      request.isGone = true;
      logGone(request);
    }
  }
}
