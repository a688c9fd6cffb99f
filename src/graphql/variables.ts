import {
  coerceInputValue,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputType,
  isNonNullType,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql';

/** Makes of the variables of one request what its operation takes; null where they are not what it takes. */
export type CoerceVariables = (
  variables: Readonly<Record<string, unknown>>,
) => Record<string, unknown> | null;

interface Variable {
  readonly name: string;
  readonly type: GraphQLInputType;
  /** Undefined for none. */
  readonly preset: unknown;
}

/**
 * The same as getVariableValues of graphql-js, but types and defaults are looked up once for an operation rather than
 * for each request, and nothing is said of what is wrong. Null where a type is no input type.
 */
export function variableCoercer(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): CoerceVariables | null {
  const known: Variable[] = [];
  for (const { variable, type: node, defaultValue } of definitions) {
    const type = typeFromAST(schema, node);
    if (!isInputType(type)) return null;
    known.push({ name: variable.name.value, type, preset: defaultValue && valueFromAST(defaultValue, type) });
  }
  return (variables) => {
    const coerced: Record<string, unknown> = Object.create(null);
    let wrong = false;
    const refuse = () => {
      wrong = true;
    };
    for (const { name, type, preset } of known) {
      if (!Object.hasOwn(variables, name)) {
        if (preset !== undefined) coerced[name] = preset;
        else if (isNonNullType(type)) return null;
        continue;
      }
      const value = variables[name];
      coerced[name] = value === null && !isNonNullType(type) ? null : coerceInputValue(value, type, refuse);
    }
    return wrong ? null : coerced;
  };
}
