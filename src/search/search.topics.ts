/** The topics that a query names. */
import { analyse } from '../core/text';
import type { Reader } from '../database';
import { namesOfTopics } from '../topics';
import type { ParsedQuery } from './search.query';
import { namesHaving } from './search.store';

/** Topics that are told; a name may be that of several. */
const MAX_TOPICS = 5;
/** Topics whose names are compared. */
const MAX_CANDIDATES = 200;

/** A topic, and which of the query's words are its name. */
export interface NamedTopic {
  readonly id: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Topics of which the query has a whole name or alias, in whatever language and spelling: those with the longest names
 * first.
 */
export async function topicsNamedBy(reader: Reader, { wanted }: ParsedQuery): Promise<NamedTopic[]> {
  const terms = wanted.flatMap((clause) => {
    if (clause.kind === 'prefix') return [];
    return (clause.kind === 'word' ? [clause.token] : clause.tokens).map(({ term }) => term);
  });
  if (terms.length === 0) return [];
  const entries = await namesHaving(reader, { terms: [...new Set(terms)] });
  const beginning = entries.flatMap(({ kind, subjectId, position }) =>
    kind === 'topic' && position === 0 ? [subjectId] : [],
  );
  const topics = [...new Set(beginning)].slice(0, MAX_CANDIDATES);
  if (topics.length === 0) return [];
  const found = new Map<number, NamedTopic>();
  for (const { topicId, name } of await namesOfTopics(reader, { topics })) {
    const own = analyse(name).map(({ term }) => term);
    const start = placeOf(own, terms);
    if (start === -1) continue;
    const known = found.get(topicId);
    if (!known || known.end - known.start < own.length)
      found.set(topicId, { id: topicId, start, end: start + own.length });
  }
  return [...found.values()]
    .sort((a, b) => b.end - b.start - (a.end - a.start) || a.start - b.start || a.id - b.id)
    .slice(0, MAX_TOPICS);
}

/**
 * The topics of the two names that stand apart in the query, in its order; none where there is one, or are more. Words
 * may be the name of several topics: then the first counts. What is one name as a whole ("Pakistan Taliban") may also
 * be two, side by side.
 */
export function pairOf(named: readonly NamedTopic[]): number[] {
  const pair = apart(named);
  if (pair.length === 2) return inOrder(pair);
  const [whole] = pair.length === 1 ? pair : [];
  if (whole === undefined) return [];
  const parts = apart(named.filter((topic) => lengthOf(topic) < lengthOf(whole)));
  const together = parts.reduce((sum, topic) => sum + lengthOf(topic), 0);
  return parts.length === 2 && together === lengthOf(whole) ? inOrder(parts) : [];
}

/** Those that share no word with one before them. */
function apart(named: readonly NamedTopic[]): NamedTopic[] {
  return named.filter((topic, at) => !named.slice(0, at).some((other) => overlap(topic, other)));
}

function inOrder(topics: readonly NamedTopic[]): number[] {
  return [...topics].sort((a, b) => a.start - b.start).map(({ id }) => id);
}

function lengthOf({ start, end }: NamedTopic): number {
  return end - start;
}

function overlap(a: NamedTopic, b: NamedTopic): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Where the terms stand side by side among the others; -1 where they do not. */
function placeOf(terms: readonly string[], others: readonly string[]): number {
  if (terms.length === 0) return -1;
  return others.findIndex((_, at) => terms.every((term, i) => others[at + i] === term));
}
