/**
 * Small sketches of texts, by which copies of a text are found among a million others: MinHash over the runs of three
 * words that a text has. Two sketches agree in about the share of runs that the texts have in common, of those that
 * either has (Jaccard).
 *
 * One hash of each run gives the whole sketch: its first bits say in which bin it is, and each bin keeps its least.
 * Ping Li, Art Owen and Cun-Hui Zhang, "One Permutation Hashing", NIPS 2012; bins that stay empty borrow from others as
 * in Anshumali Shrivastava, "Optimal Densification for Fast and Accurate Minwise Hashing", ICML 2017.
 */

/** One byte a bin: two bins of texts that have nothing in common agree once in 256. */
export const SIGNATURE_BINS = 128;
/** Words that are looked at together: where one is changed, three runs are others. */
const RUN = 3;
/** Bins that a text fills by itself. Of less, such as "Watch live", or one sentence again and again, a sketch tells nothing. */
const LEAST_FILLED = 16;
/** Bins that agree in copies: half of them, a little more than by chance. See `npm run eval stories`. */
const LEAST_AGREEING = 65;

const BIN_BITS = 7;
const EMPTY = 0xffff_ffff;

/** A text's sketch out of hashes of its words, in their order; null for a text of less than some twenty words. */
export function signatureOf(words: ArrayLike<number>): Uint8Array | null {
  const least = new Uint32Array(SIGNATURE_BINS).fill(EMPTY);
  let filledBins = 0;
  let first = words[0] ?? 0;
  let second = words[1] ?? 0;
  for (let at = RUN - 1; at < words.length; at++) {
    const third = words[at] ?? 0;
    const hash = mixed(Math.imul(mixed(Math.imul(first, 0x9e3779b1) + second), 0x85ebca77) + third);
    const bin = hash >>> (32 - BIN_BITS);
    const value = (hash << BIN_BITS) >>> 0;
    const known = least[bin] ?? EMPTY;
    if (known === EMPTY) filledBins++;
    if (value < known) least[bin] = value;
    first = second;
    second = third;
  }
  if (filledBins < LEAST_FILLED) return null;
  const full = filled(least);
  const signature = new Uint8Array(SIGNATURE_BINS);
  for (let bin = 0; bin < SIGNATURE_BINS; bin++) signature[bin] = mixed(full[bin] ?? 0) & 0xff;
  return signature;
}

/** Whether texts with these sketches are copies of each other: half of their runs of words are the same. */
export function areCopies(a: Uint8Array, b: Uint8Array): boolean {
  let differing = 0;
  for (let bin = 0; bin < SIGNATURE_BINS; bin++)
    if (a[bin] !== b[bin] && ++differing > SIGNATURE_BINS - LEAST_AGREEING) return false;
  return true;
}

/** The share of runs that texts with these sketches have in common, of those that either has; about .04 off. */
export function likenessOf(a: Uint8Array, b: Uint8Array): number {
  let agreeing = 0;
  for (let bin = 0; bin < SIGNATURE_BINS; bin++) if (a[bin] === b[bin]) agreeing++;
  return agreeing / SIGNATURE_BINS;
}

/** Bins that are looked up together: only where all of them agree do two texts meet in a bucket. */
const BAND = 3;
const BANDS = 8;
/** With the 31 bits of a key they make a whole number that is exact. */
const BUCKET_BITS = 22;

/**
 * The buckets in which a text with this sketch meets its copies, each once: of those that share half of their runs two
 * thirds meet in one at least, at three quarters 99 of 100. Jure Leskovec, Anand Rajaraman and Jeff Ullman, "Mining of
 * Massive Datasets", 3.4.
 */
export function bucketsOf(signature: Uint8Array): number[] {
  const buckets = new Set<number>();
  for (let band = 0; band < BANDS; band++) {
    let hash = band;
    for (let bin = band * BAND; bin < (band + 1) * BAND; bin++) hash = hash * 256 + (signature[bin] ?? 0);
    buckets.add(mixed(hash) >>> (32 - BUCKET_BITS));
  }
  return [...buckets];
}

/** Every bin has a value afterwards: an empty one that of another, by a way that is the same for all texts. */
function filled(least: Uint32Array): Uint32Array {
  const full = least.slice();
  for (let bin = 0; bin < SIGNATURE_BINS; bin++) {
    for (let attempt = 1; full[bin] === EMPTY; attempt++)
      full[bin] = least[mixed(bin * 65_536 + attempt) >>> (32 - BIN_BITS)] ?? EMPTY;
  }
  return full;
}

/** MurmurHash3's last step: every bit of the number decides about every bit of the hash. Austin Appleby, 2011. */
function mixed(number: number): number {
  let hash = number | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
