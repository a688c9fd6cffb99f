import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import fc from 'fast-check';
import { ANONYMOUS } from '../../src/core/actor';
import { silentLog } from '../../src/core/log';
import { ErrorFormatter } from '../../src/graphql/errors';
import { CompilingExecutor } from '../../src/graphql/executor';
import { tinySchema } from './tiny';

type By = 'graphql-jit' | 'graphql-js';
const runs: By[] = [];
const schema = tinySchema();
const { format } = new ErrorFormatter({ log: silentLog, production: false, hints: true });
// A reference is another one each time.
const formatError: typeof format = (formatted, error) => {
  const shaped = format(formatted, error);
  return {
    ...shaped,
    message: shaped.message.replace(/Reference: [\w-]+/, 'Reference: x'),
    extensions: { ...shaped.extensions, reference: 'x' },
  };
};
const plain = new ApolloServer({ schema, formatError, plugins: [ApolloServerPluginCacheControlDisabled()] });
const compiling = new ApolloServer({
  schema,
  formatError,
  plugins: [
    ApolloServerPluginCacheControlDisabled(),
    new CompilingExecutor({ formatError, onRun: (by) => runs.push(by) }).plugin,
  ],
});

async function answer(
  server: ApolloServer,
  query: string,
  variables: Record<string, unknown>,
  operationName?: string,
) {
  const { body, http } = await server.executeOperation({
    query,
    variables,
    ...(operationName && { operationName }),
  });
  if (body.kind !== 'single') throw new Error('Not a single answer');
  return { status: http.status, text: JSON.stringify(body.singleResult), result: body.singleResult };
}

/** Asks both servers three times, and returns who ran the last one. */
async function bothAnswerAlike(
  query: string,
  variables: Record<string, unknown> = {},
  operationName?: string,
): Promise<By | undefined> {
  const expected = await answer(plain, query, variables, operationName);
  for (let time = 1; time <= 3; time++) {
    const { status, result } = await answer(compiling, query, variables, operationName);
    expect({ status, result }).toEqual({ status: expected.status, result: expected.result });
  }
  return runs.at(-1);
}

describe('a query that is seen again is run by graphql-jit, with the same answer', () => {
  test.each<[string, string, Record<string, unknown>?]>([
    ['fields and nesting', '{ articles { id title note author { name articles(first: 1) { id } } } }'],
    ['nulls', '{ holes { id note } article(id: "2") { note } }'],
    ['an interface', '{ node(id: "a1") { __typename id ... on Author { name } ... on Article { title } } }'],
    ['a union', '{ hits { __typename ... on Node { id } ... on Author { name } } }'],
    [
      'fragments and aliases',
      '{ x: article { ...F } y: article(id: 2) { ...F title } } fragment F on Article { id related { id } }',
    ],
    [
      'a custom scalar',
      '{ article { day seen(filter: { topics: { from: "2026-01-02" } }, days: ["2026-01-03"]) } }',
    ],
    ['a variable', 'query ($n: Int!) { articles(first: $n) { id } }', { n: 2 }],
    [
      'a default of a variable',
      'query ($n: Int = 1, $o: Order = OLDEST) { articles(first: $n) { seen(order: $o) } }',
    ],
    ['a default of a non-null variable', 'query ($n: Int! = 1) { articles(first: $n) { id } }'],
    ['a default of a custom scalar', 'query ($d: [Day!] = ["2026-01-01"]) { article { seen(days: $d) } }'],
    [
      'an input object with defaults',
      'query ($f: Filter) { article { seen(filter: $f) } }',
      { f: { topics: { all: 'one' } } },
    ],
    ['a null input object', 'query ($f: Filter) { article { seen(filter: $f) } }', { f: null }],
    ['an absent input object', 'query ($f: Filter) { article { seen(filter: $f) } }'],
    [
      'variables inside literals',
      'query ($s: String!, $d: Day) { article { seen(filter: { topics: { any: [$s, null], from: $d } }) } }',
      { s: 'a', d: '2026-05-06' },
    ],
    [
      'a skipped field',
      'query ($no: Boolean!) { article { id title @skip(if: $no) author @include(if: $no) { name } } }',
      { no: true },
    ],
    [
      'a fragment under two conditions',
      'query ($a: Boolean = false) { x: article { ...F @include(if: $a) } y: article { ...F } } fragment F on Article { id }',
    ],
    ['everything skipped', 'query ($no: Boolean!) { article @skip(if: $no) { id } }', { no: true }],
  ])('%s', async (_name, query, variables = {}) => {
    expect(await bothAnswerAlike(query, variables)).toBe('graphql-jit');
  });

  test('the other value of a condition has its own answer', async () => {
    const query = 'query ($yes: Boolean!) { article { id title @include(if: $yes) } }';
    expect(await bothAnswerAlike(query, { yes: true })).toBe('graphql-jit');
    expect(await bothAnswerAlike(query, { yes: false })).toBe('graphql-jit');
    expect(await bothAnswerAlike(query, { yes: true })).toBe('graphql-jit');
  });

  test('each operation of a document is its own', async () => {
    const query = 'query A { article { id } } query B { article { title } }';
    expect(await bothAnswerAlike(query, {}, 'A')).toBe('graphql-jit');
    expect(await bothAnswerAlike(query, {}, 'B')).toBe('graphql-jit');
  });
});

