/** BM25 over a whole index in memory: what related articles are held against. */
import { analyse } from '../../src/core/text';
import { inverseFrequency } from '../../src/relations/formulas/inverse-frequency';
import type { Text } from './corpora';

/** The places of the texts that are most like the one at a place, the best first. */
export type Ranker = (place: number) => Promise<number[]>;

/** As the search weighs them. */
const TITLE = 5;
const SATURATION = 1.2;
const LENGTH_WEIGHT = 0.75;

/** @param terms how many of a text are looked for, the best by tf-idf of those that some other has */
export function fullText(texts: readonly Text[], terms: number, most: number): Ranker {
  const documents = texts.map(documentOf);
  const average = documents.reduce((sum, { length }) => sum + length, 0) / documents.length;
  const postings = new Map<string, Postings>();
  for (const [place, { length, weights }] of documents.entries()) {
    const norm = SATURATION * (1 - LENGTH_WEIGHT + (LENGTH_WEIGHT * length) / average);
    for (const [term, weight] of weights) {
      const known = postings.get(term) ?? { places: [], scores: [] };
      known.places.push(place);
      known.scores.push((weight * (SATURATION + 1)) / (weight + norm));
      postings.set(term, known);
    }
  }
  const rarity = (term: string) => inverseFrequency(postings.get(term)?.places.length ?? 0, documents.length);
  return async (place) => {
    const telling = [...(documents[place]?.weights ?? [])]
      .filter(([term]) => (postings.get(term)?.places.length ?? 0) > 1)
      .map(([term, weight]) => ({ term, worth: weight * rarity(term) }))
      .sort((a, b) => b.worth - a.worth)
      .slice(0, terms);
    const sums = new Float64Array(documents.length);
    for (const { term } of telling) {
      const { places, scores } = postings.get(term) ?? NONE;
      const weight = rarity(term);
      for (const [at, other] of places.entries())
        sums[other] = (sums[other] ?? 0) + weight * (scores[at] ?? 0);
    }
    sums[place] = 0;
    const least = sums.toSorted()[sums.length - most] ?? 0;
    return [...sums.keys()]
      .filter((other) => (sums[other] ?? 0) >= least)
      .sort((a, b) => (sums[b] ?? 0) - (sums[a] ?? 0))
      .slice(0, most);
  };
}

interface Document {
  readonly length: number;
  readonly weights: ReadonlyMap<string, number>;
}

interface Postings {
  readonly places: number[];
  readonly scores: number[];
}

const NONE: Postings = { places: [], scores: [] };

function documentOf({ title, body }: Text): Document {
  const weights = new Map<string, number>();
  let length = 0;
  for (const [field, weight] of [
    [title, TITLE],
    [body, 1],
  ] as const) {
    for (const { term } of analyse(field)) {
      length++;
      weights.set(term, (weights.get(term) ?? 0) + weight);
    }
  }
  return { length, weights };
}
