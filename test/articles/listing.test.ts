import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { ArticleReads } from '../../src/articles';
import { ANONYMOUS, systemActor } from '../../src/core/actor';
import { keyOf } from '../../src/core/ids';
import type { Page } from '../../src/core/paging';
import type { Database } from '../../src/database';
import { Api } from '../support/api';
import {
  type Archive,
  addToArchive,
  archivePlans,
  at,
  HOUR,
  NOW,
  type PlannedArticle,
  plannedArticles,
  storeArchive,
} from '../support/archive';
import { expectedList, type ModelQuery, modelQueries } from '../support/archive-model';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { criteriaIn } from '../support/model-criteria';

const ACTORS = { PUBLIC: ANONYMOUS, NEWSROOM: systemActor('test') } as const;

interface Connection {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly cursor: string }[];
  readonly totalCount: number;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const FIELDS =
  'nodes { id } edges { cursor } totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const VARIABLES =
  '$filter: ArticleFilter, $order: ArticleOrder!, $first: Int, $after: String, $last: Int, $before: String';
const ARGUMENTS =
  'filter: $filter, orderBy: $order, first: $first, after: $after, last: $last, before: $before';

/** One page of the list that the query describes, through the API. */
async function pageOf(api: Api, { filter, order, parent }: ModelQuery, page: object): Promise<Connection> {
  const variables = {
    filter: withDates(filter),
    order,
    slug: parent && `${parent.facet}-${parent.place}`,
    descendants: parent?.includeDescendants ?? true,
    ...page,
  };
  if (!parent) {
    const source = `query (${VARIABLES}) { articles(${ARGUMENTS}) { ${FIELDS} } }`;
    return (await api.ask<{ articles: Connection }>(source, variables)).articles;
  }
  const source =
    parent.facet === 'author'
      ? `query ($slug: String!, ${VARIABLES}) { subject: author(slug: $slug) { articles(${ARGUMENTS}) { ${FIELDS} } } }`
      : `query ($slug: String!, $descendants: Boolean!, ${VARIABLES}) {
          subject: ${parent.facet}(slug: $slug) { articles(${ARGUMENTS}, includeDescendants: $descendants) { ${FIELDS} } }
        }`;
  return (await api.ask<{ subject: { articles: Connection } }>(source, variables)).subject.articles;
}

function withDates({ publishedFrom, publishedBefore, ...filter }: ModelQuery['filter']) {
  return {
    ...filter,
    ...(publishedFrom === undefined ? {} : { publishedFrom: new Date(publishedFrom) }),
    ...(publishedBefore === undefined ? {} : { publishedBefore: new Date(publishedBefore) }),
  };
}

/** All pages from the start to the end; `between` runs after each. */
async function forward(
  api: Api,
  query: ModelQuery,
  size: number,
  between = async () => {},
): Promise<{ ids: number[]; totals: number[] }> {
  const ids: number[] = [];
  const totals: number[] = [];
  for (let after: string | null = null; ; ) {
    const page = await pageOf(api, query, { first: size, after });
    expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
    ids.push(...keysOf(page));
    totals.push(page.totalCount);
    expect(page.pageInfo.endCursor).toBe(page.edges.at(-1)?.cursor ?? null);
    if (!page.pageInfo.hasNextPage) return { ids, totals };
    expect(page.nodes).toHaveLength(size);
    after = page.pageInfo.endCursor;
    await between();
  }
}

/** All pages from the end to the start, put together in the order of the list. */
async function backward(api: Api, query: ModelQuery, size: number): Promise<number[]> {
  const ids: number[] = [];
  for (let before: string | null = null; ; ) {
    const page = await pageOf(api, query, { last: size, before });
    expect(page.pageInfo.hasNextPage).toBe(before !== null);
    ids.unshift(...keysOf(page));
    expect(page.pageInfo.startCursor).toBe(page.edges[0]?.cursor ?? null);
    if (!page.pageInfo.hasPreviousPage) return ids;
    expect(page.nodes).toHaveLength(size);
    before = page.pageInfo.startCursor;
  }
}

function keysOf({ nodes }: Connection): number[] {
  return nodes.map(({ id }) => keyOf('Article', id) ?? 0);
}

const idsOf = (articles: readonly { id: number }[]) => articles.map(({ id }) => id);