describe('what graphql-jit would answer differently is left to graphql-js', () => {
  test.each<[string, string, Record<string, unknown>?]>([
    ['a resolver that throws', '{ publicFault }'],
    ['an error in a list', '{ articles { id broken } }'],
    ['an error that nulls its parents', '{ articles { id brokenStrict } article { id } }'],
    ['a null where none may be', '{ article { hole } holes { id hole } }'],
    ['a value that does not serialise', '{ articles { badLeaf } }'],
    ['a fault in a wrapping error', '{ wrappedFault fault }'],
    ['a variable of another type', 'query ($n: Int!) { articles(first: $n) { id } }', { n: 'two' }],
    ['a variable that is missing', 'query ($n: Int!) { articles(first: $n) { id } }'],
    [
      'a variable with an unknown field',
      'query ($f: Filter) { article { seen(filter: $f) } }',
      { f: { nothing: 1 } },
    ],
    [
      'a variable that its scalar refuses',
      'query ($d: [Day!]) { article { seen(days: $d) } }',
      { d: ['someday'] },
    ],
    [
      'an enum value that does not exist',
      'query ($o: Order!) { articles(order: $o) { id } }',
      { o: 'NEWST' },
    ],
    ['null for an argument with a default', 'query ($o: Order) { articles(order: $o) { id } }', { o: null }],
    [
      'null for a condition with a default',
      'query ($c: Boolean = true) { article @include(if: $c) { id } }',
      { c: null },
    ],
    [
      'an absent variable inside a literal',
      'query ($d: Day) { article { seen(filter: { topics: { from: $d } }) } }',
    ],
    ['introspection', '{ __schema { queryType { name } } }'],
  ])('%s', async (_name, query, variables = {}) => {
    expect(await bothAnswerAlike(query, variables)).not.toBe('graphql-jit');
  });

  test('an unknown operation name, several operations without a name, and documents with mistakes', async () => {
    const two = 'query A { article { id } } query B { article { title } }';
    await bothAnswerAlike(two, {}, 'C');
    await bothAnswerAlike(two);
    await bothAnswerAlike('{ article {');
    await bothAnswerAlike('{ artcle { id } }');
    await bothAnswerAlike('');
  });

  test('mutations run once', async () => {
    const before = await answer(compiling, 'mutation { count }', {});
    const after = await answer(compiling, 'mutation { count }', {});
    expect(Number(after.result.data?.count) - Number(before.result.data?.count)).toBe(1);
  });
});

test('a database that is away is not asked a second time for the same request', async () => {
  let asked = 0;
  const counting = tinySchema();
  const field = counting.getQueryType()?.getFields().unavailable;
  const resolve = field?.resolve;
  if (field) {
    field.resolve = (...args) => {
      asked++;
      return resolve?.(...args);
    };
  }
  const server = new ApolloServer({
    schema: counting,
    formatError,
    plugins: [new CompilingExecutor({ formatError }).plugin],
  });
  for (let time = 1; time <= 3; time++) {
    const { result } = await answer(server, '{ unavailable }', {});
    expect(result.errors?.[0]).toMatchObject({
      path: ['unavailable'],
      extensions: { code: 'SERVICE_UNAVAILABLE' },
    });
  }
  expect(asked).toBe(3);
});

const VARIABLES = [
  '$t: Boolean!',
  '$f: Boolean = false',
  '$n: Int! = 2',
  '$i: Int',
  '$o: Order! = OLDEST',
  '$s: String',
  '$ss: [String!]',
  '$filter: Filter',
  '$day: Day = "2026-02-03"',
];

/** The operation with those variables declared that it uses. */
function declared(text: string): string {
  const used = VARIABLES.filter((each) => new RegExp(`\\${each.slice(0, each.indexOf(':'))}\\b`).test(text));
  return `query Q(${used.join(', ')}) ${text}`;
}

