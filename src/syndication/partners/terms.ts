import {
  type ArticleCriteria,
  mayBeGivenTo,
  meets,
  type PastState,
  PUBLISHED_ARTICLES,
  type Recipient,
  type Subject,
  type Subjects,
} from '../../articles';
import type { Instant } from '../../core/clock';
import type { NamedKey, StoredEntitlement } from '../../database';

/** What an entitlement comes to: which articles it names, and what their rights are held against. */
export interface Terms {
  readonly criteria: ArticleCriteria;
  readonly recipient: Recipient;
}

/** Finds who a category or topic of an entitlement is now: itself, or what it became part of; nothing where it is gone. */
export type FindHeirs = (facet: 'category' | 'topic', named: NamedKey) => readonly Subject[];

export function termsOf(
  { categories, topics, languages, territories, textAndDataMining, hostingDays }: StoredEntitlement,
  heirsOf: FindHeirs,
): Terms {
  // What is gone stays: articles from before carried it.
  const any = (facet: 'category' | 'topic', named: readonly NamedKey[]) => ({
    any: named.flatMap((each) => [{ id: each.id, coverage: 0 }, ...heirsOf(facet, each)]),
    includeDescendants: true,
  });
  return {
    criteria: {
      ...PUBLISHED_ARTICLES,
      ...(languages ? { languages } : {}),
      selections: {
        ...(categories ? { category: any('category', categories) } : {}),
        ...(topics ? { topic: any('topic', topics) } : {}),
      },
    },
    recipient: { territories, textAndDataMining, hostingDays },
  };
}

/** Whether who has these terms is given an article that is like this, with these subjects, at an instant. */
export function isGiven(
  { criteria, recipient }: Terms,
  { article }: Pick<PastState, 'article'>,
  subjects: Subjects,
  at: Instant,
): boolean {
  return mayBeGivenTo(recipient, article, at) && meets(criteria, article, subjects, at);
}
