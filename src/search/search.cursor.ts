/** Cursors of a search. They pin what the order depends on, so that the next page neither repeats nor skips. */
import { createHash } from 'node:crypto';
import type { Instant } from '../core/clock';
import { DatelineError } from '../core/errors';
import { ANALYSIS_VERSION } from '../core/text';
import type { Scale } from './search.ranking';

export const SEARCH_ORDERS = ['RELEVANCE', 'NEWEST'] as const;
export type SearchOrder = (typeof SEARCH_ORDERS)[number];

/** Where an article stands in its search: what it is sorted by, and its key. */
export interface Place {
  readonly sort: number;
  readonly key: number;
}

/** A search that has begun, and from where it goes on. */
export interface Continuation {
  readonly after: Place;
  readonly scale: Scale;
  /** The lowest number of a document that was ranked; null where all were. */
  readonly floor: number | null;
}

/** Milliseconds for which a search can be continued. */
export const CURSOR_LIFETIME = 24 * 3_600_000;

/** What tells one search from another: a cursor of the one points nowhere in the other. */
export function fingerprintOf(order: SearchOrder, query: string, criteria: object): string {
  return createHash('sha256')
    .update(JSON.stringify([ANALYSIS_VERSION, order, query, criteria]))
    .digest('base64url')
    .slice(0, 8);
}

export function toSearchCursor(fingerprint: string, { after, scale, floor }: Continuation): string {
  const { asOf, averageLength, rarities } = scale;
  const values = [fingerprint, after.sort, after.key, asOf, averageLength, floor, ...rarities];
  return Buffer.from(JSON.stringify(values), 'utf8').toString('base64url');
}

/**
 * @param words how many words are ranked by
 * @throws DatelineError BAD_CURSOR, of which `details.reason` says whether it is of another search, has expired, or is
 * no cursor of a search
 */
export function fromSearchCursor(
  cursor: string,
  fingerprint: string,
  words: number,
  now: Instant,
): Continuation {
  const [from, ...values] = parsed(cursor);
  if (
    typeof from !== 'string' ||
    !values.every((value, at) => Number.isSafeInteger(value) || (at === 4 && value === null))
  )
    throw refused('malformed', '"after" is not a cursor of a search.');
  if (from !== fingerprint || values.length !== 5 + words)
    throw refused('other-search', '"after" is a cursor of another search: query, filter or order differ.');
  const [sort = 0, key = 0, asOf = 0, averageLength = 1, , ...rarities] = values.map(Number);
  if (asOf < now - CURSOR_LIFETIME || asOf > now + CURSOR_LIFETIME)
    throw refused('expired', '"after" has expired: a search can be continued for a day. Search again.');
  return {
    after: { sort, key },
    scale: { asOf, averageLength: Math.max(1, averageLength), rarities },
    floor: values[4] === null ? null : Number(values[4]),
  };
}

function parsed(cursor: string): unknown[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}

function refused(reason: string, message: string): DatelineError {
  return new DatelineError('BAD_CURSOR', message, { argument: 'after', reason });
}
