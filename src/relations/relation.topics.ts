import type { RequestContext } from '../context';
import { badInput } from '../core/errors';
import { Topic } from '../topics/topic.type';

/** Of how many topics there is a relation. */
export const FEWEST_TOPICS = 2;
export const MOST_TOPICS = 5;

/** What was found of topics by their keys, with the topics themselves; one that went meanwhile is left out. */
export async function topicsOf<F extends { readonly topic: number }>(
  { topics }: RequestContext,
  found: readonly F[],
): Promise<(Omit<F, 'topic'> & { topic: Topic })[]> {
  const rows = await Promise.all(found.map(({ topic }) => topics.byId.load(topic)));
  return found.flatMap((each, place) => {
    const row = rows[place];
    return row ? [{ ...each, topic: new Topic(row) }] : [];
  });
}

/** @throws DatelineError BAD_USER_INPUT for none, or more than there may be */
export function boundedFirst(first: number, max: number): number {
  if (first >= 1 && first <= max) return first;
  throw badInput('first', `"first" is ${first}; 1 to ${max} are allowed.`);
}
