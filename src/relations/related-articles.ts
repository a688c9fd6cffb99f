/** Articles that a reader of one should read next. */
import type { Moment } from './archive/moment';
import type { TopicNumber } from './archive/segment';
import type { View } from './archive/view';
import { countCarriers } from './companions';
import { inverseFrequency } from './formulas/inverse-frequency';
import { diversify } from './formulas/marginal-relevance';
import { highest } from './related-scores';
import { areNear } from './stories';

export interface FoundArticle {
  /** The key of the article. */
  readonly key: number;
  readonly score: number;
  /** Keys of the topics that both carry, the rarest first. */
  readonly shared: readonly number[];
  /** Whether it is a copy of the article: the same wire story. */
  readonly isSameStory: boolean;
}

/** Candidates among which the list is chosen, for each article of it. */
const CANDIDATES = 12;

interface Candidate extends Omit<FoundArticle, 'isSameStory'> {
  readonly listedAt: number;
  readonly weights: ReadonlyMap<TopicNumber, number>;
  /** Keys of its copies. */
  readonly copies: Int32Array;
}

/**
 * The articles that share the most with one that carries these topics: each shared topic counts by how rare it is. Of
 * the best as many are chosen as are asked for, so that what is most alike does not fill the list; the newest first
 * where they are alike. The order of the topics does not matter.
 * @param topics keys of what the article carries, with what stands above it
 */
export async function relatedArticles(
  moment: Moment,
  article: number,
  topics: readonly number[],
  first: number,
): Promise<FoundArticle[]> {
  const weights = weightsOf(moment, topics);
  if (weights.size === 0) return [];
  const candidates: Candidate[] = [];
  for (const view of moment.views) {
    const rows = await highest(view, weights, article, first * CANDIDATES);
    for (const { row, score } of rows) candidates.push(candidateOf(moment, view, row, score, weights));
  }
  const best = candidates.sort(byScore).slice(0, first * CANDIDATES);
  const own = listedAtOf(moment, article);
  return diversify(best, first, alike).map((each) => ({
    ...{ key: each.key, score: each.score, shared: each.shared },
    isSameStory: own !== null && each.copies.includes(article) && areNear(own, each.listedAt),
  }));
}

/** When readers see that the article was published; null where they do not see it. */
function listedAtOf({ views }: Moment, article: number): number | null {
  for (const { segment, end, hidden } of views) {
    const row = segment.find(article);
    if (row !== null && row < end && !hidden.includes(row)) return segment.listedAt[row] ?? null;
  }
  return null;
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || b.listedAt - a.listedAt || b.key - a.key;
}

/** What each topic counts; what stands on everything counts nothing. */
function weightsOf(moment: Moment, topics: readonly number[]): Map<TopicNumber, number> {
  const days = moment.span;
  const total = moment.countIn(days);
  const numbers = [...new Set(topics)]
    .flatMap((topic) => moment.numbers.find(topic) ?? [])
    .sort((a, b) => a - b);
  const weights = numbers.map((number): [TopicNumber, number] => [
    number,
    inverseFrequency(countCarriers(moment, number, days), total),
  ]);
  return new Map(weights.filter(([, weight]) => weight > 0));
}

function candidateOf(
  { numbers }: Moment,
  { segment }: View,
  row: number,
  score: number,
  asked: ReadonlyMap<TopicNumber, number>,
): Candidate {
  const weights = new Map<TopicNumber, number>();
  const end = segment.offsets[row + 1] ?? 0;
  for (let tie = segment.offsets[row] ?? 0; tie < end; tie++) {
    const topic = (segment.carried[tie] ?? 0) >>> 1;
    weights.set(topic, asked.get(topic) ?? 0);
  }
  const shared = [...asked]
    .filter(([topic]) => weights.has(topic))
    .sort(([a, x], [b, y]) => y - x || a - b)
    .map(([topic]) => numbers.keyOf(topic));
  return {
    ...{ key: segment.keys[row] ?? 0, score, shared, listedAt: segment.listedAt[row] ?? 0, weights },
    copies: segment.copiesOf(row),
  };
}

/** From 0 to 1: the share of topics that both carry, of those that either does; 1 where both tell the same story. */
function alike(a: Candidate, b: Candidate): number {
  if (a.copies.includes(b.key) && areNear(a.listedAt, b.listedAt)) return 1;
  let common = 0;
  for (const topic of a.weights.keys()) if (b.weights.has(topic)) common++;
  return common / (a.weights.size + b.weights.size - common);
}
