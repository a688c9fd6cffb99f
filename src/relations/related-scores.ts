/** Which articles carry most of some topics, each of which counts as much as it is rare. */

import type { Bits } from './archive/bits';
import { lowerBound } from './archive/columns';
import type { RowNumber, TopicNumber } from './archive/segment';
import type { View } from './archive/view';

export interface Scored {
  readonly row: RowNumber;
  readonly score: number;
}

/**
 * The articles with the highest scores above 0, later rows first among equal ones. Goes through the articles of one
 * topic after the other, the rarest first, and ends where all topics that are left together count less than what the
 * last of the best has: MaxScore, by Howard Turtle and James Flood, "Query Evaluation: Strategies and Optimizations",
 * Information Processing & Management 31(6), 1995.
 * @param weights what each topic counts, more than 0; rising by number of topic
 * @param article the key of one that is left out
 */
export async function highest(
  view: View,
  weights: ReadonlyMap<TopicNumber, number>,
  article: number,
  most: number,
): Promise<readonly Scored[]> {
  const scoring = new Scoring(view, weights);
  const best = new Best(most);
  const own = view.segment.find(article);
  for (const [place, topic] of scoring.rarestFirst.entries()) {
    if (scoring.mostFrom(place) < best.least) break;
    const postings = view.segment.postings(topic).within({ from: 0, to: view.end });
    await postings.visitInSlices((some) => scoring.addTo(best, some, place, own));
    best.cut();
  }
  return best.cut();
}

/** Those with the highest scores, later rows first among equal ones. */
class Best {
  /** What a score must be at least. */
  least = 0;
  private kept: Scored[] = [];

  constructor(private readonly most: number) {}

  add(row: RowNumber, score: number): void {
    if (score < this.least) return;
    this.kept.push({ row, score });
    if (this.kept.length >= 4 * this.most) this.cut();
  }

  /** Forgets all that are not among the best. */
  cut(): readonly Scored[] {
    this.kept.sort((a, b) => b.score - a.score || b.row - a.row).splice(this.most);
    if (this.kept.length === this.most) this.least = this.kept[this.most - 1]?.score ?? 0;
    return this.kept;
  }
}

/** More than sums of the same weights in another order can differ by. */
const ROUNDING = 1e-9;
/** Scores articles by the sum of the weights of the topics that they carry. */
class Scoring {
  readonly rarestFirst: readonly TopicNumber[];
  /** In the order of the numbers of the topics: sums are made in this order, so that equal ones are equal to the last digit. */
  private readonly weights: Float64Array;
  /** By place of the weight the place among the rarest. */
  private readonly rarity: Uint16Array;
  /** By place of the weight the carriers of its topic: near one another in memory, as what the articles carry is not. */
  private readonly carriers: readonly Bits[];

  constructor(
    private readonly view: View,
    weights: ReadonlyMap<TopicNumber, number>,
  ) {
    const numbers = [...weights.keys()];
    this.weights = Float64Array.from(weights.values());
    const order = numbers
      .map((_, place) => place)
      .sort((a, b) => (this.weights[b] ?? 0) - (this.weights[a] ?? 0) || a - b);
    this.rarestFirst = order.map((place) => numbers[place] ?? 0);
    this.rarity = new Uint16Array(order.length);
    for (const [rank, place] of order.entries()) this.rarity[place] = rank;
    this.carriers = numbers.map((number) => view.segment.carriers(number, true));
  }

  /** What an article can have that carries none of the topics before this place among the rarest. */
  mostFrom(rank: number): number {
    let sum = 0;
    for (let place = 0; place < this.weights.length; place++) {
      if ((this.rarity[place] ?? 0) >= rank) sum += this.weights[place] ?? 0;
    }
    return sum * (1 + ROUNDING);
  }

  /**
   * Adds the articles of a topic that carry none before it among the rarest, with which they have been added.
   * @param rank the place of the topic among the rarest
   * @param own the row of the article that is asked for, which is left out
   */
  addTo(best: Best, postings: Uint32Array, rank: number, own: RowNumber | null): void {
    const { hidden } = this.view;
    let closed = lowerBound(hidden, (postings[0] ?? 0) >>> 1);
    for (let at = 0; at < postings.length; at++) {
      const row = (postings[at] ?? 0) >>> 1;
      while ((hidden[closed] ?? Infinity) < row) closed++;
      if (hidden[closed] === row || row === own) continue;
      const score = this.scoreOf(row, rank);
      if (score > 0) best.add(row, score);
    }
  }

  /** 0 for what carries a topic before the place among the rarest. */
  private scoreOf(row: RowNumber, rank: number): number {
    const { carriers, rarity, weights } = this;
    let score = 0;
    for (let place = 0; place < weights.length; place++) {
      if ((((carriers[place]?.[row >>> 5] ?? 0) >>> (row & 31)) & 1) === 0) continue;
      if ((rarity[place] ?? 0) < rank) return 0;
      score += weights[place] ?? 0;
    }
    return score;
  }
}