const direction = fc.constantFrom(
  '',
  '',
  '',
  ' @include(if: $t)',
  ' @skip(if: $f)',
  ' @skip(if: $t)',
  ' @include(if: false)',
);
const filters = fc.constantFrom(
  '$filter',
  'null',
  '{ topics: { all: $ss } }',
  '{ topics: { any: [$s, "k"] }, limit: $i }',
  '{ order: $o, topics: { from: $day } }',
  '{}',
);
const { article } = fc.letrec<{ article: string; author: string; node: string }>((tie) => {
  const set = (...fields: fc.Arbitrary<string>[]) =>
    fc
      .array(fc.tuple(fc.oneof(...fields), direction), { minLength: 1, maxLength: 4 })
      .map(
        (selections) =>
          `{ ${selections.map(([text, condition]) => text.replace('%', condition)).join(' ')} }`,
      );
  const nested = (text: string, inner: fc.Arbitrary<string>) =>
    inner.map((selection) => `${text}% ${selection}`);
  const leaf = fc.constantFrom('id%', '__typename%', 'x: id%', '...F%');
  return {
    article: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      set(leaf, fc.constantFrom('title%', 'note%', '...G%')),
      set(
        leaf,
        filters.map((filter) => `s${filter.length}: seen(filter: ${filter}, order: $o)%`),
        nested('author', tie('author')),
        nested('related(first: $n)', tie('node')),
        nested('... on Article', tie('article')),
      ),
    ),
    author: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      set(leaf, fc.constant('name%')),
      set(leaf, nested('articles(first: $i)', tie('article'))),
    ),
    node: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      set(leaf),
      set(leaf, nested('... on Article', tie('article')), nested('... on Author', tie('author'))),
    ),
  };
});
const documents = fc
  .tuple(article, article, direction)
  .map(([first, second, condition]) =>
    declared(
      `{ articles(first: $n)${condition} ${first} article ${second} hits { ... on Article ${first} ...F } } ` +
        'fragment F on Node { id __typename @skip(if: $f) ...G @include(if: $t) } ' +
        'fragment G on Article { g: title author { name @include(if: $t) ... on Node { id } } }',
    ),
  );
const values = fc.record(
  {
    t: fc.boolean(),
    f: fc.boolean(),
    n: fc.nat(3),
    i: fc.option(fc.nat(3)),
    o: fc.constantFrom('NEWEST', 'OLDEST'),
    s: fc.option(fc.constant('s')),
    ss: fc.option(fc.constantFrom<(string | string[])[]>('one', ['a', 'b'])),
    filter: fc.option(
      fc.constantFrom<object[]>({}, { topics: {} }, { limit: null, topics: { any: [null] } }),
    ),
    day: fc.constant('2026-04-05'),
  },
  { requiredKeys: ['t'] },
);

test('random queries are answered alike', async () => {
  let compiled = 0;
  let answered = 0;
  await fc.assert(
    fc.asyncProperty(documents, values, async (query, variables) => {
      const expected = await answer(plain, query, variables, 'Q');
      await answer(compiling, query, variables, 'Q');
      const actual = await answer(compiling, query, variables, 'Q');
      if (runs.at(-1) === 'graphql-jit') compiled++;
      expect(actual.text).toBe(expected.text);
      if (expected.result.data) answered++;
    }),
    { numRuns: 400 },
  );
  expect(answered).toBeGreaterThan(300);
  expect(compiled).toBeGreaterThan(150);
});

test('operations of one name are told apart by their texts, whichever was asked for last', async () => {
  const executor = new CompilingExecutor({ formatError });
  const server = new ApolloServer({
    ...{ schema, formatError },
    plugins: [ApolloServerPluginCacheControlDisabled(), executor.plugin],
  });
  const queries = ['query Q { article { id } }', 'query Q { article { title } }'];
  const expected = await Promise.all(queries.map((query) => answer(plain, query, {}, 'Q')));
  for (const query of [...queries, ...queries, ...queries]) await answer(server, query, {}, 'Q');
  for (const [place, query] of [...queries.entries(), ...queries.entries()]) {
    const found = await executor.answer({ query, operationName: 'Q' }, ANONYMOUS, () => ({}));
    expect(typeof found === 'object' && found?.body).toEqual(expected[place]?.result);
  }
  expect(
    await executor.answer({ query: 'query Q { holes { id } }', operationName: 'Q' }, ANONYMOUS, () => ({})),
  ).toBeNull();
});
