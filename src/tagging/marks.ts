import type { TopicSource } from '../database';
import type { FoundTopic } from './salience';

/** How an article carries a topic. */
export interface Mark {
  readonly topicId: number;
  readonly salience: number;
  readonly mentions: number;
  readonly source: TopicSource;
}

/** What a machine may add to one article: of a list of all countries the first are enough. */
export const MOST_BY_MACHINE = 30;

export interface Tagged {
  /** What the article carries, by whomever. */
  readonly marks: readonly Mark[];
  /** Topics that an editor has taken from the article. */
  readonly removed: ReadonlySet<number>;
  /** What its text names, the most salient first. */
  readonly found: readonly (Omit<FoundTopic, 'ref'> & { readonly topicId: number })[];
  /** The most topics that an article may carry. */
  readonly most: number;
}

/**
 * What an article carries after a machine has read it. What people have given it stays, with its salience and its
 * source; only how often the text names it is counted. What people have taken from it stays away. What a machine
 * gave it before is forgotten. To do it again changes nothing.
 */
export function retagged({ marks, removed, found, most }: Tagged): Mark[] {
  const people = marks.filter(({ source }) => source !== 'MACHINE');
  const given = new Set(people.map(({ topicId }) => topicId));
  const mentions = new Map(found.map((each) => [each.topicId, each.mentions]));
  const room = Math.min(Math.max(most - people.length, 0), MOST_BY_MACHINE);
  const machine = found
    .filter(({ topicId }) => !given.has(topicId) && !removed.has(topicId))
    .slice(0, room)
    .map(({ topicId, salience, mentions: times }) => ({
      ...{ topicId, salience, mentions: times, source: 'MACHINE' as const },
    }));
  return [...people.map((mark) => ({ ...mark, mentions: mentions.get(mark.topicId) ?? 0 })), ...machine];
}
