import type { Instant } from '../core/clock';
import type { ListOrder, Page } from '../core/paging';
import type { ArticleKind, ArticleStatus } from '../database';
import type { ArticleColumn } from './article.columns';
import type { Audience } from './article.visibility';

/** The orders that a list of articles can be in. Articles without a publication date come last. */
export const ARTICLE_ORDERS = {
  NEWEST: { name: 'NEWEST', sort: 'number' },
  OLDEST: { name: 'OLDEST', sort: 'number' },
  RECENTLY_UPDATED: { name: 'RECENTLY_UPDATED', sort: 'number' },
} as const satisfies Record<string, ListOrder>;

export type ArticleOrder = keyof typeof ARTICLE_ORDERS;

/** What articles are listed under. */
export const FACETS = ['author', 'category', 'topic'] as const;
export type Facet = (typeof FACETS)[number];

/** An author, a category or a topic, with how many articles are listed under it, roughly. */
export interface Subject {
  readonly id: number;
  readonly coverage: number;
}

/**
 * Articles that carry all, at least one, or none of the subjects. An absent list asks nothing; an empty `any`
 * matches nothing, and so does a null, which stands for a subject that does not exist.
 */
export interface Selection {
  readonly all?: readonly (Subject | null)[];
  readonly any?: readonly Subject[];
  readonly none?: readonly Subject[];
  /** Whether an article about Karachi carries Pakistan. */
  readonly includeDescendants: boolean;
}

/** An `ArticleFilter` of the contract with its slugs resolved. */
export interface ArticleCriteria {
  readonly kind: ArticleKind;
  readonly statuses: readonly ArticleStatus[];
  readonly languages?: readonly string[];
  /** Inclusive. */
  readonly publishedFrom?: Instant;
  /** Exclusive. */
  readonly publishedBefore?: Instant;
  readonly selections: Readonly<Partial<Record<Facet, Selection>>>;
}

export const PUBLISHED_ARTICLES: ArticleCriteria = {
  kind: 'ARTICLE',
  statuses: ['PUBLISHED'],
  selections: {},
};

/** A list of articles for one viewer at one instant. */
export interface ArticleQuery {
  readonly audience: Audience;
  readonly now: Instant;
  readonly criteria: ArticleCriteria;
  /** The kind of subject whose list is asked for: of `Category.articles` and its like. */
  readonly within?: { readonly facet: Facet; readonly includeDescendants: boolean } | undefined;
}

export interface ArticlePageQuery extends ArticleQuery {
  readonly order: ArticleOrder;
  readonly page: Page;
  /** What is read of each article; everything when absent. */
  readonly columns?: readonly ArticleColumn[] | undefined;
}
