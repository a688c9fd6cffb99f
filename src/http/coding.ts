import acceptNegotiator from '@fastify/accept-negotiator';
import type { Coding } from '../core/compression';
import type { AnyRequest } from './exchange';

/** Where a client likes several alike, the first of them. */
const CODINGS = ['br', 'gzip', 'identity'] as const;

/** Clients say the same few things, most of them what browsers do. */
const known = new Map<string, Coding>();
const MAX_KNOWN = 200;
/** Characters of what is remembered. */
const LONGEST_KNOWN = 100;

/** The coding that a client likes best of those that are sent. */
export function codingOf({ headers }: Pick<AnyRequest, 'headers'>): Coding {
  const given = headers['accept-encoding'];
  if (typeof given !== 'string') return 'identity';
  const before = known.get(given);
  if (before !== undefined) return before;
  const coding = preferred(given);
  if (given.length > LONGEST_KNOWN) return coding;
  if (known.size >= MAX_KNOWN) known.clear();
  known.set(given, coding);
  return coding;
}

function preferred(given: string): Coding {
  const wanted = given.toLowerCase().replaceAll('x-gzip', 'gzip');
  // Who takes anything may be old. The library would take it for Brotli, also where that is refused by its name.
  const named = wanted.replaceAll('*', wanted.includes('gzip') ? '' : 'gzip');
  const best = acceptNegotiator.negotiate(named, [...CODINGS]);
  return CODINGS.find((coding) => coding === best) ?? 'identity';
}
