/**
 * How like texts are, worked out as the definitions read: BM25 of the 25 best words by tf-idf. Shares with the server how
 * a text comes to words, and nothing else.
 */
import { analyse } from '../../src/core/text';

export interface ModelText {
  readonly slug: string;
  readonly title: string;
  readonly body: string;
}

interface Counted {
  readonly length: number;
  readonly weights: ReadonlyMap<string, number>;
}

export interface ModelLikeness {
  readonly relevance: number;
  /** How many of the 25 both have. */
  readonly words: number;
}

export class TextModel {
  private readonly texts: ReadonlyMap<string, Counted>;
  private readonly average: number;

  /** @param texts all of them, also those that readers do not see */
  constructor(texts: readonly ModelText[]) {
    this.texts = new Map(texts.map(({ slug, title, body }) => [slug, counted(title, body)]));
    const words = [...this.texts.values()].reduce((sum, { length }) => sum + length, 0);
    this.average = Math.max(1, Math.round(words / this.texts.size));
  }

  compare(slug: string, other: string): ModelLikeness {
    const text = this.textOf(other);
    const shared = this.tellingOf(slug).filter((term) => text.weights.has(term));
    const norm = 1.2 * (0.25 + (0.75 * text.length) / this.average);
    const scores = shared.map((term) => {
      const weight = Math.min(255, text.weights.get(term) ?? 0);
      return (this.rarity(term) * weight * 2.2) / (weight + norm);
    });
    return { relevance: scores.reduce((sum, score) => sum + score, 0), words: shared.length };
  }

  private tellingOf(slug: string): string[] {
    return [...this.textOf(slug).weights]
      .filter(([term]) => this.having(term) > 1)
      .map(([term, weight]) => ({ term, worth: weight * this.rarity(term) }))
      .sort((a, b) => b.worth - a.worth || (a.term < b.term ? -1 : 1))
      .slice(0, 25)
      .map(({ term }) => term);
  }

  private rarity(term: string): number {
    const having = this.having(term);
    return Math.round(1_000 * Math.log(1 + (this.texts.size - having + 0.5) / (having + 0.5))) / 1_000;
  }

  private having(term: string): number {
    return [...this.texts.values()].filter(({ weights }) => weights.has(term)).length;
  }

  private textOf(slug: string): Counted {
    return this.texts.get(slug) ?? { length: 0, weights: new Map() };
  }
}

function counted(title: string, body: string): Counted {
  const words = [
    ...analyse(title).map(({ term }) => ({ term, weight: 5 })),
    ...analyse(body).map(({ term }) => ({ term, weight: 1 })),
  ];
  const weights = new Map<string, number>();
  for (const { term, weight } of words) weights.set(term, (weights.get(term) ?? 0) + weight);
  return { length: words.length, weights };
}
