import type { FastifyRequest } from 'fastify';
import type { Config } from '../config';

const LOCAL = /^https?:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Headers of answers that pages of other origins may read. */
const EXPOSED = [
  'x-request-id',
  'retry-after',
  'ratelimit-limit',
  'ratelimit-remaining',
  'ratelimit-reset',
  'www-authenticate',
];
/** Seconds that a browser may remember the answer to a preflight. */
const PREFLIGHT_AGE = 600;

/** For @fastify/cors. No cookies are ever used, so answers need no credentials and may go to every page that is named. */
export function corsOptions(config: Pick<Config, 'corsOrigins'>) {
  return {
    origin: allowedOrigins(config),
    methods: ['GET', 'POST'],
    exposedHeaders: EXPOSED,
    maxAge: PREFLIGHT_AGE,
  };
}

/** What @fastify/cors says to who is no page of another origin: by the way, and for caches. */
export function headersWithoutOrigin(config: Pick<Config, 'corsOrigins'>): Readonly<Record<string, string>> {
  const allowed = allowedOrigins(config);
  const isForAll = allowed === '*' || (Array.isArray(allowed) && allowed.includes('*'));
  return {
    ...(isForAll ? { 'access-control-allow-origin': '*' } : { vary: 'Origin' }),
    'access-control-expose-headers': EXPOSED.join(', '),
  };
}

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
