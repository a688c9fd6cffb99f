import { endianness } from 'node:os';

/**
 * How often a document has each of its terms, weighted by where they stand, in a form that is small to keep and of
 * which single terms can be asked: to rank a few thousand documents nothing else is read of them. Sorted entries of
 * four bytes: 24 bits of the term's hash, and the weight, at most 255.
 *
 * Two of the terms of a document share a hash in one document of a few hundred; then each counts for both. They do not decide what is
 * found.
 */
const ENTRY = 4;
const MAX_WEIGHT = 255;

export interface Weighed {
  readonly hash: number;
  readonly weight: number;
}

/** The entries of terms, each of which is given once. */
export function packed(terms: readonly Weighed[]): Uint32Array {
  const entries = new Uint32Array(terms.length);
  for (const [index, { hash, weight }] of terms.entries()) entries[index] = entryOf(hash, weight);
  return merged(entries.sort());
}

/** The profile of entries and further terms. */
export function profileWith(entries: Uint32Array, terms: readonly Weighed[]): Buffer {
  const further = packed(terms);
  const all = new Uint32Array(entries.length + further.length);
  all.set(entries);
  all.set(further, entries.length);
  const { buffer, byteOffset, byteLength } = merged(all.sort());
  const profile = Buffer.from(buffer, byteOffset, byteLength);
  return endianness() === 'LE' ? profile : profile.swap32();
}

function entryOf(hash: number, weight: number): number {
  return hash * 256 + Math.min(weight, MAX_WEIGHT);
}

/** Of sorted entries those that share a hash, as one. In place. */
function merged(entries: Uint32Array): Uint32Array {
  let length = 0;
  for (const entry of entries) {
    const last = length === 0 ? undefined : entries[length - 1];
    if (last !== undefined && last >>> 8 === entry >>> 8) {
      entries[length - 1] = entryOf(entry >>> 8, (last & 0xff) + (entry & 0xff));
    } else {
      entries[length] = entry;
      length += 1;
    }
  }
  return entries.subarray(0, length);
}

/**
 * The weight of the term with this hash; 0 where the document does not have it.
 * @param profile as hexadecimal digits of either case: thousands of them are read for a query, and buffers are dear to make
 *   and to collect
 */
export function weightIn(profile: string, hash: number): number {
  let low = 0;
  let high = profile.length / DIGITS - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const at = middle * DIGITS;
    const found = hashAt(profile, at);
    if (found === hash) return byteAt(profile, at);
    if (found < hash) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/** Hexadecimal digits of an entry. */
const DIGITS = 2 * ENTRY;

/** Of the entry whose digits begin there. The lowest byte comes first, and that is the weight. */
function hashAt(profile: string, at: number): number {
  return (byteAt(profile, at + 6) << 16) | (byteAt(profile, at + 4) << 8) | byteAt(profile, at + 2);
}

function byteAt(text: string, at: number): number {
  return (digit(text.charCodeAt(at)) << 4) | digit(text.charCodeAt(at + 1));
}

/** "0" to "9" have the codes 48 to 57; letters of either case end in 1 to 6 and have the bit of 64. */
function digit(code: number): number {
  return (code & 15) + 9 * (code >> 6);
}

/**
 * The entries of a profile, for who looks at all of them.
 * @param profile as hexadecimal digits
 */
export function entriesOf(profile: string): Uint32Array {
  return Uint32Array.from({ length: profile.length / DIGITS }, (_, entry) => {
    const at = entry * DIGITS;
    return hashAt(profile, at) * 256 + byteAt(profile, at);
  });
}

/**
 * How much two documents have in common, from 0 to 1: of each term the lower weight, of all terms the higher one
 * (Ruzicka, the Jaccard index of weighted sets). 0 where either has no terms.
 */
export function sharedWeight(a: Uint32Array, b: Uint32Array): number {
  let [common, all] = [0, 0];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    const [x, y] = [a[i] ?? 0, b[j] ?? 0];
    const order = (x >>> 8) - (y >>> 8);
    if (order === 0) {
      common += Math.min(x & 0xff, y & 0xff);
      all += Math.max(x & 0xff, y & 0xff);
    } else all += order < 0 ? x & 0xff : y & 0xff;
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  for (; i < a.length; i++) all += (a[i] ?? 0) & 0xff;
  for (; j < b.length; j++) all += (b[j] ?? 0) & 0xff;
  return all === 0 ? 0 : common / all;
}
