import {
  type DirectiveNode,
  type DocumentNode,
  GraphQLIncludeDirective,
  GraphQLScalarType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  type GraphQLTypeResolver,
  getDirectiveValues,
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  TypeInfo,
  type ValueNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';

import { type CoerceVariables, variableCoercer } from './variables';

/** What the executor has to know about an operation before each run. */
export interface Plan {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Variables that decide a @skip or an @include. */
  readonly conditions: readonly string[];
  /** Variables that stand inside a list or object literal. */
  readonly insideLiterals: readonly string[];
  readonly coerce: CoerceVariables;
}

/**
 * Makes every interface and union take its type's name from `__typename` of the value. Call it on a schema
 * once, before it is served. graphql-jit cannot wait for a type, and an exception from a type resolver would
 * leave its request unanswered; operations that meet any other type resolver are left to graphql-js.
 */
export function resolveTypesByName(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (isAbstractType(type)) type.resolveType = byTypeName;
  }
}

const byTypeName: GraphQLTypeResolver<unknown, unknown> = (value) => {
  if (typeof value !== 'object' || value === null || !('__typename' in value)) return undefined;
  return typeof value.__typename === 'string' ? value.__typename : undefined;
};

/** The plan for compiling an operation, or null when graphql-jit would not answer it as graphql-js does. */
export function planOf(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  operation: OperationDefinitionNode,
): Plan | null {
  const fragments = definitions.filter(({ kind }) => kind === Kind.FRAGMENT_DEFINITION);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
  const conditions = new Set<string>();
  const insideLiterals = new Set<string>();
  let compilable = true;
  let literals = 0;
  const types = new TypeInfo(schema);
  const container = {
    enter: () => {
      literals++;
      compilable &&= hasPlainDefaults(types);
    },
    leave: () => void literals--,
  };
  const leaf = (node: ValueNode) => {
    compilable &&= isPlainLiteral(types, node);
  };
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => {
        compilable &&= isCompilableField(types);
      },
      Directive: (directive) => {
        for (const { value } of directive.arguments ?? []) {
          if (isCondition(directive) && value.kind === Kind.VARIABLE) conditions.add(value.name.value);
        }
        return false;
      },
      Variable: ({ name }) => {
        if (literals > 0) insideLiterals.add(name.value);
      },
      ListValue: container,
      ObjectValue: container,
      IntValue: leaf,
      FloatValue: leaf,
      StringValue: leaf,
      BooleanValue: leaf,
      EnumValue: leaf,
    }),
  );
  const coerce = compilable ? variableCoercer(schema, operation.variableDefinitions ?? []) : null;
  if (coerce === null) return null;
  return { document, operation, conditions: [...conditions], insideLiterals: [...insideLiterals], coerce };
}

/**
 * The document with every @skip and @include decided: graphql-jit mixes up the conditions of a fragment that
 * is spread in several places. Its variables take values that graphql-js has coerced already.
 */
export function specialise({ document }: Plan, coerced: Readonly<Record<string, unknown>>): DocumentNode {
  const decide = (node: SelectionNode) => {
    const directives = node.directives?.filter((directive) => !isCondition(directive)) ?? [];
    if (directives.length === (node.directives?.length ?? 0)) return undefined;
    return isIncluded(node, coerced) ? { ...node, directives } : null;
  };
  return visit(document, {
    Field: decide,
    InlineFragment: decide,
    FragmentSpread: decide,
    VariableDefinition: ({ kind, variable }) => ({ kind, variable, type: coercedType, directives: [] }),
  });
}

/** The schema as `specialise` needs it: with one more type, that passes coerced values through. */
export function withCoercedVariables(schema: GraphQLSchema): GraphQLSchema {
  return Object.create(schema, {
    getType: {
      value: (name: string) => (name === coercedScalar.name ? coercedScalar : schema.getType(name)),
    },
  });
}

const coercedScalar = new GraphQLScalarType({ name: 'Coerced__', parseValue: (value) => value });
const coercedType = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: coercedScalar.name } } as const;

function isCondition({ name }: DirectiveNode): boolean {
  return name.value === GraphQLSkipDirective.name || name.value === GraphQLIncludeDirective.name;
}

function isIncluded(node: SelectionNode, coerced: Readonly<Record<string, unknown>>): boolean {
  const skipped = getDirectiveValues(GraphQLSkipDirective, node, coerced)?.if === true;
  return !skipped && getDirectiveValues(GraphQLIncludeDirective, node, coerced)?.if !== false;
}

function isCompilableField(types: TypeInfo): boolean {
  const field = types.getFieldDef();
  if (!field || field.name === '__schema' || field.name === '__type') return false;
  if (!field.args.every((argument) => isPlain(argument.defaultValue))) return false;
  const type = getNamedType(field.type);
  if (isObjectType(type)) return !type.isTypeOf;
  return !isAbstractType(type) || type.resolveType === byTypeName;
}

/** graphql-jit writes literals into its code as JSON: what a scalar makes of them has to survive that. */
function isPlainLiteral(types: TypeInfo, node: ValueNode): boolean {
  const type = getNamedType(types.getInputType());
  if (!isLeafType(type)) return true;
  try {
    return isPlain(type.parseLiteral(node, {}));
  } catch {
    return false;
  }
}

function hasPlainDefaults(types: TypeInfo): boolean {
  const type = getNamedType(types.getInputType());
  if (!isInputObjectType(type)) return true;
  return Object.values(type.getFields()).every((field) => isPlain(field.defaultValue));
}

function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.every(isPlain);
  if (typeof value === 'object' && value !== null) {
    const prototype: unknown = Object.getPrototypeOf(value);
    return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isPlain);
  }
  return ['undefined', 'string', 'number', 'boolean'].includes(typeof value) || value === null;
}
