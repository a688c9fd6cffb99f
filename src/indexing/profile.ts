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

export function profileOf(weights: ReadonlyMap<string, number>): Buffer {
  const merged = new Map<number, number>();
  for (const [term, weight] of weights) {
    const hash = hashOf(term);
    merged.set(hash, Math.min((merged.get(hash) ?? 0) + weight, MAX_WEIGHT));
  }
  const entries = Uint32Array.from(merged, ([hash, weight]) => hash * 256 + weight).sort();
  const profile = Buffer.allocUnsafe(entries.length * ENTRY);
  for (const [index, entry] of entries.entries()) profile.writeUInt32LE(entry, index * ENTRY);
  return profile;
}

/** The weight of the term with this hash; 0 where the document does not have it. */
export function weightIn(profile: Buffer, hash: number): number {
  let low = 0;
  let high = profile.length / ENTRY - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const entry = profile.readUInt32LE(middle * ENTRY);
    const found = entry >>> 8;
    if (found === hash) return entry & 0xff;
    if (found < hash) low = middle + 1;
    else high = middle - 1;
  }
  return 0;
}

/** FNV-1a of the code units, folded to 24 bits. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) {
    hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  }
  return ((hash >>> 24) ^ hash) & 0xff_ffff;
}
