import { expectedTogether, lift } from './lift';
import { contingency, logLikelihood, SIGNIFICANT } from './log-likelihood';
import { npmi } from './npmi';

/** Articles that carry fewer than this tell nothing reliable about how much topics belong together. */
export const SUPPORT = 3;

/** How many of `total` articles carry which of m topics. */
export interface Tally {
  readonly topics: number;
  readonly total: number;
  /** By the set of topics that they carry, as a bit mask: 2^m counts, the first of those that carry none. */
  readonly bySet: ArrayLike<number>;
}

/** The share of the articles about the topic at place `given` that are about that at place `topic` too. */
export interface Conditional {
  readonly given: number;
  readonly topic: number;
  /** Null where nothing is about the first. */
  readonly share: number | null;
}

/** How much topics belong together, by the definitions of the file that each number has here. */
export interface AssociationMeasures {
  readonly together: number;
  readonly total: number;
  readonly each: readonly number[];
  readonly expected: number;
  readonly lift: number | null;
  readonly npmi: number | null;
  readonly jaccard: number | null;
  /** Of two topics; null of more. */
  readonly logLikelihood: number | null;
  readonly conditional: readonly Conditional[];
  readonly significant: boolean;
}

export function association(tally: Tally): AssociationMeasures {
  const { total } = tally;
  const places = Array.from({ length: tally.topics }, (_, place) => place);
  const each = places.map((place) => carryingAll(tally, 1 << place));
  const together = carryingAll(tally, everyTopic(tally));
  const isSupported = together >= SUPPORT;
  return {
    together,
    total,
    each,
    expected: expectedTogether(each, total),
    lift: isSupported ? lift(together, each, total) : null,
    npmi: isSupported ? npmi(together, each, total) : null,
    jaccard: isSupported ? jaccard(tally) : null,
    logLikelihood: tally.topics === 2 ? supportedLogLikelihood(tally, 0, 1) : null,
    conditional: conditionals(tally, each),
    significant: pairsOf(places).every(([a, b]) => isSignificant(supportedLogLikelihood(tally, a, b))),
  };
}

/** How many carry all topics of the set, whatever else. */
export function carryingAll({ topics, bySet }: Tally, set: number): number {
  let count = 0;
  for (let each = 0; each < 1 << topics; each++) if ((each & set) === set) count += bySet[each] ?? 0;
  return count;
}

/** The mask of all topics. */
export function everyTopic({ topics }: Pick<Tally, 'topics'>): number {
  return (1 << topics) - 1;
}

/**
 * The size of the intersection over that of the union.
 *
 * Paul Jaccard, "The Distribution of the Flora in the Alpine Zone", New Phytologist 11(2), 1912.
 */
function jaccard(tally: Tally): number {
  let union = 0;
  for (let set = 1; set < 1 << tally.topics; set++) union += tally.bySet[set] ?? 0;
  return carryingAll(tally, everyTopic(tally)) / union;
}

/** What is not supported is not significant either: an answer claims nothing of a number that it does not tell. */
export function isSignificant(g2: number | null): boolean {
  return g2 !== null && Math.abs(g2) >= SIGNIFICANT;
}

function supportedLogLikelihood(tally: Tally, a: number, b: number): number | null {
  const both = carryingAll(tally, (1 << a) | (1 << b));
  if (both < SUPPORT) return null;
  return logLikelihood(
    contingency(both, carryingAll(tally, 1 << a), carryingAll(tally, 1 << b), tally.total),
  );
}

function conditionals(tally: Tally, each: readonly number[]): Conditional[] {
  return each.flatMap((count, given) =>
    each.flatMap((_, topic) => {
      if (topic === given) return [];
      const both = carryingAll(tally, (1 << given) | (1 << topic));
      return [{ given, topic, share: count === 0 ? null : both / count }];
    }),
  );
}

function pairsOf(places: readonly number[]): [number, number][] {
  return places.flatMap((a) => places.slice(a + 1).map((b): [number, number] => [a, b]));
}
