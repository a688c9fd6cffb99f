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
  /** By date: behind this one. */
  readonly after: Place;
  /**
   * By relevance: without the articles with these keys, which were shown. Where they stand now does not tell: an article
   * that was edited since answers otherwise than it did.
   */
  readonly shown: readonly number[];
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

export function toSearchCursor(fingerprint: string, { after, shown, scale, floor }: Continuation): string {
  const { asOf, averageLength, rarities } = scale;
  const values = [fingerprint, packed(shown), after.sort, after.key, asOf, averageLength, floor, ...rarities];
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
  const [from, keys, ...values] = parsed(cursor);
  const shown = typeof keys === 'string' ? unpacked(keys) : null;
  const isWhole = values.every(
    (value, at) => Number.isSafeInteger(value) || (at === FLOOR && value === null),
  );
  if (typeof from !== 'string' || shown === null || !isWhole)
    throw refused('malformed', '"after" is not a cursor of a search.');
  if (from !== fingerprint || values.length !== FLOOR + 1 + words)
    throw refused('other-search', '"after" is a cursor of another search: query, filter or order differ.');
  const [sort = 0, key = 0, asOf = 0, averageLength = 1, , ...rarities] = values.map(Number);
  if (asOf < now - CURSOR_LIFETIME || asOf > now + CURSOR_LIFETIME)
    throw refused('expired', '"after" has expired: a search can be continued for a day. Search again.');
  return {
    ...{ after: { sort, key }, shown },
    scale: { asOf, averageLength: Math.max(1, averageLength), rarities },
    floor: values[FLOOR] === null ? null : Number(values[FLOOR]),
  };
}

/** Where the floor stands among the numbers. */
const FLOOR = 4;

/** Keys in rising order, each as its distance from the one before, seven bits a byte: two or three bytes a key. */
function packed(keys: readonly number[]): string {
  const bytes: number[] = [];
  let last = 0;
  for (const key of [...keys].sort((a, b) => a - b)) {
    let distance = key - last;
    for (; distance > 0x7f; distance >>>= 7) bytes.push(0x80 | (distance & 0x7f));
    bytes.push(distance);
    last = key;
  }
  return Buffer.from(bytes).toString('base64url');
}

/** Null for what is not packed. */
function unpacked(text: string): number[] | null {
  const keys: number[] = [];
  let last = 0;
  let distance = 0;
  let shift = 0;
  for (const byte of Buffer.from(text, 'base64url')) {
    if (shift > 28) return null;
    distance += (byte & 0x7f) * 2 ** shift;
    shift += 7;
    if (byte & 0x80) continue;
    last += distance;
    keys.push(last);
    distance = 0;
    shift = 0;
  }
  return shift === 0 ? keys : null;
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