/** A plan with as many queries on it. */
const cases = (queries: number, articles: { min: number; max: number }) =>
  archivePlans(articles).chain((plan) =>
    fc.record({
      plan: fc.constant(plan),
      queries: fc
        .array(modelQueries(plan), { minLength: queries, maxLength: queries })
        // The one that went wrong stands in the failure.
        .map((all) => Object.assign(all, { [fc.toStringMethod]: () => `${all.length} queries` })),
      size: fc.integer({ min: 1, max: 7 }),
    }),
  );

describeEachEngine('lists of articles', (store) => {
  test('page forward and backward through exactly what the model lists, and count it', async () => {
    await fc.assert(
      fc.asyncProperty(cases(12, { min: 20, max: 40 }), async ({ plan, queries, size }) => {
        const db = await store.open();
        const archive = await storeArchive(db, plan);
        for (const query of queries) {
          const api = new Api(db, { actor: ACTORS[query.viewer] });
          const expected = idsOf(expectedList(archive, query));
          const asked = JSON.stringify(query);
          const { ids, totals } = await forward(api, query, size);
          expect({ asked, ids }).toEqual({ asked, ids: expected });
          expect({ asked, totals: new Set(totals) }).toEqual({ asked, totals: new Set([expected.length]) });
          expect({ asked, ids: await backward(api, query, size) }).toEqual({ asked, ids: expected });
        }
      }),
      bounded(8),
    );
  }, 60_000);

  test('neither skip nor repeat what was there while newer and older articles arrive', async () => {
    const arriving = fc.array(plannedArticles, { minLength: 30, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(cases(3, { min: 15, max: 25 }), arriving, async ({ plan, queries, size }, later) => {
        const db = await store.open();
        let archive = await storeArchive(db, plan);
        for (const query of queries) {
          const api = new Api(db, { actor: ACTORS[query.viewer] });
          const before = new Set(idsOf(archive.articles));
          const expected = idsOf(expectedList(archive, query));
          let next = 0;
          const { ids } = await forward(api, query, Math.ceil(size / 2), async () => {
            const article = at(later, next++ % later.length);
            archive = await addToArchive(db, archive, [newer(article), article, older(article)]);
          });
          expect(new Set(ids).size).toBe(ids.length);
          expect(ids.filter((id) => before.has(id))).toEqual(expected);
        }
      }),
      bounded(4),
    );
  }, 60_000);

  test('of many parents, read together, are those of each one', async () => {
    const plans = archivePlans({ min: 30, max: 60 });
    const orders = fc.constantFrom<ModelQuery['order'][]>('NEWEST', 'OLDEST', 'RECENTLY_UPDATED');
    await fc.assert(
      fc.asyncProperty(plans, orders, fc.boolean(), async (plan, order, includeDescendants) => {
        const db = await store.open();
        const archive = await storeArchive(db, plan);
        for (const facet of ['category', 'topic'] as const) {
          const subjects = await firstPages(new Api(db), facet, order, includeDescendants);
          const expected = archive.keys[facet].map((_, place) => {
            const parent = { facet, place, includeDescendants };
            return idsOf(expectedList(archive, { filter: {}, order, parent, viewer: 'PUBLIC' }));
          });
          expect(subjects.map(({ ids }) => ids)).toEqual(expected.map((ids) => ids.slice(0, 3)));
          expect(subjects.map(({ total }) => total)).toEqual(expected.map((ids) => ids.length));
        }
      }),
      bounded(6),
    );
  }, 60_000);
});

/** The first three articles of every category or topic and their number, in the order of the plan. */
async function firstPages(api: Api, facet: 'category' | 'topic', order: string, includeDescendants: boolean) {
  const list = `articles(first: 3, orderBy: $order, includeDescendants: $descendants) { ${FIELDS} }`;
  const counted = 'articleCount(includeDescendants: $descendants)';
  const field =
    facet === 'category'
      ? `all: categories { slug ${counted} ${list} }`
      : `topics(first: 100) { all: nodes { slug ${counted} ${list} } }`;
  type Subjects = { slug: string; articleCount: number; articles: Connection }[];
  const data = await api.ask<{ all?: Subjects; topics?: { all: Subjects } }>(
    `query ($order: ArticleOrder!, $descendants: Boolean!) { ${field} }`,
    { order, descendants: includeDescendants },
  );
  return (data.all ?? data.topics?.all ?? [])
    .toSorted((a, b) => a.slug.localeCompare(b.slug))
    .map(({ articleCount, articles }) => {
      expect(articles.totalCount).toBe(articleCount);
      return { ids: keysOf(articles), total: articleCount };
    });
}

function newer(article: PlannedArticle): PlannedArticle {
  return moved(article, NOW);
}

function older(article: PlannedArticle): PlannedArticle {
  return moved(article, Date.parse('1930-01-01T00:00:00.000Z'));
}

function moved(article: PlannedArticle, to: number): PlannedArticle {
  return { ...article, status: 'PUBLISHED', publishedAt: to, updatedAt: to };
}

/** Straight through the room, without GraphQL: many more queries in the same time. */
describeEachEngine('ArticleReads', (store) => {
  test('lists and counts what the model does, whatever is asked in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(cases(120, { min: 40, max: 80 }), async ({ plan, queries, size }) => {
        const db = await store.open();
        const archive = await storeArchive(db, plan);
        for (const query of queries) {
          const expected = idsOf(expectedList(archive, query));
          const answered = await read(db, archive, query, { direction: 'FORWARD', size, from: null });
          const asked = JSON.stringify(query);
          expect({ asked, ...answered }).toEqual({
            asked,
            ids: expected.slice(0, size),
            more: expected.length > size,
            total: expected.length,
          });
        }
      }),
      bounded(6),
    );
  }, 60_000);

  test('lists by when articles were updated what the model does, of subjects that have too many to sort them', async () => {
    await fc.assert(
      fc.asyncProperty(cases(60, { min: 40, max: 80 }), async ({ plan, queries, size }) => {
        const db = await store.open();
        const archive = await storeArchive(db, plan);
        await db.write(async (tx) => {
          for (const table of ['authors', 'categories', 'topics'])
            await tx.execute(sql`update ${sql.identifier(table)} set coverage = 1000000`);
        });
        for (const asked of queries) {
          const query = { ...asked, order: 'RECENTLY_UPDATED' as const };
          const expected = idsOf(expectedList(archive, query));
          const { ids, total } = await read(db, archive, query, { direction: 'FORWARD', size, from: null });
          expect({ query, ids, total }).toEqual({
            query,
            ids: expected.slice(0, size),
            total: expected.length,
          });
        }
      }),
      bounded(4),
    );
  }, 60_000);
});

