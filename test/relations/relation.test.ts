import fc from 'fast-check';
import { ACTORS } from '../support/actors';
import { Api } from '../support/api';
import { type Archive, at, HOUR, NOW, storeArchive } from '../support/archive';
import { bounded } from '../support/bounded';
import { describeEachEngine } from '../support/engines';
import { modelWindows, relationPlans } from './plans';
import {
  associationOf,
  type Bucket,
  carries,
  connectorsOf,
  inWindow,
  type Mode,
  type Model,
  type ModelWindow,
  published,
  relatedTo,
  storiesOf,
  timelineOf,
} from './relation-model';

const TOPICS = 7;
const RELATION = `query ($topics: [String!]!, $window: DateRange, $descendants: Boolean!, $bucket: TimeBucket!) {
  relation(topics: $topics, window: $window, includeDescendants: $descendants) {
    articleCount storyCount firstSeen lastSeen momentum
    association {
      total each { topic { slug } articleCount } expected lift npmi jaccard logLikelihood significant
      conditional { given { slug } topic { slug } share }
    }
    timeline(bucket: $bucket) { start end count total share baseline z representative { slug } }
    bursts { start end weight peak { slug } }
    connectors(first: 50) { topic { slug } articleCount logLikelihood newInWindow }
    articles(first: 100) { totalCount nodes { slug } }
  }
}`;

interface Answer {
  readonly articleCount: number;
  readonly storyCount: number;
  readonly firstSeen: string | null;
  readonly lastSeen: string | null;
  readonly momentum: number | null;
  readonly association: object;
  readonly timeline: readonly object[];
  readonly bursts: readonly { start: string; end: string; weight: number; peak: { slug: string } | null }[];
  readonly connectors: readonly object[];
  readonly articles: { readonly totalCount: number; readonly nodes: readonly { readonly slug: string }[] };
}

const questions = fc.record({
  places: fc.uniqueArray(fc.nat({ max: TOPICS - 1 }), { minLength: 2, maxLength: 5 }),
  window: modelWindows,
  includeDescendants: fc.boolean(),
  bucket: fc.constantFrom<Bucket[]>('DAY', 'WEEK', 'MONTH', 'YEAR'),
});

const variablesOf = (window: ModelWindow) =>
  window.from === null && window.to === null
    ? null
    : {
        ...(window.from === null ? {} : { from: new Date(window.from).toISOString() }),
        ...(window.to === null ? {} : { to: new Date(window.to).toISOString() }),
      };

/** Numbers as close as sums in another order can be. */
function close(expected: unknown): unknown {
  if (typeof expected === 'number') return expect.closeTo(expected, 8);
  if (Array.isArray(expected)) return expected.map(close);
  if (typeof expected !== 'object' || expected === null) return expected;
  return Object.fromEntries(Object.entries(expected).map(([name, value]) => [name, close(value)]));
}

const dateOf = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());

