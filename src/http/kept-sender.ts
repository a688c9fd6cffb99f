import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import type { Coding } from '../core/compression';
import { signals } from '../core/signals';
import type { Answers, Kept } from './answers';
import { codingOf } from './coding';
import { isKnown } from './etags';
import type { AnyReply, AnyRequest } from './exchange';

/** The bytes; null where the client has them already. */
type Sent = Buffer | null | Promise<Buffer | null>;

/** Sends what is kept, or says that nothing has changed to who has it already. */
export class KeptSender {
  /** @param varies the headers of a request that have a say in what is answered */
  constructor(
    private readonly answers: Pick<Answers, 'timeLeft'>,
    private readonly config: Pick<Config, 'cdn'>,
    private readonly varies: string,
  ) {}

  send(request: FastifyRequest, reply: FastifyReply, kept: Kept): void {
    const sent = this.answer(request, reply, kept);
    if (!(sent instanceof Promise)) reply.send(sent);
    else sent.then((bytes) => reply.send(bytes)).catch((error: unknown) => reply.send(error));
  }

  /** What is to be sent of an answer that was there already, with its headers set. */
  answer(request: AnyRequest, reply: AnyReply, kept: Kept): Sent {
    const { operationName } = kept;
    request.trace = {
      requestId: request.id,
      operationName,
      operationType: 'query',
      errorCodes: [],
      cached: true,
    };
    reply.header('content-type', kept.contentType);
    return this.prepare(request, reply, kept);
  }

  /**
   * Sets the headers of the answer, once its bytes are there: whoever is told that they cannot be made is told nothing of
   * them. Returns what is to be sent: null where the client has the same already.
   */
  prepare(request: AnyRequest, reply: AnyReply, kept: Kept): Sent {
    const coding = kept.codingFor(codingOf(request));
    const form = kept.in(coding);
    if (form instanceof Promise)
      return form.then((bytes) => (this.isNews(request, reply, kept, coding) ? bytes : null));
    return this.isNews(request, reply, kept, coding) ? form : null;
  }

  /** Sets the headers. Returns whether the client has not the same already. */
  private isNews(request: AnyRequest, reply: AnyReply, kept: Kept, coding: Coding): boolean {
    const etag = kept.etag(coding);
    const before = reply.getHeader('vary');
    const vary = before === undefined ? this.varies : `${String(before)}, ${this.varies}`;
    for (const [name, value] of Object.entries(kept.headers)) reply.header(name, value);
    reply.header('etag', etag);
    reply.header('vary', vary);
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      // No cache on the way keeps what comes by POST; a browser shall not, either.
      reply.header('cache-control', 'private, no-store');
    } else {
      reply.header('cache-control', this.cacheControl(kept));
      reply.header('surrogate-key', kept.surrogateKey);
      if (isKnown(request.headers['if-none-match'], etag)) {
        reply.code(304);
        reply.removeHeader('content-type');
        if (signals.answerFound.isHeard) signals.answerFound.send({ origin: 'known' });
        return false;
      }
    }
    if (coding !== 'identity') reply.header('content-encoding', coding);
    return true;
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
