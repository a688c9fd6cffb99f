/** Every field of a schema, and the way to it. */
import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import { type Aim, argumentsOf } from './arguments';
import type { Fixture } from './fixture';

export type Field = GraphQLField<unknown, unknown>;

/** A field on the way, and which of the types that it can lead to is meant. */
export interface Step {
  readonly owner: string;
  readonly field: Field;
  readonly found: GraphQLObjectType | null;
}

export interface Request {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Fields that lead no further than others do, and not everybody. */
const BYWAYS: ReadonlySet<string> = new Set(['moderationQueue']);

/** The shortest way from a root to each object type that it leads to, the root itself included. */
export function waysFrom(
  schema: GraphQLSchema,
  root: GraphQLObjectType,
): Map<GraphQLObjectType, readonly Step[]> {
  const ways = new Map<GraphQLObjectType, readonly Step[]>([[root, []]]);
  for (const [owner, way] of ways) {
    // Straight ways first: a field that can lead to anything has to be asked for the right thing.
    const fields = fieldsOf(owner);
    const abstract = fields.filter((field) => isAbstractType(getNamedType(field.type)));
    for (const field of [...fields.filter((each) => !abstract.includes(each)), ...abstract]) {
      if (BYWAYS.has(field.name)) continue;
      for (const found of typesIn(schema, field)) {
        if (ways.has(found)) continue;
        ways.set(found, [
          ...way,
          { owner: owner.name, field, found: abstract.includes(field) ? found : null },
        ]);
      }
    }
  }
  return ways;
}

function typesIn(schema: GraphQLSchema, field: Field): readonly GraphQLObjectType[] {
  const target = getNamedType(field.type);
  if (isAbstractType(target)) return schema.getPossibleTypes(target);
  return isObjectType(target) ? [target] : [];
}

export function fieldsOf(type: GraphQLObjectType): Field[] {
  return Object.values(type.getFields()).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The query that goes a way, with `selection` at its end. */
export function requestFor(
  way: readonly Step[],
  selection: string,
  { fixture, aims }: { readonly fixture: Fixture; readonly aims: readonly Aim[] },
): Request {
  const variables: Record<string, unknown> = {};
  const declared: string[] = [];
  const last = way.at(-1);
  const goal = last ? `${last.owner}.${last.field.name}` : '';
  const written = ({ owner, field, found }: Step, aim: Aim): string => {
    const given = argumentsOf(`${owner}.${field.name}`, field.args, fixture, {
      ...{ aim, found: found?.name, goal },
    });
    const passed = Object.entries(given).map(([name, value]) => {
      const variable = `v${declared.length}`;
      variables[variable] = value;
      declared.push(`$${variable}: ${field.args.find((argument) => argument.name === name)?.type}`);
      return `${name}: $${variable}`;
    });
    return passed.length > 0 ? `${field.name}(${passed.join(', ')})` : field.name;
  };
  const from = (index: number): string => {
    const step = way[index];
    if (step === undefined) return selection;
    const head = written(step, aims[index] ?? 'published');
    const rest = from(index + 1);
    return `{ ${head} ${step.found ? `{ ... on ${step.found.name} ${rest} }` : rest} }`;
  };
  const body = from(0);
  return { query: `query ${declared.length > 0 ? `(${declared.join(', ')})` : ''} ${body}`, variables };
}

/** What is selected of a field to see whether it has a value. */
export function glimpse(field: Field): string {
  return isLeafType(getNamedType(field.type)) ? '' : '{ __typename }';
}

/** Whether an answer has anything at the end of a way, in any of its lists. An empty list of texts is something. */
export function hasValue(data: unknown, way: readonly Step[]): boolean {
  const found = way.reduce<unknown[]>(
    (values, { field }) => values.flatMap(flat).map((value) => member(value, field.name)),
    [data],
  );
  const last = way.at(-1);
  const isLeaf = last !== undefined && isLeafType(getNamedType(last.field.type));
  return (isLeaf ? found : found.flatMap(flat)).some((value) => value !== null && value !== undefined);
}

/** What is selected of a field to see which articles are in it; null where none can be. */
export function articlesIn(schema: GraphQLSchema, field: Field): string | null {
  const target = getNamedType(field.type);
  if (isInterfaceType(target)) {
    return schema.getPossibleTypes(target).some(({ name }) => name === 'Article') ? '{ id }' : null;
  }
  if (!isObjectType(target)) return null;
  if (target.name === 'Article') return '{ id }';
  const edges = target.getFields().edges;
  const edge = edges && getNamedType(edges.type);
  const node = isObjectType(edge) ? edge.getFields().node : undefined;
  return node && articlesIn(schema, node) ? '{ edges { node { id } } }' : null;
}

function flat(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flatMap(flat) : [value];
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
