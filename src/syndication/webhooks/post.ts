import { type IncomingMessage, request as plain } from 'node:http';
import { request as secure } from 'node:https';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import type { Instant } from '../../core/clock';
import type { AllowedNetworks } from './target';

/** What came of sending something. */
export type Outcome =
  /** `retryAfter`: milliseconds that the receiver asks for; 0 where it says nothing. */
  { readonly status: number; readonly retryAfter: number } | { readonly error: string };

export interface PosterParts {
  readonly allowed: AllowedNetworks;
  /** Milliseconds for a receiver to answer. */
  readonly timeout: number;
}

/** Bytes of an answer that are read, so that its connection can be used again; what is longer is cut off. */
const MOST_READ = 16_384;
/** Milliseconds that a receiver can put us off for. */
const LONGEST_WAIT = 86_400_000;

/**
 * Sends to receivers, and to nobody who is not on the internet: the address that a name leads to is looked at when the
 * connection to that very address is made, so that a name which leads elsewhere the second time leads nowhere.
 * Redirects are not followed.
 */
export class Poster {
  private readonly agents: {
    readonly http: RequestFilteringHttpAgent;
    readonly https: RequestFilteringHttpsAgent;
  };

  constructor(private readonly parts: PosterParts) {
    const options = { keepAlive: true, maxFreeSockets: 64, allowIPAddressList: [...parts.allowed] };
    this.agents = {
      http: new RequestFilteringHttpAgent(options),
      https: new RequestFilteringHttpsAgent(options),
    };
  }

  /** @param stopped breaks off what is under way when this process is about to stop */
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    now: Instant,
    stopped: AbortSignal,
  ): Promise<Outcome> {
    const { http, https } = this.agents;
    const over = new AbortController();
    const stop = () => over.abort();
    // Of the whole exchange: the socket of who answers slowly is given up, too.
    const timer = setTimeout(stop, this.parts.timeout);
    stopped.addEventListener('abort', stop);
    const length = { 'content-length': String(Buffer.byteLength(body)) };
    const options = { method: 'POST', signal: over.signal, headers: { ...headers, ...length } };
    return new Promise((resolve) => {
      const failed = (error: Error) => resolve({ error: whyNot(error) });
      const sent = url.startsWith('https:')
        ? secure(url, { ...options, agent: https })
        : plain(url, { ...options, agent: http });
      sent.on('error', failed);
      sent.on('close', () => {
        clearTimeout(timer);
        stopped.removeEventListener('abort', stop);
      });
      sent.on('response', (response) => {
        drain(response);
        // What was answered counts, whatever becomes of the rest.
        response.on('error', () => undefined);
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: waitIn(response.headers['retry-after'], now),
        });
      });
      sent.end(body);
    });
  }

  close(): void {
    this.agents.http.destroy();
    this.agents.https.destroy();
  }
}

function drain(response: IncomingMessage): void {
  let bytes = 0;
  response.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > MOST_READ) response.destroy();
  });
}

/** Seconds or a date, as RFC 9110 has it. */
function waitIn(header: string | undefined, now: Instant): number {
  if (header === undefined) return 0;
  const wait = /^\d{1,9}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(0, wait), LONGEST_WAIT) : 0;
}

/** For the partner to read: what happened, and no address behind a name. */
function whyNot(error: Error): string {
  if (error.name === 'AbortError') return 'The receiver did not answer in time.';
  if (/is not allowed/.test(error.message))
    return 'Its name leads to an address that is not on the internet.';
  const code = 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
  return `The receiver could not be reached${code}.`;
}
