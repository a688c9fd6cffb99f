/** Whose word is taken for where a request comes from: that of the proxies that the operator has named. */
import type { IncomingMessage } from 'node:http';
import { all, compile } from '@fastify/proxy-addr';
import type { Config } from '../config';

/** Whether the host at the address is to be believed, which is so many hops away; false for nobody at all. */
export type Trust = false | ((address: string, hop: number) => boolean);

/** Fastify itself takes a number of hops for none at all, since it cannot tell who the nearest one is. */
export function trustOf({ trustProxy }: Pick<Config, 'trustProxy'>): Trust {
  if (trustProxy === false) return false;
  if (typeof trustProxy === 'number') return (_address, hop) => hop < trustProxy;
  return compile([...trustProxy]);
}

/**
 * Where a request comes from, as Fastify finds it: from right to left in X-Forwarded-For, the first address that is not that
 * of a trusted proxy. What stands to the left of it, anybody can have written. Empty when the connection is gone.
 */
export function clientAddress(request: IncomingMessage, trust: Trust): string {
  const address = trust === false ? request.socket.remoteAddress : all(request, trust).at(-1);
  return address ?? '';
}
