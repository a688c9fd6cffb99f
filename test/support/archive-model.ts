/**
 * What the lists of an archive must hold, worked out article by article from the plan. It shares no code with
 * the server, and is as plain as can be: it is what the server is measured by.
 */
import fc from 'fast-check';
import type { ArticleStatus } from '../../src/database';
import { type Archive, HOUR, LANGUAGES, NOW, type PlannedTree, type StoredArticle } from './archive';

export type Facet = 'author' | 'category' | 'topic';
export type Order = 'NEWEST' | 'OLDEST' | 'RECENTLY_UPDATED';
export type Viewer = 'PUBLIC' | 'NEWSROOM';

/** `ArticleFilter` of the schema. */
export interface ModelFilter {
  readonly topics?: ModelSelection;
  readonly categories?: ModelSelection;
  readonly authors?: string[];
  readonly languages?: string[];
  readonly publishedFrom?: number;
  readonly publishedBefore?: number;
  readonly status?: ArticleStatus[];
  readonly kind?: 'ARTICLE' | 'PAGE';
}

interface ModelSelection {
  readonly all?: string[];
  readonly any?: string[];
  readonly none?: string[];
  readonly includeDescendants: boolean;
}

export interface ModelParent {
  readonly facet: Facet;
  readonly place: number;
  readonly includeDescendants: boolean;
}

export interface ModelQuery {
  readonly filter: ModelFilter;
  readonly order: Order;
  readonly parent: ModelParent | null;
  readonly viewer: Viewer;
}

/** The whole list in its order. */
export function expectedList(archive: Archive, query: ModelQuery, now = NOW): StoredArticle[] {
  return archive.articles
    .filter((article) => isVisible(article, query.viewer, now))
    .filter((article) => passes(archive, article, query))
    .sort(comparing(query.order));
}

export function isVisible(article: StoredArticle, viewer: Viewer, now: number): boolean {
  if (viewer === 'NEWSROOM') return true;
  if (article.status !== 'PUBLISHED') return false;
  if (article.embargoUntil !== null && now < article.embargoUntil) return false;
  return article.expiresAt === null || now < article.expiresAt;
}

function passes(archive: Archive, article: StoredArticle, { filter, parent, viewer }: ModelQuery): boolean {
  const carried = (facet: Facet, descendants: boolean) => carriedBy(archive, article, facet, descendants);
  if (article.kind !== (filter.kind ?? 'ARTICLE')) return false;
  const statuses = filter.status ?? ['PUBLISHED'];
  if (!statuses.includes(article.status)) return false;
  if (viewer === 'PUBLIC' && article.status !== 'PUBLISHED') return false;
  if (filter.languages && !filter.languages.includes(article.language)) return false;
  const { publishedAt } = article;
  if (filter.publishedFrom !== undefined && (publishedAt === null || publishedAt < filter.publishedFrom))
    return false;
  if (filter.publishedBefore !== undefined && (publishedAt === null || publishedAt >= filter.publishedBefore))
    return false;
  if (filter.authors && !meets({ any: filter.authors }, carried('author', true))) return false;
  for (const [facet, selection] of [
    ['topic', filter.topics],
    ['category', filter.categories],
  ] as const) {
    if (selection && !meets(selection, carried(facet, selection.includeDescendants))) return false;
  }
  return (
    parent === null || carried(parent.facet, parent.includeDescendants).has(`${parent.facet}-${parent.place}`)
  );
}

function meets(
  { all, any, none }: Omit<ModelSelection, 'includeDescendants'>,
  carried: Set<string>,
): boolean {
  if (all && !all.every((slug) => carried.has(slug))) return false;
  if (any && !any.some((slug) => carried.has(slug))) return false;
  return !none?.some((slug) => carried.has(slug));
}

/** Slugs of what the article carries; with descendants, also of what stands above that. */
export function carriedBy(archive: Archive, article: StoredArticle, facet: Facet, descendants: boolean) {
  const { plan } = archive;
  if (facet === 'author') return new Set(article.authors.map((place) => `author-${place}`));
  const tree: PlannedTree = facet === 'category' ? plan.categories : plan.topics;
  const carried = new Set<number>();
  for (const place of facet === 'category' ? article.categories : article.topics) {
    carried.add(place);
    for (let above = tree[place]; descendants && above != null; above = tree[above]) carried.add(above);
  }
  return new Set([...carried].map((place) => `${facet}-${place}`));
}

function comparing(order: Order): (a: StoredArticle, b: StoredArticle) => number {
  if (order === 'RECENTLY_UPDATED') return (a, b) => b.updatedAt - a.updatedAt || b.id - a.id;
  const up = order === 'OLDEST' ? 1 : -1;
  return (a, b) => {
    if (a.publishedAt === null && b.publishedAt === null) return up * (a.id - b.id);
    if (a.publishedAt === null) return 1;
    if (b.publishedAt === null) return -1;
    return up * (a.publishedAt - b.publishedAt || a.id - b.id);
  };
}

const slugs = (facet: Facet, count: number) =>
  // One beyond the end: a slug that nobody has.
  fc.array(
    fc.nat({ max: count }).map((place) => `${facet}-${place}`),
    { maxLength: 3 },
  );

const selections = (facet: Facet, count: number): fc.Arbitrary<ModelSelection> =>
  fc.record(
    {
      all: slugs(facet, count),
      any: slugs(facet, count),
      none: slugs(facet, count),
      includeDescendants: fc.boolean(),
    },
    { requiredKeys: ['includeDescendants'] },
  );

const bounds = fc.constantFrom(0, NOW - 3 * HOUR, NOW - 2 * HOUR, NOW - HOUR, NOW - HOUR + 1);
const statuses = fc.uniqueArray(
  fc.constantFrom<ArticleStatus[]>('DRAFT', 'SCHEDULED', 'PUBLISHED', 'WITHDRAWN'),
);
const maybe = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });

export function modelFilters(archive: Archive['plan']): fc.Arbitrary<ModelFilter> {
  return fc
    .record({
      topics: maybe(selections('topic', archive.topics.length)),
      categories: maybe(selections('category', archive.categories.length)),
      authors: maybe(slugs('author', archive.authors)),
      languages: maybe(fc.array(fc.constantFrom(...LANGUAGES, 'ps'), { maxLength: 3 })),
      publishedFrom: maybe(bounds),
      publishedBefore: maybe(bounds),
      status: maybe(statuses),
      kind: maybe(fc.constantFrom<('ARTICLE' | 'PAGE')[]>('ARTICLE', 'PAGE')),
    })
    .map(withoutUndefined);
}

export function modelQueries(plan: Archive['plan']): fc.Arbitrary<ModelQuery> {
  const count = { author: plan.authors, category: plan.categories.length, topic: plan.topics.length };
  const parents = fc.constantFrom<Facet[]>('author', 'category', 'topic').chain((facet) =>
    fc.record({
      facet: fc.constant(facet),
      place: fc.nat({ max: count[facet] - 1 }),
      includeDescendants: facet === 'author' ? fc.constant(true) : fc.boolean(),
    }),
  );
  return fc.record({
    filter: modelFilters(plan),
    order: fc.constantFrom<Order[]>('NEWEST', 'OLDEST', 'RECENTLY_UPDATED'),
    parent: fc.option(parents, { freq: 2 }),
    viewer: fc.constantFrom<Viewer[]>('PUBLIC', 'NEWSROOM'),
  });
}

function withoutUndefined(filter: { [K in keyof ModelFilter]: ModelFilter[K] | undefined }): ModelFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined));
}
