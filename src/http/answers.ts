/** Answers to readers who have not said who they are, out of what is kept: before anything is parsed or read. */
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config';
import type { Coding } from '../core/compression';
import { answerKey } from './answer-key';
import type { AnyReply, AnyRequest } from './exchange';
import { KeptSender } from './kept-sender';

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

/**
 * Answers by POST or GET at `/graphql` out of `answers` where that is possible, and offers what is answered there.
 * Who sends a credential is never answered out of it, and never offers anything.
 */
export function serveKeptAnswers(
  server: FastifyInstance,
  answers: Answers,
  config: Pick<Config, 'cdn'>,
): void {
  const sender = answerSender(answers, config);
  server.decorateRequest('making', null);
  server.addHook('preHandler', (request, reply, done) => {
    const key = request.routeOptions.url === '/graphql' ? answerKey(request) : null;
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
    if (request.making === null) return done(null, payload);
    offer(request, reply, payload, sender).then(
      (sent) => done(null, sent),
      (error: Error) => done(error),
    );
  });
  // Of a request that has come to no answer.
  server.addHook('onResponse', (request, _reply, done) => {
    release(request);
    done();
  });
  server.addHook('onRequestAbort', (request, done) => {
    release(request);
    done();
  });
}

export function answerSender(answers: Answers, config: Pick<Config, 'cdn'>): KeptSender {
  return new KeptSender(answers, config, 'Accept, Accept-Encoding, Authorization');
}

/** Offers what a request with the right to make an answer has come to. Returns what is to be sent. */
export async function offer<P>(
  request: AnyRequest,
  reply: AnyReply,
  payload: P,
  sender: KeptSender,
): Promise<P | Buffer | null> {
  const { making } = request;
  request.making = null;
  const text = complete(request, reply, payload);
  if (text === null) {
    making?.end('REFUSED');
    return payload;
  }
  const contentType = String(reply.getHeader('content-type'));
  const operationName = request.trace?.operationName ?? null;
  const kept = await making?.keep({ text, contentType, operationName });
  return kept ? sender.prepare(request, reply, kept) : payload;
}

/** Lets go of the right, so that who waits for the answer goes on. */
export function release(request: AnyRequest): void {
  request.making?.end('GONE');
  request.making = null;
}

/** The text of an answer that has nothing in it but data; else null. */
function complete(request: AnyRequest, reply: AnyReply, payload: unknown): string | null {
  if (typeof payload !== 'string' || reply.statusCode !== 200 || request.trace?.errorCodes.length !== 0)
    return null;
  // Errors come first. What clients are told beside the data, e.g. what is left of their budget, is theirs alone:
  // quotes inside of texts are escaped, so that nothing else is spelled like this but a field of that name.
  return payload.startsWith('{"data":{') && !payload.includes('"extensions":') ? payload : null;
}
