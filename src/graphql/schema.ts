import 'reflect-metadata';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync, type ClassType, type NonEmptyArray, type PubSub } from 'type-graphql';
import { callDirectly } from './direct-resolvers';
import { resolveTypesByName } from './executor.plan';

export interface SchemaParts {
  readonly resolvers: Readonly<NonEmptyArray<ClassType<object>>>;
  /** Types that only an interface leads to. */
  readonly orphanedTypes: readonly ClassType<object>[];
}

/** Subscriptions are fed from the change log, and from nothing that happens in one process alone. */
const NO_PUB_SUB: PubSub = {
  publish: () => {
    throw new Error('Nothing is published but by a change');
  },
  subscribe: () => {
    throw new Error('A subscription says itself what it is fed from');
  },
};

/** The executable schema. Input is checked by the services: the schema checks no more than types. */
export function buildSchema({ resolvers, orphanedTypes }: SchemaParts): GraphQLSchema {
  const schema = buildSchemaSync({
    resolvers: [resolvers[0], ...resolvers.slice(1)],
    orphanedTypes: [...orphanedTypes],
    validate: false,
    pubSub: NO_PUB_SUB,
  });
  resolveTypesByName(schema);
  callDirectly(schema);
  return schema;
}

/** The schema as it is checked in: sorted, so that the order of declarations is no change. */
export function toSdl(schema: GraphQLSchema): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
