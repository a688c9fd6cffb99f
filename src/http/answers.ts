/** Answers to readers who have not said who they are, out of what is kept: before anything is parsed or read. */
import acceptNegotiator from '@fastify/accept-negotiator';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { signals } from '../core/signals';
import { answerKey } from './answer-key';
import { isKnown } from './etags';

type Coding = 'br' | 'gzip' | 'identity';

/** An answer as it is sent. */
export interface Kept {
  /** From then on it may be another by itself; Infinity for never. */
  readonly validUntil: number;
  readonly contentType: string;
  readonly operationName: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** For a CDN, with spaces between them. */
  readonly surrogateKey: string;
  codingFor(wanted: Coding): Coding;
  etag(coding: Coding): string;
  in(coding: Coding): Buffer | Promise<Buffer>;
}

export interface ToKeep {
  readonly text: string;
  readonly contentType: string;
  readonly operationName: string | null;
  readonly headers?: Readonly<Record<string, string>>;
  /** From then on it may be another by itself; never when absent. */
  readonly until?: number;
}

/** The right to make an answer that others may be waiting for. */
export interface Making {
  /** For the context of the request. */
  readonly footprint: object;
  keep(answer: ToKeep): Promise<Kept | null>;
  end(why: 'REFUSED' | 'GONE'): void;
}

export interface Answers {
  get(key: string): Kept | null;
  find(key: string): Promise<Kept | Making | null>;
  /** Milliseconds until it may be another by itself; Infinity for never. */
  timeLeft(answer: Kept): number;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** Of a request whose answer may be kept; null of every other. */
    making: Making | null;
  }
}

const CODINGS = ['br', 'gzip', 'identity'] as const;

/**
 * Answers by POST or GET at `/graphql` out of `answers` where that is possible, and offers what is answered there.
 * Who sends a credential is never answered out of it, and never offers anything.
 */
export function serveKeptAnswers(
  server: FastifyInstance,
  answers: Answers,
  config: Pick<Config, 'cdn'>,
): void {
  const sender = new KeptSender(answers, config, 'Accept, Accept-Encoding, Authorization');
  server.decorateRequest('making', null);
  server.addHook('preHandler', (request, reply, done) => {
    const key = answerKey(request);
    if (key === null) return done();
    const kept = answers.get(key);
    if (kept) return sender.send(request, reply, kept);
    answers.find(key).then((found) => {
      if (found !== null && !('footprint' in found)) return sender.send(request, reply, found);
      request.making = found;
      done();
    }, done);
  });
  // Before the answer is compressed, for the hooks of a route come after those of the server.
  server.addHook('onSend', (request, reply, payload, done) => {
    const { making } = request;
    if (making === null) return done(null, payload);
    request.making = null;
    const text = complete(request, reply, payload);
    if (text === null) {
      making.end('REFUSED');
      return done(null, payload);
    }
    const contentType = String(reply.getHeader('content-type'));
    making
      .keep({ text, contentType, operationName: request.trace?.operationName ?? null })
      .then((kept) => (kept ? sender.prepare(request, reply, kept) : payload))
      .then(
        (sent) => done(null, sent),
        (error: Error) => done(error),
      );
  });
  // Of a request that has come to no answer.
  const give = (request: FastifyRequest) => {
    request.making?.end('GONE');
    request.making = null;
  };
  server.addHook('onResponse', (request, _reply, done) => {
    give(request);
    done();
  });
  server.addHook('onRequestAbort', (request, done) => {
    give(request);
    done();
  });
}

/** The text of an answer that has nothing in it but data; else null. */
function complete(request: FastifyRequest, reply: FastifyReply, payload: unknown): string | null {
  if (typeof payload !== 'string' || reply.statusCode !== 200 || request.trace?.errorCodes.length !== 0)
    return null;
  // Errors come first. What clients are told beside the data, e.g. what is left of their budget, is theirs alone:
  // quotes inside of texts are escaped, so that nothing else is spelled like this but a field of that name.
  return payload.startsWith('{"data":{') && !payload.includes('"extensions":') ? payload : null;
}

/** Sends what is kept, or says that nothing has changed to who has it already. */
export class KeptSender {
  /** @param varies the headers of a request that have a say in what is answered */
  constructor(
    private readonly answers: Pick<Answers, 'timeLeft'>,
    private readonly config: Pick<Config, 'cdn'>,
    private readonly varies: string,
  ) {}

  send(request: FastifyRequest, reply: FastifyReply, kept: Kept): void {
    const { operationName } = kept;
    request.trace = {
      requestId: request.id,
      operationName,
      operationType: 'query',
      errorCodes: [],
      cached: true,
    };
    reply.header('content-type', kept.contentType);
    const sent = this.prepare(request, reply, kept);
    if (!(sent instanceof Promise)) reply.send(sent);
    else sent.then((bytes) => reply.send(bytes)).catch((error: unknown) => reply.send(error));
  }

  /** Sets the headers of the answer. Returns what is to be sent: null where the client has the same already. */
  prepare(request: FastifyRequest, reply: FastifyReply, kept: Kept): Buffer | null | Promise<Buffer> {
    const coding = kept.codingFor(codingOf(request));
    const etag = kept.etag(coding);
    const before = reply.getHeader('vary');
    const vary = before === undefined ? this.varies : `${String(before)}, ${this.varies}`;
    reply.headers(kept.headers).header('etag', etag).header('vary', vary);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      // No cache on the way keeps what comes by POST; a browser shall not, either.
      reply.header('cache-control', 'private, no-store');
    } else {
      reply.header('cache-control', this.cacheControl(kept)).header('surrogate-key', kept.surrogateKey);
      if (isKnown(request.headers['if-none-match'], etag)) {
        reply.code(304).removeHeader('content-type');
        if (signals.answerFound.isHeard) signals.answerFound.send({ origin: 'known' });
        return null;
      }
    }
    if (coding !== 'identity') reply.header('content-encoding', coding);
    return kept.in(coding);
  }

  /** Browsers ask each time whether theirs is still true; a CDN may be told not to, for a while. */
  private cacheControl(kept: Kept): string {
    const { maxAge, staleWhileRevalidate } = this.config.cdn;
    const left = this.answers.timeLeft(kept);
    const shared = Math.floor(Math.min(maxAge, left) / 1_000);
    if (shared === 0) return 'public, no-cache';
    // An embargo and the end of rights are dates that nobody may overstep.
    const stale = left < maxAge + staleWhileRevalidate ? 0 : Math.floor(staleWhileRevalidate / 1_000);
    return `public, max-age=0, s-maxage=${shared}${stale === 0 ? '' : `, stale-while-revalidate=${stale}`}`;
  }
}

function codingOf({ headers }: FastifyRequest): Coding {
  const wanted = headers['accept-encoding'];
  if (typeof wanted !== 'string') return 'identity';
  const best = acceptNegotiator.negotiate(wanted, [...CODINGS]);
  return CODINGS.find((coding) => coding === best) ?? 'identity';
}
