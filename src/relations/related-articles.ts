/** Articles that a reader of one should read next. */
import type { Moment } from './archive/moment';
import type { RowNumber, TopicNumber } from './archive/segment';
import type { View } from './archive/view';
import { countCarriers } from './companions';
import { inverseFrequency } from './formulas/inverse-frequency';
import { diversify } from './formulas/marginal-relevance';
import { highest } from './related-scores';
import { areNear } from './stories';

/** The text of the article, as others are looked for that resemble it. */
export interface SimilarTexts {
  /** Articles that have some of its words, whoever may see them: how much these tell, the best first. */
  readonly found: readonly { readonly key: number; readonly weight: number }[];
  /** How the articles with these keys compare; what says nothing is absent. */
  compare(keys: readonly number[]): Promise<ReadonlyMap<number, ComparedText>>;
}

export interface ComparedText {
  /** BM25 of the words that tell most of the article. */
  readonly relevance: number;
  /** Those of them that both have, the most telling first. */
  readonly words: readonly string[];
  /** From 0 to 1. */
  likeness(other: ComparedText): number;
}

export interface RelatedArticlesQuery {
  /** The key of the article. */
  readonly article: number;
  /** Keys of what it carries, with what stands above it. */
  readonly topics: readonly number[];
  /** Null where it says nothing. */
  readonly texts: SimilarTexts | null;
  readonly first: number;
}

export interface FoundArticle {
  /** The key of the article. */
  readonly key: number;
  readonly score: number;
  /** Keys of the topics that both carry, the rarest first. */
  readonly shared: readonly number[];
  /** The telling words that both have, the most telling first. */
  readonly words: readonly string[];
  /** Whether it is a copy of the article: the same wire story. */
  readonly isSameStory: boolean;
}

/** How texts and topics are weighed against each other: chosen by `npm run eval related`. */
export interface RelatedWeights {
  /** What the rarity of a shared topic counts, against the relevance of the text. */
  readonly topics: number;
  /** How much relevance counts against being unlike what is in the list already, from 0 to 1. */
  readonly relevance: number;
}

export const RELATED_WEIGHTS: RelatedWeights = { topics: 1, relevance: 0.9 };

/** Candidates among which the list is chosen, for each article of it: by topics, by texts, and of both together. */
const CANDIDATES = 12;
/** By texts so many times as many are looked at: how rare the words are that both have is only half of how like they are. */
const BY_TEXT = 3;
/** How many times as many are looked at where these were copies of each other. */
const WIDER = 8;

/**
 * The articles that are most about the same: by the words that tell most of the text, and by the topics that both carry,
 * each of which counts by how rare it is. Of the best as many are chosen as are asked for, so that what is most alike
 * does not fill the list, and of the copies of a story one; the newest first where they are alike. The order of the
 * topics does not matter.
 */
export async function relatedArticles(
  moment: Moment,
  query: RelatedArticlesQuery,
  weights: RelatedWeights = RELATED_WEIGHTS,
): Promise<FoundArticle[]> {
  const { article, first } = query;
  const topics = weightsOf(moment, query.topics);
  const own = findVisible(moment, article);
  const isCopy = (each: Candidate) =>
    own !== null &&
    each.copies.includes(article) &&
    areNear(own.view.segment.listedAt[own.row] ?? 0, each.listedAt);
  for (let most = first * CANDIDATES; ; most *= WIDER) {
    const { candidates, areAll } = await candidatesOf(moment, query, topics, most, weights);
    const best = candidates.sort(byScore).slice(0, most);
    const chosen = diversify(best, first, weights.relevance, {
      areSame: (a, b) => tellSame(a, b) || (isCopy(a) && isCopy(b)),
      alike,
    });
    if (chosen.length < first && !(areAll && candidates.length <= most)) continue;
    return chosen.map((each) => ({
      ...{ key: each.key, score: each.score, shared: each.shared, words: each.text?.words ?? [] },
      isSameStory: isCopy(each),
    }));
  }
}

interface Candidate {
  readonly key: number;
  readonly score: number;
  readonly listedAt: number;
  readonly shared: readonly number[];
  readonly text: ComparedText | undefined;
  /** Keys of its copies. */
  readonly copies: Int32Array;
}

function byScore(a: Candidate, b: Candidate): number {
  return b.score - a.score || b.listedAt - a.listedAt || b.key - a.key;
}

/** Where a reader sees an article. */
interface Place {
  readonly view: View;
  readonly row: RowNumber;
}

/** The best by topics and the best by texts; and whether there are no others. */
async function candidatesOf(
  moment: Moment,
  { article, texts }: RelatedArticlesQuery,
  topics: ReadonlyMap<TopicNumber, number>,
  most: number,
  weights: RelatedWeights,
): Promise<{ candidates: Candidate[]; areAll: boolean }> {
  const places = new Map<number, Place>();
  for (const view of moment.views) {
    for (const { row } of await highest(view, topics, article, most))
      places.set(view.segment.keys[row] ?? 0, { view, row });
  }
  const byTopics = places.size;
  let byText = 0;
  for (const { key } of texts?.found ?? []) {
    const place = findVisible(moment, key);
    if (place === null) continue;
    places.set(key, place);
    if (++byText === most * BY_TEXT) break;
  }
  const compared = await texts?.compare([...places.keys()]);
  const candidates = [...places].map(([key, place]) =>
    candidateOf(moment, key, place, topics, compared?.get(key), weights),
  );
  return { candidates, areAll: byTopics < most && byText < most * BY_TEXT };
}

function findVisible({ views }: Moment, article: number): Place | null {
  for (const view of views) {
    const row = view.segment.find(article);
    if (row !== null && view.shows(row)) return { view, row };
  }
  return null;
}

/** What each topic counts; what stands on everything counts next to nothing. */
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
  key: number,
  { view: { segment }, row }: Place,
  asked: ReadonlyMap<TopicNumber, number>,
  text: ComparedText | undefined,
  weights: RelatedWeights,
): Candidate {
  const shared: [topic: TopicNumber, weight: number][] = [];
  const end = segment.offsets[row + 1] ?? 0;
  for (let tie = segment.offsets[row] ?? 0; tie < end; tie++) {
    const topic = (segment.carried[tie] ?? 0) >>> 1;
    const weight = asked.get(topic);
    if (weight !== undefined) shared.push([topic, weight]);
  }
  // In this order everywhere, so that equal sums are equal to the last digit.
  shared.sort(([a], [b]) => a - b);
  const rarity = shared.reduce((sum, [, weight]) => sum + weight, 0);
  return {
    ...{ key, text, score: (text?.relevance ?? 0) + weights.topics * rarity },
    shared: shared.sort(([a, x], [b, y]) => y - x || a - b).map(([topic]) => numbers.keyOf(topic)),
    listedAt: segment.listedAt[row] ?? 0,
    copies: segment.copiesOf(row),
  };
}

/** Whether both are the same wire story. */
function tellSame(a: Candidate, b: Candidate): boolean {
  return a.copies.includes(b.key) && areNear(a.listedAt, b.listedAt);
}

/** By their wording. */
function alike({ text: a }: Candidate, { text: b }: Candidate): number {
  return a === undefined || b === undefined ? 0 : a.likeness(b);
}
