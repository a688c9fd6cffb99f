/** Topics that are covered together with one, by four notions of together. */
import { setTimeout as delay } from 'node:timers/promises';
import type { TopicKind } from '../database';
import type { Moment } from './archive/moment';
import type { TopicNumber } from './archive/segment';
import { countCompanions, TopicCounts, unweighedTopics, weighCompanions } from './companions';
import { bucketStart, type Day, type Days } from './days';
import { isSignificant, SUPPORT } from './formulas/association';
import { decayed } from './formulas/decay';
import { lift } from './formulas/lift';
import { contingency, logLikelihood } from './formulas/log-likelihood';
import { npmi } from './formulas/npmi';
import { Best, steady } from './formulas/ranking';
import { surprise } from './formulas/surprise';

export type RelatedMode = 'COVERED_WITH' | 'ASSOCIATED' | 'DISTINCTIVE' | 'RISING';

export interface FoundTopic {
  /** The key of the topic. */
  readonly topic: number;
  readonly score: number;
  /** Articles that carry both. */
  readonly articleCount: number;
  /** Null, as the two below, where too few articles carry both. */
  readonly lift: number | null;
  readonly npmi: number | null;
  readonly logLikelihood: number | null;
}

export interface RelatedQuery {
  /** The key of the topic. */
  readonly topic: number;
  readonly mode: RelatedMode;
  readonly kind: TopicKind | null;
  readonly days: Days;
  /** Whether somebody asked for these days: then all of them count alike. */
  readonly isWindow: boolean;
  readonly first: number;
}

/** Days after which an article counts half where nobody has asked for a time. */
const HALF_LIFE = 60;
/** Articles that must carry both for a topic to be distinctive. */
const DISTINCTIVE_FROM = 5;

/**
 * The best by the score of the mode, above 0; equal ones by count, then by key. What stands above or below the topic is
 * left out, and so is the topic itself.
 *
 * - COVERED_WITH: P(B|A), the share of the topic's articles that carry the other too, of topics with a lift above 1.
 *   Without a window articles count half after 60 days, counted back from the newest of all.
 * - ASSOCIATED: k npmi, of significant ones only.
 * - DISTINCTIVE: npmi, where five articles or more carry both.
 * - RISING: z of the newest complete week against the weeks before it, as the relation's timeline has it.
 */
export async function relatedTopics(moment: Moment, query: RelatedQuery): Promise<FoundTopic[]> {
  const number = moment.numbers.find(query.topic);
  if (number === null) return [];
  const total = moment.countIn(query.days);
  const found = await countTogether(moment, number, query);
  const own = found.together[number] ?? 0;
  const counts = new TopicCounts(moment, query.days);
  const isKin = moment.topics.kinOf(query.topic);
  const best = new Best<Candidate>(query.first);
  for (let other = 0; other < found.together.length; other++) {
    const both = found.together[other] ?? 0;
    if (both === 0) continue;
    const pair: Pair = { both, first: own, second: counts.of(other), total };
    const score = SCORES[query.mode](pair, () => found.scoreOf(other));
    const topic = moment.numbers.keyOf(other);
    if (score === null || steady(score) <= 0 || !best.takes(score, both, topic)) continue;
    // Few of many come so far.
    if (query.kind !== null && moment.topics.kindOf(topic) !== query.kind) continue;
    if (!isKin(topic)) best.add({ topic, score, articleCount: both, pair });
  }
  return best.all().map(({ pair, ...candidate }) => ({ ...candidate, ...supported(pair) }));
}

interface Candidate extends Pick<FoundTopic, 'topic' | 'score' | 'articleCount'> {
  readonly pair: Pair;
}

/** How many articles carry both, each, and anything at all. */
interface Pair {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly total: number;
}

/** @param counted what was counted of the pair beside how often it occurs: the mode's own */
type Score = (pair: Pair, counted: () => number | null) => number | null;

