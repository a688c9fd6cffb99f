import type { RequestContext } from '../context';
import { badInput, DatelineError } from '../core/errors';
import { decodeSlug } from '../core/text';
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

/** The topics of these slugs. @throws DatelineError BAD_USER_INPUT, NOT_FOUND that names the slug */
export async function askedTopics({ topics }: RequestContext, slugs: readonly string[]): Promise<Topic[]> {
  if (slugs.length < FEWEST_TOPICS || slugs.length > MOST_TOPICS) {
    throw badInput(
      'topics',
      `"topics" names ${slugs.length}; a relation is one of ${FEWEST_TOPICS} to ${MOST_TOPICS}.`,
    );
  }
  const rows = await Promise.all(slugs.map((slug) => topics.bySlug.load(decodeSlug(slug))));
  const seen = new Set<number>();
  return rows.map((row, place) => {
    const slug = slugs[place] ?? '';
    if (row === null) {
      throw new DatelineError('NOT_FOUND', `There is no topic "${slug}".`, { argument: 'topics', slug });
    }
    if (seen.has(row.id)) throw badInput('topics', `"topics" names "${slug}" twice.`);
    seen.add(row.id);
    return new Topic(row);
  });
}
