import type { AnyRequest } from './exchange';

/** Where a request comes from: of X-Forwarded-For only what proxies that are trusted say. */
export interface Client {
  readonly address: string;
  readonly userAgent: string | null;
}

/** Of a connection that stays open it is the request that has opened it. */
export function clientOf({ ip, headers }: Pick<AnyRequest, 'ip' | 'headers'>): Client {
  return { address: ip, userAgent: headers['user-agent'] ?? null };
}
