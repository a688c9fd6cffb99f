import { type GraphQLFieldResolver, type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Resolver = GraphQLFieldResolver<unknown, unknown, Arguments>;
type Arguments = Readonly<Record<string, unknown>>;
type Metadata = ReturnType<typeof getMetadataStorage>;
type ResolverMetadata = Pick<
  Metadata['queries'][number],
  'target' | 'methodName' | 'params' | 'middlewares' | 'roles'
>;
type Parameter = NonNullable<ResolverMetadata['params']>[number];

/**
 * Calls the resolvers of fields and queries directly, rather than through type-graphql's wrapper, which looks up
 * the resolver's instance, makes an instance of the arguments' class and waits for a promise of them, anew for each
 * of the hundred articles of a page. Arguments come as graphql-js has coerced them: classes that only declare their
 * types have nothing to add. What is a getter needs no resolver. Call it once, when the schema has been built.
 */
export function callDirectly(schema: GraphQLSchema): void {
  const { fieldResolvers, objectTypes, queries } = getMetadataStorage();
  for (const metadata of fieldResolvers) {
    const target = metadata.getObjectType?.();
    const type = schema.getType(objectTypes.find((each) => each.target === target)?.name ?? '');
    if (!isObjectType(type)) continue;
    if (metadata.kind === 'external') replace(type, metadata.schemaName, metadata);
    else if (isGetter(metadata)) readPlainly(type, metadata.schemaName);
  }
  for (const metadata of queries) replace(schema.getQueryType(), metadata.schemaName, metadata);
}

function replace(type: GraphQLObjectType | null | undefined, name: string, metadata: ResolverMetadata): void {
  const field = type?.getFields()[name];
  const resolve = field ? directly(metadata) : null;
  if (field && resolve) field.resolve = resolve;
}

function isGetter({ target, methodName }: Pick<ResolverMetadata, 'target' | 'methodName'>): boolean {
  return Object.getOwnPropertyDescriptor(target.prototype, methodName)?.get !== undefined;
}

/** As a property is read: the wrapper, with a path and four closures for each object of a list, has nothing to add. */
function readPlainly(type: GraphQLObjectType, name: string): void {
  const field = type.getFields()[name];
  if (field) delete field.resolve;
}

/** Null where the resolver needs what the wrapper does: middlewares, roles, arguments with behaviour. */
function directly({ target, methodName, params, middlewares, roles }: ResolverMetadata): Resolver | null {
  if (middlewares?.length || roles?.length) return null;
  const taken = [...(params ?? [])].sort((a, b) => a.index - b.index).map(taker);
  if (taken.some((source) => source === null)) return null;
  const instance: unknown = Reflect.construct(target, []);
  const method: unknown =
    typeof instance === 'object' && instance !== null ? Reflect.get(instance, methodName) : null;
  if (typeof method !== 'function') return null;
  const text = `return (root, args, context, info) => method.call(${['instance', ...taken].join(', ')})`;
  const resolver: unknown = new Function('method', 'instance', text)(method, instance);
  return isResolver(resolver) ? resolver : null;
}

function isResolver(value: unknown): value is Resolver {
  return typeof value === 'function';
}

/**
 * Where a parameter comes from, as source text: generated code, because to gather what graphql-js gives and to pick it out
 * again took as long as many a resolver. Its text comes from the names of our own arguments.
 */
function taker(param: Parameter): string | null {
  switch (param.kind) {
    case 'root':
      return param.propertyName === undefined && !param.getType ? 'root' : null;
    case 'context':
      return param.propertyName === undefined ? 'context' : null;
    case 'info':
      return 'info';
    case 'args':
      return onlyDeclares(param.getType()) ? 'args' : null;
    case 'arg':
      return onlyDeclares(param.getType()) ? `args[${JSON.stringify(param.name)}]` : null;
    default:
      return null;
  }
}

/**
 * Whether instances of a type have no more to them than the fields of plain objects: no method, no initial value;
 * and so those of its fields. Scalars and enums are what they are.
 */
function onlyDeclares(type: unknown, seen: Set<unknown> = new Set()): boolean {
  const { argumentTypes, inputTypes } = getMetadataStorage();
  if (seen.has(type)) return true;
  seen.add(type);
  const declared = [...argumentTypes, ...inputTypes].find(({ target }) => target === type);
  if (!declared) return true;
  const { target, fields = [] } = declared;
  if (Object.values(Reflect.construct(target, [])).some((value) => value !== undefined)) return false;
  for (let each: unknown = target; typeof each === 'function' && each.prototype; ) {
    if (Object.getOwnPropertyNames(each.prototype).length > 1) return false;
    each = Object.getPrototypeOf(each);
    if (!onlyDeclares(each, seen)) return false;
  }
  return fields.every((field) => onlyDeclares(field.getType(), seen));
}