describeEachEngine('relations between topics', (store) => {
  test('are what the definitions make of the articles that readers see, for everybody', async () => {
    const cases = fc.record({
      plan: relationPlans({ min: 30, max: 70 }),
      asked: fc.array(questions, { minLength: 10, maxLength: 10 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, ({ plan, asked }) =>
        store.using(async (db) => {
          const archive = await storeArchive(db, plan);
          const apis = [new Api(db), new Api(db, { actor: ACTORS.admin })];
          for (const [index, { places, window, includeDescendants, bucket }] of asked.entries()) {
            const topics = places.map((place) => `topic-${place}`);
            const model: Model = { archive, now: NOW, window, includeDescendants };
            const variables = {
              topics,
              window: variablesOf(window),
              descendants: includeDescendants,
              bucket,
            };
            const { relation } = await at(apis, index % 2).ask<{ relation: Answer }>(RELATION, variables);
            expectRelation(relation, model, topics, bucket);
          }
        }),
      ),
      bounded(3),
    );
  }, 60_000);

  test('related topics are what the definitions make of the articles, in every mode', async () => {
    const modes: readonly Mode[] = ['COVERED_WITH', 'ASSOCIATED', 'DISTINCTIVE', 'RISING'];
    const aliases = modes.map(
      (mode) => `${mode}: related(first: 50, mode: ${mode}, window: $window) {
        topic { slug } score articleCount lift npmi logLikelihood
      }`,
    );
    const source = `query ($slug: String!, $window: DateRange) { topic(slug: $slug) { ${aliases.join(' ')} } }`;
    const cases = fc.record({
      plan: relationPlans({ min: 40, max: 80 }),
      windows: fc.array(modelWindows, { minLength: 4, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, ({ plan, windows }) =>
        store.using(async (db) => {
          const archive = await storeArchive(db, plan);
          const api = new Api(db);
          for (const [index, window] of windows.entries()) {
            const slug = `topic-${index}`;
            const variables = { slug, window: variablesOf(window) };
            const { topic } = await api.ask<{ topic: Record<Mode, object[]> }>(source, variables);
            const model: Model = { archive, now: NOW, window, includeDescendants: true };
            for (const mode of modes) {
              const found = { slug, window, mode, related: topic[mode] };
              expect(found).toEqual({ slug, window, mode, related: close(relatedTo(model, slug, mode)) });
            }
          }
        }),
      ),
      bounded(2),
    );
  }, 60_000);

  describe('on a small archive', () => {
    let api: Api;
    let archive: Archive;

    beforeAll(async () => {
      const db = await store.open();
      archive = await storeArchive(db, {
        authors: 1,
        categories: [],
        // Karachi (2) stands below Pakistan (1).
        topics: [null, null, 1, null],
        articles: [
          article([0, 1], NOW - 40 * DAY_OF_HOURS),
          article([0, 2], NOW - 30 * DAY_OF_HOURS),
          article([1, 0, 3], NOW - HOUR),
          article([0], NOW - 2 * HOUR),
          { ...article([0, 1], NOW - HOUR), embargoUntil: NOW + HOUR },
        ],
      });
      api = new Api(db);
    }, 30_000);

    const ask = (topics: string[], fields: string, rest = '') =>
      api.ask<{ relation: Record<string, never> }>(
        `query ($topics: [String!]!) { relation(topics: $topics ${rest}) { ${fields} } }`,
        { topics },
      );

    test('an article about Karachi carries Pakistan, unless descendants are left out', async () => {
      const slugs = ['topic-0', 'topic-1'];
      expect(await ask(slugs, 'articleCount')).toEqual({ relation: { articleCount: 3 } });
      const direct = await ask(slugs, 'articleCount', ', includeDescendants: false');
      expect(direct).toEqual({ relation: { articleCount: 2 } });
    });

    test('pages go forward and backward through the articles, in every order', async () => {
      for (const orderBy of ['NEWEST', 'OLDEST', 'RECENTLY_UPDATED']) {
        const seen: string[] = [];
        const back: string[] = [];
        for (let after: string | null = null; ; ) {
          const page: Page = await pageOf(api, `first: 2, orderBy: ${orderBy}`, { after });
          seen.push(...page.nodes.map(({ slug }) => slug));
          if (!page.pageInfo.hasNextPage) break;
          after = page.pageInfo.endCursor;
        }
        for (let before: string | null = null; ; ) {
          const page: Page = await pageOf(api, `last: 2, orderBy: ${orderBy}`, { before });
          back.unshift(...page.nodes.map(({ slug }) => slug));
          if (!page.pageInfo.hasPreviousPage) break;
          before = page.pageInfo.startCursor;
        }
        const byDate = ['article-2', 'article-1', 'article-0'];
        const expected = orderBy === 'OLDEST' ? byDate.toReversed() : byDate;
        expect({ orderBy, seen, back }).toEqual({ orderBy, seen: expected, back: expected });
      }
    });

    test('an empty relation is zeros and nulls', async () => {
      const fields = `articleCount storyCount firstSeen lastSeen momentum bursts { weight } connectors { articleCount }
        association { total expected lift npmi jaccard logLikelihood significant conditional { share } }
        timeline(bucket: YEAR) { count total share baseline z } articles { totalCount nodes { slug } }`;
      const { relation } = await ask(
        ['topic-0', 'topic-3'],
        fields,
        ', window: { from: "1999-01-01T00:00:00Z", to: "2000-01-01T00:00:00Z" }',
      );
      expect(relation).toEqual({
        ...{
          articleCount: 0,
          storyCount: 0,
          firstSeen: null,
          lastSeen: null,
          momentum: null,
          bursts: [],
          connectors: [],
        },
        association: {
          ...{ total: 0, expected: 0, lift: null, npmi: null, jaccard: null, logLikelihood: null },
          ...{ significant: false, conditional: [{ share: null }, { share: null }] },
        },
        timeline: [{ count: 0, total: 0, share: 0, baseline: null, z: null }],
        articles: { totalCount: 0, nodes: [] },
      });
    });

    test('the id is the same whatever the order of the topics, and another for another window', async () => {
      const id = async (topics: string[], rest = '') => (await ask(topics, 'id', rest)).relation.id;
      const one = await id(['topic-0', 'topic-1']);
      expect(await id(['topic-1', 'topic-0'])).toBe(one);
      expect(await id(['topic-1', 'topic-3'])).not.toBe(one);
      expect(await id(['topic-0', 'topic-1'], ', includeDescendants: false')).not.toBe(one);
      expect(await id(['topic-0', 'topic-1'], ', window: { from: "2026-01-01T00:00:00Z" }')).not.toBe(one);
    });

    test('a window within days is widened to whole ones', async () => {
      const day = new Date(NOW - HOUR).toISOString().slice(0, 10);
      const window = `, window: { from: "${day}T23:00:00Z", to: "${day}T23:30:00Z" }`;
      const { relation } = await ask(
        ['topic-0', 'topic-1'],
        'articleCount timeline(bucket: DAY) { start }',
        window,
      );
      expect(relation).toEqual({ articleCount: 1, timeline: [{ start: `${day}T00:00:00.000Z` }] });
    });

    test.each([
      [['topic-0', 'no-such'], 'NOT_FOUND', '"no-such"'],
      [['topic-0', 'topic-1', 'topic-0'], 'BAD_USER_INPUT', '"topic-0" twice'],
      [['topic-0'], 'BAD_USER_INPUT', 'names 1; a relation is one of 2 to 5'],
      [['a', 'b', 'c', 'd', 'e', 'f'], 'BAD_USER_INPUT', 'names 6; a relation is one of 2 to 5'],
    ])('%j is refused: %s', async (topics, code, message) => {
      const { errors } = await api.execute(
        'query ($topics: [String!]!) { relation(topics: $topics) { id } }',
        {
          topics,
        },
      );
      expect(errors?.[0]?.originalError).toMatchObject({ code, message: expect.stringContaining(message) });
    });

    test.each([
      ['window: { from: "2026-02-02T00:00:00Z", to: "2026-01-01T00:00:00Z" }', 'id', '"window" ends before'],
      ['window: { from: "1000-01-01T00:00:00Z" }', 'id', 'at most 73050'],
      ['window: { to: "9999-12-31T00:00:00Z" }', 'id', 'at most 73050'],
      ['window: { from: "2000-01-01T00:00:00Z" }', 'timeline(bucket: DAY) { count }', 'at most 4000'],
      ['includeDescendants: true', 'connectors(first: 51) { articleCount }', '1 to 50'],
      ['includeDescendants: true', 'bursts(first: 0) { weight }', '1 to 100'],
    ])('%s is refused for %s', async (argument, field, message) => {
      const source = `{ relation(topics: ["topic-0", "topic-1"], ${argument}) { ${field} } }`;
      const { errors } = await api.execute(source);
      expect(errors?.[0]?.originalError).toMatchObject({
        code: 'BAD_USER_INPUT',
        message: expect.stringContaining(message),
      });
    });

    test('what is in the news more than in the year before trends', async () => {
      const source = '{ trendingTopics(window: DAY) { topic { slug } z articleCount } }';
      const { trendingTopics } = await api.ask<{ trendingTopics: object[] }>(source);
      // 2 articles that day, 2 before it; topic-3 never before, the others on all or one of them.
      expect(trendingTopics).toEqual([{ topic: { slug: 'topic-3' }, z: 1, articleCount: 1 }]);
      expect(archive.articles).toHaveLength(5);
    });
  });
});

const DAY_OF_HOURS = 24 * HOUR;

interface Page {
  readonly nodes: readonly { readonly slug: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

async function pageOf(api: Api, given: string, variables: Record<string, unknown>): Promise<Page> {
  const [cursor = ''] = Object.keys(variables);
  const source = `query ($${cursor}: String) {
    relation(topics: ["topic-0", "topic-1"]) {
      articles(${given}, ${cursor}: $${cursor}) {
        nodes { slug } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }
  }`;
  return (await api.ask<{ relation: { articles: Page } }>(source, variables)).relation.articles;
}

function article(topics: number[], publishedAt: number) {
  return {
    ...{
      kind: 'ARTICLE' as const,
      status: 'PUBLISHED' as const,
      language: 'en',
      authors: [],
      categories: [],
    },
    ...{ publishedAt, updatedAt: publishedAt, embargoUntil: null, expiresAt: null, topics },
  };
}

function expectRelation(found: Answer, model: Model, topics: readonly string[], bucket: Bucket): void {
  const carriers = inWindow(model)
    .filter((each) => carries(model, each, topics))
    .sort((a, b) => published(b) - published(a) || b.id - a.id);
  const asked = { topics, window: model.window, descendants: model.includeDescendants };
  const { momentum: _, bursts, ...rest } = found;
  expect({ asked, ...rest }).toEqual({
    asked,
    articleCount: carriers.length,
    storyCount: storiesOf(carriers),
    firstSeen: dateOf(carriers.at(-1)?.publishedAt ?? undefined),
    lastSeen: dateOf(carriers[0]?.publishedAt ?? undefined),
    association: close(associationOf(model, topics)),
    timeline: close(timelineOf(model, topics, bucket)),
    connectors: close(connectorsOf(model, topics, 50)),
    articles: { totalCount: carriers.length, nodes: carriers.map(({ slug }) => ({ slug })) },
  });
  for (const { start, end, weight, peak } of bursts) {
    const inside = carriers.filter(
      (each) => published(each) >= Date.parse(start) && published(each) < Date.parse(end),
    );
    expect(weight).toBeGreaterThan(0);
    expect(inside.map(({ slug }) => slug)).toContain(peak?.slug);
  }
}
