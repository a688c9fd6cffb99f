/** What the fields and mutations of the table are asked with. */
import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import { globalId, type NodeType } from '../../../src/core/ids';
import { HOUR, NOW } from '../../support/archive';
import type { Fixture } from './fixture';

type Given = Readonly<Record<string, unknown>>;

/**
 * By "Type.field", "Type.field:Found" on the way to one of several types, or "Type.field>Type.field" on the way to a
 * certain field. What is not here is made up.
 */
const ARGUMENTS: Readonly<Record<string, (fixture: Fixture) => Given>> = {
  'Query.article': () => ({ slug: 'published' }),
  'Query.articleDiff': ({ published }) => ({ id: published, from: 1 }),
  'Query.author': () => ({ slug: 'author' }),
  'Query.category': () => ({ slug: 'category' }),
  'Query.changes': ({ feed }) => ({ after: feed }),
  'Query.collection': () => ({ slug: 'collection' }),
  'Query.snapshot>SnapshotPage.nextToken': () => ({ first: 1 }),
  'Query.comment': ({ comment }) => ({ id: comment }),
  'Query.autocomplete': () => ({ prefix: 'topic' }),
  'Query.search': () => ({ query: 'published topic' }),
  'Query.search>SearchConnection.relation': () => ({ query: 'topic country' }),
  'Query.search>SearchConnection.suggestion': () => ({ query: 'publishd' }),
  'Query.preview': ({ preview }) => ({ token: preview }),
  'Query.topic': () => ({ slug: 'topic' }),
  'Query.image': ({ image }) => ({ id: image }),
  'Query.newsroomStats': () => ({ window: { from: new Date(NOW - 2 * HOUR).toISOString() } }),
  'Query.node': ({ published }) => ({ id: published }),
  'Query.nodes': ({ published }) => ({ ids: [published] }),
  'Query.relation': () => ({ topics: ['topic', 'neighbour'] }),
  'Query.route': () => ({ path: '/news/published' }),
  'Query.route:Gone': () => ({ path: '/news/withdrawn' }),
  'Query.route:Redirect': () => ({ path: '/old' }),
};

/** The same on the way to the article that is not published. */
const UNPUBLISHED: typeof ARGUMENTS = {
  'Query.article': () => ({ slug: 'unpublished' }),
  'Query.preview': ({ previewOfUnpublished }) => ({ token: previewOfUnpublished }),
  'Query.node': ({ unpublished }) => ({ id: unpublished }),
  'Query.autocomplete': () => ({ prefix: 'unpublished' }),
  'Query.search': () => ({ query: 'unpublished' }),
  'Query.nodes': ({ unpublished }) => ({ ids: [unpublished] }),
  'Query.route': () => ({ path: '/news/unpublished' }),
};

export type Aim = 'published' | 'unpublished';

export function argumentsOf(
  name: string,
  args: readonly GraphQLArgument[],
  fixture: Fixture,
  { aim, found, goal }: { readonly aim: Aim; readonly found?: string | undefined; readonly goal?: string },
): Given {
  const known =
    aim === 'unpublished'
      ? (UNPUBLISHED[name] ?? ARGUMENTS[name])
      : (ARGUMENTS[`${name}>${goal}`] ?? ARGUMENTS[`${name}:${found}`] ?? ARGUMENTS[name]);
  const given: Given = known?.(fixture) ?? {};
  const made = args.flatMap((argument) => {
    if (aim === 'unpublished' && String(argument.type) === 'ArticleFilter') {
      return [[argument.name, { status: ['DRAFT', 'SCHEDULED', 'WITHDRAWN'] }]];
    }
    return isRequiredArgument(argument) && !(argument.name in given)
      ? [[argument.name, madeUp(argument.type, [name])]]
      : [];
  });
  return { ...Object.fromEntries(made), ...given };
}

/**
 * Valid, and of nothing that there is: authorisation has to come before whatever else there is to say. An id is that
 * of the type that its field, or else the mutation, is named after.
 * @param names that of the mutation, and of the fields on the way
 */
function madeUp(type: GraphQLInputType, names: readonly string[]): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [madeUp(nullable.ofType, names)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const required = Object.values(nullable.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(
      required.map((field) => [field.name, madeUp(field.type, [...names, field.name])]),
    );
  }
  if (nullable.name === 'ID') return globalId(typeNamedIn(names.toReversed()) ?? 'Article', NOBODYS_KEY);
  const made = SCALARS[nullable.name];
  if (made === undefined)
    throw new Error(`test/access/permissions/arguments.ts has no value for ${nullable}`);
  return made;
}

function typeNamedIn(names: readonly string[]): NodeType | undefined {
  for (const name of names) {
    const type = NODE_TYPES.find((each) => name.toLowerCase().includes(each.toLowerCase()));
    if (type !== undefined) return type;
  }
  return undefined;
}

const NODE_TYPES: readonly NodeType[] = [
  'Article',
  'Author',
  'Category',
  'Collection',
  'Comment',
  'Image',
  'Topic',
  'Webhook',
];

const NOBODYS_KEY = 2_000_000_000;

const SCALARS: Readonly<Record<string, unknown>> = {
  Boolean: true,
  DateTime: '2026-03-01T12:00:00.000Z',
  Float: 1,
  Int: 1,
  LanguageTag: 'en',
  String: 'text',
  URL: 'https://news.example/text',
};
