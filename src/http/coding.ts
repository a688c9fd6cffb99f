import acceptNegotiator from '@fastify/accept-negotiator';
import type { Coding } from '../core/compression';
import type { AnyRequest } from './exchange';

/** Where a client likes several alike, the first of them. */
const CODINGS = ['br', 'gzip', 'identity'] as const;

/** The coding that a client likes best of those that are sent. */
export function codingOf({ headers }: Pick<AnyRequest, 'headers'>): Coding {
  const given = headers['accept-encoding'];
  if (typeof given !== 'string') return 'identity';
  const wanted = given.toLowerCase().replaceAll('x-gzip', 'gzip');
  // Who takes anything may be old. The library would take it for Brotli, also where that is refused by its name.
  const named = wanted.replaceAll('*', wanted.includes('gzip') ? '' : 'gzip');
  const best = acceptNegotiator.negotiate(named, [...CODINGS]);
  return CODINGS.find((coding) => coding === best) ?? 'identity';
}
