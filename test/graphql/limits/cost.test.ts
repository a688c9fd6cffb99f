import fc from 'fast-check';
import {
  getNamedType,
  getOperationAST,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql';
import { datelineSchema } from '../../../src/app';
import { FIELD_COSTS } from '../../../src/app.costs';
import { loadConfig } from '../../../src/config';
import { type Coerced, compileCost } from '../../../src/graphql/limits/cost';
import { fragmentsOf } from '../../../src/graphql/limits/shape';
import { OPERATIONS, SUBSCRIPTIONS } from '../../support/operations';

const schema = datelineSchema();
const { cost: budgets } = loadConfig({ environment: {}, directory: '/nowhere', terminal: false }).limits;

function costOf(source: string, variables: Coerced = {}): number {
  const document = parse(source);
  const operation = getOperationAST(document, null);
  if (!operation) throw new Error('The document has no operation');
  return compileCost(schema, operation, fragmentsOf(document), FIELD_COSTS)(variables);
}

const page = (field: string, first: number | string, inside: string) =>
  `${field}(first: ${first}) { nodes { ${inside} } }`;
/** Pages of `size` inside of each other. */
const nested = (size: number, depth: number) =>
  `{ ${page(
    'authors',
    size,
    Array(depth - 1)
      .fill(0)
      .reduceRight((inside: string) => page('articles', size, `authors { ${inside} }`), 'id'),
  )} }`;

describe('the cost of an operation', () => {
  test.each<[string, number, string, Coerced?]>([
    ['one object', 1, '{ article(slug: "a") { id title } }'],
    ['a page', 20, '{ articles(first: 20) { nodes { id } } }'],
    [
      'a page by its edges',
      20,
      '{ articles(first: 20) { edges { cursor node { id } } pageInfo { endCursor } } }',
    ],
    ['a page of the usual size', 20, '{ articles { nodes { id } } }'],
    ['a page from the end', 7, '{ articles(last: 7) { nodes { id } } }'],
    ['a page beyond the largest', 100, '{ articles(first: 1000000000) { nodes { id } } }'],
    ['a page of less than nothing', 1, '{ articles(first: -5) { nodes { id } } }'],
    ['a page of a variable size', 9, 'query ($n: Int) { articles(first: $n) { nodes { id } } }', { n: 9 }],
    [
      'a page of a variable that is absent',
      20,
      'query ($n: Int) { articles(first: $n) { nodes { id } } }',
      {},
    ],
    [
      'a page of a variable that is null',
      20,
      'query ($n: Int) { articles(first: $n) { nodes { id } } }',
      { n: null },
    ],
    ['a list with a size of its own', 20 * (1 + 2), '{ articles { nodes { authors { id } } } }'],
    ['an argument with a default', 1 + 5 * 5, '{ article(slug: "a") { related { score } } }'],
    ['as many as are named', 3, '{ nodes(ids: ["a", "b", "c"]) { id } }'],
    [
      'as many as a variable names',
      2,
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids: ['a', 'b'] },
    ],
    ['a count of a list', 5, '{ articles { totalCount } }'],
    [
      'a page in a page',
      10 + 10 * 5 + 10 * 5 * 2,
      `{ ${page('articles', 10, page('comments', 5, page('replies', 2, 'id')))} }`,
    ],
    [
      'a fragment, wherever it is spread',
      30 + 10,
      `{ a: articles(first: 30) { ...C } b: articles(first: 10) { ...C } } fragment C on ArticleConnection { nodes { id } }`,
    ],
    [
      'what is left out',
      0,
      'query ($no: Boolean!) { articles @include(if: $no) { nodes { id } } }',
      { no: false },
    ],
    [
      'what is not left out',
      20,
      'query ($no: Boolean!) { articles @skip(if: $no) { nodes { id } } }',
      { no: false },
    ],
    ['a change', 10 + 1, 'mutation { deleteComment(input: { id: "a" }) { comment { id } } }'],
    ['a description of the schema', 0, '{ __schema { types { name fields { name } } } }'],
  ])('%s', (_name, cost, source, variables = {}) => {
    expect(costOf(source, variables)).toBe(cost);
  });

  test('never falls when a page grows', () => {
    const source = `query ($a: Int!, $b: Int!) { ${page('articles', '$a', `title ${page('comments', '$b', 'id body { html }')} authors { name }`)} }`;
    const size = fc.integer({ min: 1, max: 100 });
    fc.assert(
      fc.property(size, size, size, (a, b, more) => {
        const cost = costOf(source, { a, b });
        expect(costOf(source, { a: a + more, b })).toBeGreaterThanOrEqual(cost);
        expect(costOf(source, { a, b: b + more })).toBeGreaterThanOrEqual(cost);
      }),
    );
  });
});

describe('the budgets', () => {
  const most = [...OPERATIONS, ...SUBSCRIPTIONS].map(([name, source]): [string, number] => [
    name,
    costOf(source, { first: 100, topics: ['a', 'b', 'c', 'd', 'e'] }),
  ]);

  test.each(most)('have room for the largest page of %s', (_name, cost) => {
    expect(cost * 1.25).toBeLessThan(budgets.anonymous);
  });

  test('are beyond what four pages of twenty inside of each other cost, whoever asks', () => {
    expect(costOf(nested(20, 4))).toBeGreaterThan(Math.max(...Object.values(budgets)));
  });

  test('rise with who is known', () => {
    const { anonymous, reader, partner, newsroom } = budgets;
    expect([newsroom, partner, reader, anonymous]).toEqual(
      [anonymous, reader, partner, newsroom].sort((a, b) => b - a),
    );
  });
});

/** Whether a field answers with several objects, and has no argument that says how many. */
const isUnsized = (field: ReturnType<ReturnType<typeof typesOf>[number]['getFields']>[string]) =>
  isListType(isNonNullType(field.type) ? field.type.ofType : field.type) &&
  !isLeafType(getNamedType(field.type)) &&
  !field.args.some(({ name }) => ['first', 'last', 'ids'].includes(name));
const typesOf = () =>
  Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type))
    .filter(({ name }) => !/^__|Connection$/.test(name));

test('every list that no argument sizes has a size, and nothing else has a cost that is not there', () => {
  const fields = typesOf().flatMap((type) =>
    Object.values(type.getFields()).map((field) => ({ name: `${type.name}.${field.name}`, field })),
  );
  const unsized = fields.filter(({ field }) => isUnsized(field) && field.name !== 'userErrors');
  expect(unsized.map(({ name }) => name).filter((name) => FIELD_COSTS[name]?.size === undefined)).toEqual([]);
  const names = new Set([...fields.map(({ name }) => name), 'SearchConnection.facets']);
  expect(Object.keys(FIELD_COSTS).filter((name) => !names.has(name))).toEqual([]);
});
