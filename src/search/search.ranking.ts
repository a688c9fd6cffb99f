/** How well documents answer a query. Pure: the same document and the same weights give the same score for ever. */
import type { Instant } from '../core/clock';
import { dayOf, hashOf, weightIn } from '../indexing';
import type { RankedWord } from './search.plan';

/** What scores depend on beside the documents: pinned in a cursor, so that they do not drift from page to page. */
export interface Scale {
  /** When the search began. */
  readonly asOf: Instant;
  /** How rare each of the words is. */
  readonly rarities: readonly number[];
  /** Words that a document has on average; at least 1. */
  readonly averageLength: number;
}

/** What is known of the whole archive. */
export interface Statistics {
  readonly documents: number;
  readonly words: number;
  /** How many documents have a term; absent for one that nobody has counted. */
  readonly having: ReadonlyMap<string, number>;
}

export interface Ranked {
  /** Tells the day of publication. */
  readonly number: number;
  readonly length: number;
  /** As hexadecimal digits: see `weightIn`. */
  readonly profile: string;
}

export function scaleOf(words: readonly RankedWord[], statistics: Statistics, asOf: Instant): Scale {
  return {
    asOf,
    rarities: words.map(({ term }) => rarityOf(statistics.having.get(term) ?? 0, statistics.documents)),
    averageLength: Math.max(1, Math.round(statistics.words / Math.max(statistics.documents, 1))),
  };
}

/**
 * Inverse document frequency as Lucene has it, which is never negative: ln(1 + (N - n + 0.5) / (n + 0.5)). In
 * thousandths, so that it is the same out of a cursor.
 */
export function rarityOf(having: number, documents: number): number {
  const all = Math.max(documents, having);
  return Math.round(1_000 * Math.log(1 + (all - having + 0.5) / (having + 0.5)));
}

/** How soon more occurrences of a word count no more, and how much the length of a document counts. */
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;

/** Of two documents that answer alike the newer one comes first: an old one has down to 1 - RECENCY of its score. */
const RECENCY = 0.25;
/** Milliseconds after which half of that is lost. */
const HALF_LIFE = 365 * 86_400_000;

/**
 * BM25 over the weighted fields (BM25F, Robertson and Zaragoza 2009), times a mild preference for what is new. Whole
 * numbers, ten thousand to one.
 */
export function scorer(words: readonly RankedWord[], scale: Scale): (document: Ranked) => number {
  const relevanceOf = relevance(words, scale);
  return (document) => {
    const age = Math.max(0, scale.asOf - (dayOf(document.number) ?? scale.asOf));
    return Math.round(10 * relevanceOf(document) * (1 - RECENCY + RECENCY * 2 ** (-age / HALF_LIFE)));
  };
}

/** The same without a preference for what is new, in thousandths. */
function relevance(words: readonly RankedWord[], scale: Scale): (document: Ranked) => number {
  const relevanceOf = bm25(scale);
  const hashes = words.map(({ alternatives }) => alternatives.map(hashOf));
  const weights = new Float64Array(hashes.length);
  return ({ length, profile }) => {
    for (const [at, alternatives] of hashes.entries()) {
      let weight = 0;
      for (const hash of alternatives) weight += weightIn(profile, hash);
      weights[at] = weight;
    }
    return relevanceOf(length, weights);
  };
}

/** By the words that a document has, and by the weight that each of those that are looked for has in it. In thousandths. */
export function bm25({
  averageLength,
  rarities,
}: Pick<Scale, 'averageLength' | 'rarities'>): (length: number, weights: Float64Array) => number {
  return (length, weights) => {
    const norm = SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / averageLength);
    let score = 0;
    for (let at = 0; at < weights.length; at++) {
      const weight = weights[at] ?? 0;
      score += ((rarities[at] ?? 0) * weight * (SATURATION + 1)) / (weight + norm);
    }
    return score;
  };
}
