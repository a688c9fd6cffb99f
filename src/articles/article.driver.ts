import type { Satisfied } from './article.conditions';
import { type ArticleQuery, FACETS, type Facet, type Subject } from './article.query';

/**
 * The way into a list: the index that it is read through. Everything else that the list asks for is checked
 * article by article on that way, so the narrowest way is the fastest.
 */
export type Driver =
  /** All articles in the order of the list. */
  | { readonly kind: 'articles'; readonly satisfies: null }
  /** The articles of some languages, each in the order of the list, merged. */
  | { readonly kind: 'languages'; readonly satisfies: 'languages'; readonly keys: readonly string[] }
  /** The listings of some subjects, merged. */
  | {
      readonly kind: 'subjects';
      readonly facet: Facet;
      readonly includeDescendants: boolean;
      readonly satisfies: Satisfied;
      readonly keys: readonly number[];
    }
  /** The listings of the parents that the list is asked for, side by side (or, of what no listing holds, all articles). */
  | {
      readonly kind: 'parents';
      readonly facet: Facet;
      readonly includeDescendants: boolean;
      readonly satisfies: null;
    };

const ALL: Driver = { kind: 'articles', satisfies: null };

/**
 * Articles that are sorted rather than gone through in order: listings are in the order of publication, and by another one
 * all that subjects have must be read before the first is known. Where they have more than these, enough are soon met
 * among all articles in their order.
 */
const MOST_SORTED = 20_000;

/** The way into the query's list that promises to meet the fewest articles. */
export function driverOf(query: ArticleQuery): Driver {
  const { criteria, within } = query;
  if (within) {
    const { facet, includeDescendants } = within;
    return { kind: 'parents', facet, includeDescendants, satisfies: null };
  }
  if (!isListed(query)) return ALL;
  const ways = FACETS.flatMap((facet) => waysThrough(query, facet));
  const narrowest = ways.reduce((best, way) => (way.cost < best.cost ? way : best), {
    cost: Infinity,
    driver: ALL,
  });
  const sorted = 'order' in query && query.order === 'RECENTLY_UPDATED';
  if (narrowest.cost < (sorted ? MOST_SORTED : Infinity)) return narrowest.driver;
  return criteria.languages ? { kind: 'languages', satisfies: 'languages', keys: criteria.languages } : ALL;
}

/** Whether listings hold everything that the query can find: they hold published articles proper. */
export function isListed({ criteria }: ArticleQuery): boolean {
  return criteria.kind === 'ARTICLE' && criteria.statuses.every((status) => status === 'PUBLISHED');
}

function waysThrough({ criteria }: ArticleQuery, facet: Facet): { cost: number; driver: Driver }[] {
  const selection = criteria.selections[facet];
  if (!selection) return [];
  const { includeDescendants } = selection;
  const way = (subjects: readonly (Subject | null)[], satisfies: Satisfied) => ({
    cost: subjects.reduce((sum, subject) => sum + (subject?.coverage ?? 0), 0),
    driver: {
      kind: 'subjects' as const,
      facet,
      includeDescendants,
      satisfies,
      keys: [...new Set(subjects.flatMap((subject) => (subject ? [subject.id] : [])))],
    },
  });
  return [
    // Each of `all` is a way in; that the others are there too remains to be checked.
    ...(selection.all ?? []).map((subject) => way([subject], null)),
    ...(selection.any ? [way(selection.any, `${facet}.any`)] : []),
  ];
}
