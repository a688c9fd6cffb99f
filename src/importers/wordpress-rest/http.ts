import { withDeadline } from '../../core/deadline';
import { explainedFetch } from './failed-fetch';
import { SiteFault, shortAddress } from './site-fault';

export interface HttpLimits {
  /** Milliseconds for one answer to arrive in full, with the redirects on the way to it. */
  readonly answerTime: number;
  /** Of one answer, decompressed. */
  readonly answerBytes: number;
}

export const HTTP_LIMITS: HttpLimits = { answerTime: 120_000, answerBytes: 64 * 1_048_576 };

export interface SiteAnswer {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Name and application password, as `Authorization: Basic` has them. */
export interface Credentials {
  readonly user: string;
  readonly password: string;
}

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i;

/**
 * Reads from one site and no other: whoever names a site trusts it, and not those that it points to. Every answer
 * is bounded in time and bytes. Tries once.
 */
export class SiteHttp {
  private readonly stopped = new AbortController();
  private readonly authorization: string | null;

  /** `site`: any address of it. */
  constructor(
    private readonly site: URL,
    private readonly limits: HttpLimits,
    credentials: Credentials | null,
  ) {
    this.authorization =
      credentials === null
        ? null
        : `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
  }

  /** Aborts with everything that is under way. */
  get signal(): AbortSignal {
    return this.stopped.signal;
  }

  get signedIn(): boolean {
    return this.authorization !== null;
  }

  stop(): void {
    this.stopped.abort();
  }

  /** @throws SiteFault for what is no HTTP answer at all; any status is an answer */
  get(url: URL): Promise<SiteAnswer> {
    return withDeadline(this.limits.answerTime, this.signal, (signal) => this.answerTo(url, signal));
  }

  private async answerTo(url: URL, signal: AbortSignal): Promise<SiteAnswer> {
    if (url.hostname !== this.site.hostname || portOf(url, this.site) !== portOf(this.site, this.site)) {
      throw new SiteFault('elsewhere', `${url.origin} is another host than ${this.site.origin}.`);
    }
    let at = url;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const response = await this.fetch(at, signal);
      const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null;
      if (location === null) {
        const text = await this.textOf(at, response);
        return { url: at, status: response.status, headers: response.headers, text };
      }
      await response.body?.cancel();
      at = redirectTarget(at, location);
    }
    throw new SiteFault('refused', `${shortAddress(url)} is redirected again and again.`);
  }

  private async fetch(url: URL, signal: AbortSignal): Promise<Response> {
    const headers = this.headersFor(url);
    try {
      return await fetch(url, { redirect: 'manual', headers, signal });
    } catch (error) {
      throw explainedFetch(url, error);
    }
  }

  private headersFor(url: URL): Record<string, string> {
    const headers = { accept: 'application/json, text/html;q=0.5', 'user-agent': 'Dateline import' };
    if (this.authorization === null) return headers;
    if (url.protocol !== 'https:' && !LOOPBACK.test(url.hostname)) {
      throw new SiteFault(
        'refused',
        `${url.origin} is not encrypted: the application password is sent over https only.`,
      );
    }
    return { ...headers, authorization: this.authorization };
  }

  private async textOf(url: URL, response: Response): Promise<string> {
    if (response.body === null) return '';
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    try {
      for await (const chunk of response.body) {
        bytes += chunk.byteLength;
        if (bytes > this.limits.answerBytes) break;
        chunks.push(chunk);
      }
    } catch (error) {
      throw explainedFetch(url, error);
    }
    if (bytes > this.limits.answerBytes) {
      const megabytes = Math.round(this.limits.answerBytes / 1_048_576);
      throw new SiteFault('too-large', `${shortAddress(url)} answers with more than ${megabytes} MB.`);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

/** Where a redirect leads, as long as it stays on the same host and gives no encryption up. */
function redirectTarget(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : null;
  if (to === null || !/^https?:$/.test(to.protocol)) {
    throw new SiteFault('refused', `${shortAddress(from)} is redirected to what is no address.`);
  }
  if (to.hostname !== from.hostname || portOf(to, from) !== portOf(from, from)) {
    throw new SiteFault(
      'elsewhere',
      `${shortAddress(from)} is redirected to another host, ${to.origin}. If that is the site, import ${to.origin}${to.pathname} instead.`,
    );
  }
  if (from.protocol === 'https:' && to.protocol === 'http:') {
    throw new SiteFault('refused', `${shortAddress(from)} is redirected from https to http.`);
  }
  to.username = '';
  to.password = '';
  return to;
}

/** From http on its usual port to https on its own is no other host. */
function portOf(url: URL, from: URL): string {
  const upgraded = from.protocol === 'http:' && from.port === '' && url.protocol === 'https:';
  if (upgraded && url.port === '') return '80';
  return url.port || (url.protocol === 'https:' ? '443' : '80');
}
