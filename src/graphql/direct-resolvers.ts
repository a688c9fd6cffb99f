import { type GraphQLFieldResolver, type GraphQLSchema, isObjectType } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Resolver = GraphQLFieldResolver<unknown, unknown>;
type FieldResolverMetadata = ReturnType<typeof getMetadataStorage>['fieldResolvers'][number];

/**
 * Calls the field resolvers that take no arguments (but the root, the context and the info) directly, rather
 * than through type-graphql's wrapper, which looks up the resolver's instance and gathers its parameters anew
 * for each of the hundred articles of a page. Call it once, when the schema has been built.
 */
export function callDirectly(schema: GraphQLSchema): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  for (const metadata of fieldResolvers) {
    const target = metadata.getObjectType?.();
    const type = schema.getType(objectTypes.find((each) => each.target === target)?.name ?? '');
    const field = isObjectType(type) ? type.getFields()[metadata.schemaName] : undefined;
    const resolve = field ? directly(metadata) : null;
    if (field && resolve) field.resolve = resolve;
  }
}

/** Null where the resolver needs what the wrapper does: converted arguments, middlewares, roles. */
function directly({
  kind,
  target,
  methodName,
  params,
  middlewares,
  roles,
}: FieldResolverMetadata): Resolver | null {
  if (kind !== 'external' || middlewares?.length || roles?.length) return null;
  const places = [...(params ?? [])].sort((a, b) => a.index - b.index).map(placeOf);
  if (places.some((place) => place === null)) return null;
  const instance: unknown = Reflect.construct(target, []);
  const method: unknown =
    typeof instance === 'object' && instance !== null ? Reflect.get(instance, methodName) : null;
  if (typeof method !== 'function') return null;
  const [first, second, third] = places;
  return (...given) => method.call(instance, at(given, first), at(given, second), at(given, third));
}

type Given = Parameters<Resolver>;
/** The position of a parameter among what graphql-js gives a resolver. */
type Place = 0 | 2 | 3 | null | undefined;

function placeOf(param: NonNullable<FieldResolverMetadata['params']>[number]): Place {
  if (param.kind === 'root') return param.propertyName === undefined && !param.getType ? 0 : null;
  if (param.kind === 'context') return param.propertyName === undefined ? 2 : null;
  return param.kind === 'info' ? 3 : null;
}

function at(given: Given, place: Place): unknown {
  return place == null ? undefined : given[place];
}
