import fc from 'fast-check';
import { getIntrospectionQuery, parse } from 'graphql';
import { loadConfig } from '../../../src/config';
import { limitDocument, limitTokens } from '../../../src/graphql/limits/document-limits';
import { LimitExceeded } from '../../../src/graphql/limits/limit-exceeded';
import { fragmentsOf, shapeOf } from '../../../src/graphql/limits/shape';
import { limitVariables } from '../../../src/graphql/limits/variables';
import { OPERATIONS, SUBSCRIPTIONS } from '../../support/operations';

const { document: limits, variables: variableLimits } = loadConfig({
  environment: {},
  directory: '/nowhere',
  terminal: false,
}).limits;

/** The limit that is exceeded, with its number; null for none. */
function refusal(look: () => void): [limit: string, max: number] | null {
  try {
    look();
    return null;
  } catch (error) {
    if (error instanceof LimitExceeded) return [error.limit, error.max];
    throw error;
  }
}
const refused = (source: string) =>
  refusal(() => {
    limitTokens(source, limits.tokens);
    limitDocument(parse(source), limits);
  });
const times = (count: number, each: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => each(index)).join(' ');
const deep = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;

describe('a document is let through', () => {
  test.each([...OPERATIONS, ...SUBSCRIPTIONS, ['the introspection of tools', getIntrospectionQuery()]])(
    '%s, with as much again',
    (_name, source) => {
      const document = parse(source);
      const [operation] = document.definitions;
      if (operation?.kind !== 'OperationDefinition') throw new Error('No operation comes first');
      const shape = shapeOf(operation, fragmentsOf(document));
      expect(refused(source)).toBeNull();
      expect(shape.depth * 1.5).toBeLessThanOrEqual(limits.depth);
      expect(shape.fields * 2).toBeLessThanOrEqual(limits.fields);
      expect(shape.rootFields * 2).toBeLessThanOrEqual(limits.rootFields);
    },
  );

  test('at the limit itself', () => {
    expect(refused(deep(limits.depth))).toBeNull();
    expect(refused(`{ ${times(limits.rootFields, (index) => `f${index}`)} }`)).toBeNull();
    expect(refused(`{ a { ${times(limits.aliases, (index) => `a${index}: f`)} } }`)).toBeNull();
  });
});

describe('a document is refused for', () => {
  test.each([
    ['a level too many', 'depth', deep(limits.depth + 1)],
    [
      'a field too many at the top',
      'rootFields',
      `{ ${times(limits.rootFields + 1, (index) => `f${index}`)} }`,
    ],
    ['the same field again and again', 'rootFields', `{ ${times(500, () => '__typename')} }`],
    ['the same field again and again below', 'fields', `{ a { ${times(limits.fields, () => 'id')} } }`],
    ['an alias too many', 'aliases', `{ a { ${times(limits.aliases + 1, (index) => `a${index}: f`)} } }`],
    ['directives without end', 'directivesInOnePlace', `{ a ${times(10, () => '@aa')} }`],
    [
      'directives everywhere',
      'directives',
      `{ a { ${times(limits.directives + 1, (i) => `f${i} @skip(if: false)`)} } }`,
    ],
    ['directives of the operation', 'directivesInOnePlace', `query ${times(10, () => '@aa')} { a }`],
    ['a token too many', 'tokens', `{ ${times(limits.tokens, (index) => `f${index}`)} }`],
    [
      'aliases in a fragment',
      'aliases',
      `{ a { ...F } b { ...F } } fragment F on T { ${times(limits.aliases - 1, (i) => `a${i}: f`)} }`,
    ],
    ['depth in a fragment', 'depth', `{ a { ...F } } fragment F on T ${deep(limits.depth)}`],
    [
      'depth in inline fragments',
      'depth',
      deep(limits.depth + 1)
        .replaceAll('{ a', '{ ... { a')
        .replaceAll('}', '} }'),
    ],
    [
      'an introspection in circles',
      'introspectionLists',
      '{ __schema { types { fields { type { fields { type { name } } } } } } }',
    ],
    [
      'a deep introspection',
      'introspectionDepth',
      `{ __type(name: "A") ${'{ ofType '.repeat(30)}{ name }${'}'.repeat(30)} }`,
    ],
    ['one operation of two', 'depth', `query A { a } query B ${deep(limits.depth + 1)}`],
  ])('%s', (_name, limit, source) => {
    expect(refused(source)?.[0]).toBe(limit);
  });

  test('what fragments make of it, each looked at once', () => {
    // Written out, this would be 2 to the 60th fields.
    const bomb = `{ ...F0 } ${times(60, (index) => `fragment F${index} on Q { ...F${index + 1} ...F${index + 1} }`)} fragment F60 on Q { a { b } }`;
    expect(refused(bomb)).toEqual(['fields', limits.fields]);
  });

  test('no circle of fragments: that is what validation says', () => {
    expect(refused('{ ...A } fragment A on Q { b { ...B } } fragment B on Q { a { ...A } }')).toBeNull();
    expect(refused('{ ...A } fragment A on Q { ...A }')).toBeNull();
  });

  test('nothing that is no GraphQL', () => {
    expect(refusal(() => limitTokens('{ "', limits.tokens))).toBeNull();
  });
});

test('fragments count as what they stand for', () => {
  const leaf = fc.constantFrom('a', 'x: b', 'c @skip(if: false)', '__typename');
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((all) => `n { ${all.join(' ')} }`),
    ),
  }));
  const shape = (source: string) => {
    const document = parse(source);
    const [operation] = document.definitions;
    if (operation?.kind !== 'OperationDefinition') throw new Error('No operation comes first');
    return shapeOf(operation, fragmentsOf(document));
  };
  fc.assert(
    fc.property(tree, tree, (inside, beside) => {
      const spread = `{ m { ...F } ...F ${beside} } fragment F on T { ${inside} }`;
      expect(shape(spread)).toEqual(shape(`{ m { ${inside} } ${inside} ${beside} }`));
    }),
  );
});

describe('variables are refused', () => {
  const nest = (depth: number) => {
    let value: unknown = 1;
    for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { value };
    return value;
  };
  const refusedVariables = (variables: Record<string, unknown>) =>
    refusal(() => limitVariables(variables, variableLimits));

  test('that are nested too deep, however deep', () => {
    expect(refusedVariables({ a: nest(variableLimits.depth) })).toBeNull();
    expect(refusedVariables({ a: nest(variableLimits.depth + 1) })?.[0]).toBe('variableDepth');
    expect(refusedVariables({ a: nest(1_000_000) })?.[0]).toBe('variableDepth');
  });

  test('that are too many, wherever they stand', () => {
    const { values } = variableLimits;
    expect(refusedVariables({ a: Array(values - 1).fill(1) })).toBeNull();
    expect(refusedVariables({ a: Array(values).fill(1) })).toEqual(['variableValues', values]);
    expect(refusedVariables({ a: Array(50).fill(Array(50).fill('x')) })?.[0]).toBe('variableValues');
    expect(refusedVariables({ a: Array(1_000_000).fill({}) })?.[0]).toBe('variableValues');
  });
});
