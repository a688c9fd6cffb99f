import type { FastifyRequest } from 'fastify';
import type { Config } from '../config';

const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** What pages of other origins are allowed, as @fastify/cors wants to be told. */
export function allowedOrigins({ corsOrigins }: Pick<Config, 'corsOrigins'>): RegExp | string | string[] {
  if (corsOrigins === 'local') return LOCAL;
  return typeof corsOrigins === 'string' ? corsOrigins : [...corsOrigins];
}

/**
 * Whether a page that sends the request may read what comes back. Browsers do not ask for permission before they
 * open a WebSocket, so it has to be refused here. Who sends no Origin is no browser, or a page of this host.
 */
export function mayRead(config: Pick<Config, 'corsOrigins'>, { headers, host }: FastifyRequest): boolean {
  const { origin } = headers;
  if (origin === undefined) return true;
  const allowed = allowedOrigins(config);
  if (allowed === '*' || isOwn(origin, host)) return true;
  if (allowed instanceof RegExp) return allowed.test(origin);
  return allowed.includes(origin);
}

function isOwn(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
