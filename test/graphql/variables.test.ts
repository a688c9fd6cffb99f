import { buildSchema, getVariableValues, Kind, parse, type VariableDefinitionNode } from 'graphql';
import { variableCoercer } from '../../src/graphql/variables';

const schema = buildSchema(/* GraphQL */ `
  enum Order { NEWEST OLDEST }
  input Filter { any: [String!] limit: Int = 5 order: Order! = OLDEST }
  type Query { a(n: Int, filter: Filter): Int }
`);

function definitionsOf(text: string): readonly VariableDefinitionNode[] {
  const [operation] = parse(`query (${text}) { a }`).definitions;
  return operation?.kind === Kind.OPERATION_DEFINITION ? (operation.variableDefinitions ?? []) : [];
}

describe('variables are made into what getVariableValues of graphql-js makes of them', () => {
  test.each([
    ['$n: Int', [{}, { n: null }, { n: 1 }, { n: '1' }, { n: 1.5 }, { m: 1 }]],
    ['$n: Int!', [{}, { n: null }, { n: 2 }]],
    ['$n: Int! = 3', [{}, { n: null }, { n: 2 }]],
    ['$n: Int = null', [{}, { n: null }]],
    ['$n: [Int!] = [1, 2]', [{}, { n: 4 }, { n: [4, null] }, { n: [] }]],
    ['$f: Filter', [{}, { f: {} }, { f: { any: 'x', order: 'NEWEST' } }, { f: { other: 1 } }, { f: 'x' }]],
    ['$f: Filter = { any: ["a"] }, $n: Int', [{}, { n: 1 }, { f: { limit: null } }]],
    ['$constructor: Int, $__proto__: Int, $toString: Int', [{}, { constructor: 1 }, { toString: 'x' }]],
    ['$n: Order', [{ n: 'NEWEST' }, { n: 'ELDEST' }]],
  ])('%s', (text, given: readonly object[]) => {
    const definitions = definitionsOf(text);
    const coerce = variableCoercer(schema, definitions);
    for (const variables of given) {
      const { coerced } = getVariableValues(schema, definitions, { ...variables });
      expect(coerce?.({ ...variables })).toEqual(coerced ?? null);
    }
  });

  test('but not where a type is no input type: that is for graphql-js to say', () => {
    expect(variableCoercer(schema, definitionsOf('$n: Query'))).toBeNull();
    expect(variableCoercer(schema, definitionsOf('$n: Nothing'))).toBeNull();
  });
});