const SCORES: Readonly<Record<RelatedMode, Score>> = {
  COVERED_WITH: ({ both, first, second, total }, share) => (both * total > first * second ? share() : null),
  ASSOCIATED: (pair) => {
    const { npmi: found, logLikelihood: g2 } = supported(pair);
    return isSignificant(g2) && found !== null ? pair.both * found : null;
  },
  DISTINCTIVE: (pair) => (pair.both >= DISTINCTIVE_FROM ? supported(pair).npmi : null),
  RISING: (_, z) => z(),
};

function supported({
  both,
  first,
  second,
  total,
}: Pair): Pick<FoundTopic, 'lift' | 'npmi' | 'logLikelihood'> {
  if (both < SUPPORT) return { lift: null, npmi: null, logLikelihood: null };
  return {
    lift: lift(both, [first, second], total),
    npmi: npmi(both, [first, second], total),
    logLikelihood: logLikelihood(contingency(both, first, second, total)),
  };
}

interface Counted {
  /** By number of topic: articles that carry it and the asked one. */
  readonly together: Uint32Array;
  /** What the mode counts beside that. */
  scoreOf(other: TopicNumber): number | null;
}

async function countTogether(moment: Moment, topic: TopicNumber, query: RelatedQuery): Promise<Counted> {
  if (query.mode === 'COVERED_WITH') return shares(moment, topic, query);
  if (query.mode === 'RISING') return rises(moment, topic, query.days);
  return { together: await countCompanions(moment, topic, query.days), scoreOf: () => null };
}

async function shares(
  moment: Moment,
  topic: TopicNumber,
  { days, isWindow }: RelatedQuery,
): Promise<Counted> {
  const together = await countCompanions(moment, topic, days);
  const counted = isWindow ? together : await weighCompanions(moment, topic, days, decayOver(moment, days));
  const own = counted[topic] ?? 0;
  return { together, scoreOf: (other) => (own === 0 ? null : (counted[other] ?? 0) / own) };
}

/** How many times as long as it has worked it rests: whoever asks meanwhile has the processor. */
const REST = 3;

/**
 * Adds up beforehand what is kept of frequent topics for those who ask without a window, which takes some ten milliseconds for
 * each, where it is not known already.
 * @param goesOn whether the moment is still worth it
 */
export async function prepareRelatedTopics(moment: Moment, goesOn = () => true): Promise<void> {
  const days = moment.span;
  const weights = decayOver(moment, days);
  for (const topic of unweighedTopics(moment, days, weights)) {
    if (!goesOn()) return;
    const began = performance.now();
    await weighCompanions(moment, topic, days, weights);
    const worked = performance.now() - began;
    if (worked >= 1) await delay(REST * worked, undefined, { ref: false });
  }
}

/** By day what an article counts, up to the day of the newest; the same array for the same days, as sums are kept with it. */
function decayOver(moment: Moment, { from, to }: Days): Float64Array {
  const newest = moment.lastDayIn({ from, to }) ?? from;
  if (decay?.from !== from || decay.to !== to || decay.newest !== newest) {
    const length = Math.max(0, to - from);
    const weights = Float64Array.from({ length }, (_, day) => decayed(newest - from - day, HALF_LIFE));
    decay = { from, to, newest, weights };
  }
  return decay.weights;
}

let decay: (Days & { readonly newest: Day; readonly weights: Float64Array }) | undefined;

async function rises(moment: Moment, topic: TopicNumber, days: Days): Promise<Counted> {
  const last = moment.lastDayIn(days);
  // The last one that is over when the day of the newest article is.
  const end = last === null ? days.from : bucketStart('WEEK', last + 1);
  const start = Math.max(days.from, end - 7);
  const together = await countCompanions(moment, topic, days);
  // Of the first week nothing can be told.
  if (start <= days.from || end - start < 7) return { together, scoreOf: () => null };
  const [week, before] = [
    { from: start, to: end },
    { from: days.from, to: start },
  ];
  const inWeek = await countCompanions(moment, topic, week);
  const earlier = await countCompanions(moment, topic, before);
  const [total, totalBefore] = [moment.countIn(week), moment.countIn(before)];
  return {
    together,
    scoreOf: (other) =>
      surprise({ count: inWeek[other] ?? 0, total }, { count: earlier[other] ?? 0, total: totalBefore }).z,
  };
}
