/** Articles that a reader of one should read next. */
import type { Moment } from './archive/moment';
import type { TopicNumber } from './archive/segment';
import { inSlices } from './archive/slices';
import type { View } from './archive/view';
import { TopicCounts } from './companions';
import { inverseFrequency } from './formulas/inverse-frequency';
import { diversify } from './formulas/marginal-relevance';
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
/** Postings that are added up before the time is looked at. */
const STEP = 50_000;

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
    candidates.push(...(await bestOf(moment, view, weights, article, first * CANDIDATES)));
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
  const counts = new TopicCounts(moment, days);
  const total = moment.countIn(days);
  const numbers = [...new Set(topics)]
    .flatMap((topic) => moment.numbers.find(topic) ?? [])
    .sort((a, b) => a - b);
  const weights = numbers.map((number): [TopicNumber, number] => [
    number,
    inverseFrequency(counts.of(number), total),
  ]);
  return new Map(weights.filter(([, weight]) => weight > 0));
}

async function bestOf(
  moment: Moment,
  view: View,
  weights: ReadonlyMap<TopicNumber, number>,
  article: number,
  most: number,
): Promise<Candidate[]> {
  const { segment, end, hidden } = view;
  // In the order of the numbers, so that equal sums are equal to the last digit.
  const scores = new Float64Array(end);
  for (const [topic, weight] of weights) {
    const postings = segment.postings(topic);
    await inSlices(0, postings.length, STEP, (from, to) => {
      for (let place = from; place < to; place++) {
        const row = (postings[place] ?? 0) >>> 1;
        if (row < end) scores[row] = (scores[row] ?? 0) + weight;
      }
    });
  }
  for (const row of hidden) if (row < end) scores[row] = 0;
  const own = segment.find(article);
  if (own !== null && own < end) scores[own] = 0;
  const rows = await highest(scores, most);
  return rows.map((row) => candidateOf(moment, view, row, scores[row] ?? 0, weights));
}

/** The rows with the highest scores above 0, later ones first among equal ones, in no order. */
async function highest(scores: Float64Array, most: number): Promise<number[]> {
  const better = (a: number, b: number) => (scores[b] ?? 0) - (scores[a] ?? 0) || b - a;
  const kept: number[] = [];
  let least = 0;
  const cut = () => {
    kept.sort(better).splice(most);
    if (kept.length === most) least = scores[kept[most - 1] ?? 0] ?? 0;
  };
  await inSlices(0, scores.length, STEP, (from, to) => {
    for (let row = from; row < to; row++) {
      const score = scores[row] ?? 0;
      if (score === 0 || score < least) continue;
      kept.push(row);
      if (kept.length >= 4 * most) cut();
    }
  });
  cut();
  return kept;
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
