import { parse, specifiedRules, validate } from 'graphql';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';
import { sampleNewsroom } from '../../src/sample';
import { loadSample } from '../../src/sample/load';
import { Api, schema, type Variables } from '../support/api';
import { describeEachEngine } from '../support/engines';
import { OPERATIONS, operation, SUBSCRIPTIONS } from '../support/operations';

/** When everything in the sample that will ever be published is, and nothing has expired but what shall. */
const READING_TIME = Date.parse('2026-11-01T00:00:00.000Z');

const { articles, categories, topics } = sampleNewsroom;
const slugs = (items: readonly { slug: string }[]) => items.map(({ slug }) => slug);

/** What each operation is asked with: every page that the sample has. */
const VARIABLES: Readonly<Record<string, readonly Variables[]>> = {
  ArticlePage: [...slugs(articles), 'nobody-wrote-this'].map((slug) => ({ slug })),
  CategoryPage: [...slugs(categories), 'no-such'].flatMap((slug) => [{ slug }, { slug, first: 1 }]),
  CommentsPage: slugs(articles).flatMap((slug) => [{ slug }, { slug, first: 1 }]),
  Dashboard: [{}],
  FrontPage: [{}, { first: 1 }, { first: 100 }],
  PartnerList: [
    {},
    { first: 100, filter: { languages: ['en', 'ur'] } },
    ...slugs(topics).map((slug) => ({ filter: { topics: { any: [slug] } } })),
    {
      filter: { topics: { all: ['pakistan', 'afghanistan'] }, categories: { none: [slugs(categories)[0]] } },
    },
  ],
  Relation: [
    {},
    { window: { from: '2026-03-01T00:00:00Z', to: '2026-09-01T00:00:00Z' }, bucket: 'WEEK' },
    { topics: ['afghanistan', 'pakistan', 'iran'], first: 3 },
    { topics: slugs(topics).slice(0, 5), language: 'fa' },
  ].map((variables) => ({ topics: ['afghanistan', 'pakistan'], ...variables })),
  Resolve: [
    ...articles.map(({ kind, slug }) => ({ path: kind === 'PAGE' ? `/${slug}` : `/articles/${slug}` })),
    ...slugs(categories).map((slug) => ({ path: `/category/${slug}` })),
    ...slugs(topics).map((slug) => ({ path: encodeURI(`/tag/${slug}`) })),
    { path: '/nowhere' },
  ],
  Search: ['torkham', 'پاکستان', 'trade "border" -cricket', 'افغان*', 'nothing-of-the-kind'].flatMap(
    (query) => [
      { query, first: 100 },
      { query, filter: { languages: ['en'] } },
    ],
  ),
  TopicPage: slugs(topics).flatMap((slug) => [{ slug }, { slug, language: 'fa', first: 2 }]),
};

async function sample(database: Database): Promise<Api> {
  const clock = heldClock(READING_TIME);
  await loadSample(database, new SecretBox('x'.repeat(32)), clock);
  return new Api(database, { clock });
}

/** Every answer to an operation on the first engine, for the second to be compared with. */
const answers = new Map<string, unknown[]>();

describe('the operations that clients send', () => {
  test('are all asked here', () => {
    expect(Object.keys(VARIABLES).sort()).toEqual([...OPERATIONS.keys()]);
  });

  test.each([...OPERATIONS.keys(), ...SUBSCRIPTIONS.keys()])(
    '%s fits the schema, and is named like its file',
    (name) => {
      const document = parse(operation(name));
      expect(validate(schema, document, specifiedRules)).toEqual([]);
      expect(document.definitions).toMatchObject([{ name: { value: name } }]);
    },
  );
});

describeEachEngine('on the sample newsroom', (store) => {
  let api: Api;

  beforeAll(async () => {
    api = await sample(await store.open());
  }, 30_000);

  test.each(Object.keys(VARIABLES))(
    '%s is answered without errors, alike on both engines',
    async (name) => {
      const answered: unknown[] = [];
      for (const variables of VARIABLES[name] ?? []) {
        const { data, errors } = await api.execute(operation(name), variables);
        expect({ variables, errors }).toEqual({ variables, errors: undefined });
        answered.push({ variables, data });
      }
      expect(answered.length).toBeGreaterThan(0);
      const elsewhere = answers.get(name);
      answers.set(name, answered);
      if (elsewhere) expect(answered).toEqual(elsewhere);
    },
    30_000,
  );

  test('the front page has the newest articles, with everything about them', async () => {
    type FrontPage = { articles: { nodes: { title: string; publishedAt: string; authors: object[] }[] } };
    const { articles: page } = await api.ask<FrontPage>(operation('FrontPage'), { first: 100 });
    const published = articles.filter(({ kind, status }) => kind !== 'PAGE' && status === 'PUBLISHED');
    expect(page.nodes.length).toBeGreaterThan(published.length / 2);
    const dates = page.nodes.map(({ publishedAt }) => publishedAt);
    expect(dates).toEqual(dates.toSorted().reverse());
    expect(page.nodes.every(({ authors }) => authors.length > 0)).toBe(true);
  });
});
