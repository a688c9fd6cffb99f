/** What is sent of values as they are, and what has to be worked out. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  buildSchema,
  execute,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isSpecifiedScalarType,
  parse,
} from 'graphql';
import { heldClock } from '../../src/core/clock';
import { SecretBox } from '../../src/core/sealed';
import { leavesCheck } from '../../src/graphql/executor.leaves';
import { loadSample } from '../../src/sample/load';
import { ACTORS } from '../support/actors';
import { Api, schema } from '../support/api';
import { describeEngine } from '../support/engines';
import { OPERATIONS } from '../support/operations';

const SCHEMA = buildSchema(`
  scalar Day
  enum Kind { NEWS OPINION }
  interface Named { name: String }
  type Thing implements Named {
    name: String
    id: ID!
    count: Int
    share: Float
    shown: Boolean
    kind: Kind
    day: Day
    counts: [Int!]
    below: Thing
    all: [Thing!]!
  }
  type Query { thing: Thing named: Named things: [Thing] }
`);

const value = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>('a', 'NEWS', 'OPINION', '7', '', null, true, false) },
  fc.integer({ min: -3, max: 3 }),
  fc.constantFrom<unknown>(
    1.5,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2_147_483_648,
    -2_147_483_648,
    1e300,
  ),
);
const likely = (...right: readonly unknown[]) =>
  fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...right) }, value);

const { thing } = fc.letrec<{ thing: object }>((tie) => ({
  thing: fc.record({
    name: likely('a', '', null),
    id: likely('x'),
    count: likely(0, -5, null),
    share: likely(0, 0.5, null),
    shown: likely(true, false, null),
    kind: likely('NEWS', null),
    day: fc.constant('2026-11-30'),
    counts: fc.oneof(fc.constant(null), fc.array(likely(1, 2), { maxLength: 2 })),
    below: fc.option(tie('thing'), { maxDepth: 1 }),
    all: fc.constant([]),
  }),
}));

const QUERY = `
  { thing { ...F below { kind n: name ... on Named { name } } all { id } } things { counts ...F } }
  fragment F on Thing { id count share shown kind day ... on Thing { name } counts __typename }`;

test('an answer is sent as it is if, and only if, graphql-js would send it so', async () => {
  const document = parse(QUERY);
  const holds = leavesCheck(SCHEMA, document);
  const found = { true: 0, false: 0 };
  const roots = fc.record({ thing: fc.option(thing), things: fc.array(fc.option(thing), { maxLength: 2 }) });
  await fc.assert(
    fc.asyncProperty(roots, async (rootValue) => {
      const asGiven = shaped(rootValue);
      const { data, errors } = await execute({ schema: SCHEMA, document, rootValue });
      const same = errors === undefined && JSON.stringify(data) === JSON.stringify(asGiven);
      expect(holds?.(asGiven)).toBe(same);
      found[`${same}`]++;
    }),
    { numRuns: 1_000 },
  );
  expect(Math.min(found.true, found.false)).toBeGreaterThan(100);
});

type Thing = Readonly<Record<string, unknown>> & { readonly below?: Thing | null };
interface Root {
  readonly thing: object | null;
  readonly things: readonly (object | null)[];
}

/** What an executor makes of the root that passes everything on. */
function shaped({ thing: one, things }: Root): object {
  const common = ({ id, count, share, shown, kind, day, name, counts }: Thing) => ({
    ...{ id, count, share, shown, kind, day, name, counts },
    __typename: 'Thing',
  });
  const top = (each: Thing) => ({
    ...common(each),
    below: each.below ? { kind: each.below.kind, n: each.below.name, name: each.below.name } : null,
    all: [],
  });
  const item = (each: Thing) => {
    const { counts, ...others } = common(each);
    return { counts, ...others };
  };
  return { thing: one && top({ ...one }), things: things.map((each) => each && item({ ...each })) };
}

test('what the document does not tell the type of is left to be serialised', () => {
  expect(leavesCheck(SCHEMA, parse('{ named { name } }'))).toBeNull();
  expect(leavesCheck(SCHEMA, parse('{ thing { name } }'))?.({ thing: { name: 'a' } })).toBe(true);
  const apart = buildSchema('enum Kind { NEWS } type Query { kind: Kind name: String }');
  const kind = apart.getType('Kind');
  const [news] = isEnumType(kind) ? kind.getValues() : [];
  expect(leavesCheck(apart, parse('{ kind }'))).not.toBeNull();
  if (news) news.value = 1;
  expect(leavesCheck(apart, parse('{ kind }'))).toBeNull();
  expect(leavesCheck(apart, parse('{ name }'))).not.toBeNull();
});

function variablesOf(operation: string): Record<string, unknown> {
  const file = join(__dirname, '..', '..', 'schema', 'operations', `${operation}.variables.json`);
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

describeEngine('sqlite', 'what resolvers give for plain types', (store) => {
  /** All that can be asked of a type without arguments, to a depth. */
  const everything = (type: GraphQLOutputType, depth: number): string => {
    const named = getNamedType(type);
    if (!isObjectType(named)) return '{ __typename }';
    const fields = Object.values(named.getFields())
      .filter(({ args }) => !args.some(isRequiredArgument))
      .flatMap((field) => {
        if (isLeafType(getNamedType(field.type))) return [field.name];
        const few = field.args.some(({ name }) => name === 'first') ? '(first: 2)' : '';
        return depth > 0 ? [`${field.name}${few} ${everything(field.type, depth - 1)}`] : [];
      });
    return `{ ${['__typename', ...fields].join(' ')} }`;
  };

  test('is what is sent of them: else each answer would be made twice', async () => {
    const clock = heldClock(Date.parse('2026-11-22T00:00:00Z'));
    const database = await store.open();
    await loadSample(database, new SecretBox('a secret of at least thirty-two characters'), clock);
    const api = new Api(database, { clock, actor: ACTORS.admin });
    let values = 0;
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isEnumType(type) && !(isLeafType(type) && isSpecifiedScalarType(type))) continue;
      const serialize = type.serialize.bind(type);
      jest.spyOn(type, 'serialize').mockImplementation((given) => {
        values++;
        const sent = serialize(given);
        if (!Object.is(sent, given))
          throw new Error(`${type.name} sends ${JSON.stringify(given)} as another value`);
        return sent;
      });
    }
    const query = schema.getQueryType();
    for (const [name, field] of Object.entries(query?.getFields() ?? {})) {
      if (name.startsWith('__') || field.args.some(isRequiredArgument)) continue;
      const few = field.args.some((arg) => arg.name === 'first') ? '(first: 20)' : '';
      const isMany = isListType(getNullableType(field.type)) || few !== '';
      const { errors = [] } = await api.execute(
        `{ ${name}${few} ${everything(field.type, isMany ? 3 : 2)} }`,
      );
      const others = errors.map(({ message }) => message).filter((message) => message.includes('another'));
      expect(others).toEqual([]);
    }
    for (const [name, text] of OPERATIONS) await api.ask(text, variablesOf(name));
    expect(values).toBeGreaterThan(10_000);
    jest.restoreAllMocks();
  }, 60_000);

  test('holds for the operations that clients send, as far as their types are told', () => {
    const told = [...OPERATIONS].filter(([, text]) => leavesCheck(schema, parse(text)) !== null);
    const untold = [...OPERATIONS.keys()].filter((name) => !told.some(([each]) => each === name));
    expect(untold).toEqual(['Resolve']);
  });
});