describeEachEngine('a list of two facets', (store) => {
  test('is the same whichever of them is the narrower way in', async () => {
    const [article] = fc.sample(plannedArticles, { numRuns: 1, seed: 1 });
    if (!article) throw new Error('No article');
    // Few articles carry topic 0 and category 1, many topic 1 and category 0.
    const carried = [[0, 0], [0, 1], [1, 1], ...Array.from({ length: 6 }, () => [1, 0])];
    const articles = carried.map(([topic = 0, category = 0]) => ({
      ...moved(article, NOW - HOUR),
      ...{ kind: 'ARTICLE' as const, embargoUntil: null, expiresAt: null },
      ...{ topics: [topic], categories: [category] },
    }));
    const db = await store.open();
    const plan = { authors: 4, categories: [null, null], topics: [null, null], articles };
    const archive = await storeArchive(db, plan);
    for (const quantifier of ['all', 'any'] as const) {
      for (const [topic, category] of carried) {
        const select = (slug: string) => ({ [quantifier]: [slug], includeDescendants: true });
        const filter = { topics: select(`topic-${topic}`), categories: select(`category-${category}`) };
        const query: ModelQuery = { filter, order: 'NEWEST', parent: null, viewer: 'PUBLIC' };
        const expected = idsOf(expectedList(archive, query));
        const answered = await read(db, archive, query, { direction: 'FORWARD', size: 100, from: null });
        expect(answered).toEqual({ ids: expected, more: false, total: expected.length });
      }
    }
  });
});

async function read(db: Database, archive: Archive, query: ModelQuery, page: Page) {
  const reads = new ArticleReads(db, ACTORS[query.viewer], NOW);
  const { criteria, within } = await criteriaIn(db, archive, query);
  const slice = await reads.page(criteria, query.order, page, within);
  return { ids: idsOf(slice.rows), more: slice.hasNextPage, total: await reads.total(criteria, within) };
}
