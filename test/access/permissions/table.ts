/** The table of schema/permissions.txt, measured: one line a field or mutation, one column an actor. */
import { type GraphQLObjectType, getNamedType, isIntrospectionType, isLeafType, isObjectType } from 'graphql';
import { COLUMNS, type Column } from './actors';
import type { Answer, Newsroom } from './newsroom';
import {
  articlesIn,
  type Field,
  fieldsOf,
  glimpse,
  hasValue,
  type Request,
  requestFor,
  type Step,
  waysFrom,
} from './walk';

export interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

type Mark = '+' | '-' | '401';

const FIELDS = 'Fields, of what is published';
const NAME_WIDTH = 44;

/** Every section. Mutations come last: they may change what the others look at. */
export async function measure(newsroom: Newsroom): Promise<Section[]> {
  const { schema } = newsroom.app;
  const query = schema.getQueryType();
  if (!query) throw new Error('The schema has no queries');
  const ways = waysFrom(schema, query);
  return [
    { title: FIELDS, lines: await fieldLines(newsroom, ways) },
    { title: 'Fields of an article that is not published', lines: await unpublishedLines(newsroom, ways) },
    { title: 'Ways to an article that is not published', lines: await wayLines(newsroom, ways) },
    { title: 'Subscriptions', lines: await subscriptionLines(newsroom) },
    { title: 'Mutations', lines: await mutationLines(newsroom) },
    { title: 'Fields of what mutations and subscriptions answer', lines: answerLines(newsroom, ways) },
  ];
}

type Ways = ReadonlyMap<GraphQLObjectType, readonly Step[]>;

async function fieldLines(newsroom: Newsroom, ways: Ways): Promise<string[]> {
  const { fixture } = newsroom;
  return linesOf(ways, async (owner, way, field) => {
    const whole = [...way, { owner: owner.name, field, found: null }];
    const request = requestFor(whole, glimpse(field), { fixture, aims: [] });
    return row(newsroom, `${owner.name}.${field.name}`, request, ({ data }) => hasValue(data, whole));
  });
}

async function unpublishedLines(newsroom: Newsroom, ways: Ways): Promise<string[]> {
  const { fixture } = newsroom;
  return linesOf(ways, async (owner, way, field) => {
    if (owner.name !== 'Article') return null;
    const whole = [...way, { owner: owner.name, field, found: null }];
    const request = requestFor(whole, glimpse(field), { fixture, aims: ['unpublished'] });
    return row(newsroom, `Article.${field.name}`, request, ({ data }) => hasValue(data, whole));
  });
}

/** Fields that articles can stand in: whether the one that is not published does. */
async function wayLines(newsroom: Newsroom, ways: Ways): Promise<string[]> {
  const { fixture, app } = newsroom;
  return linesOf(ways, async (owner, way, field) => {
    const selection = articlesIn(app.schema, field);
    if (selection === null) return null;
    const whole = [...way, { owner: owner.name, field, found: null }];
    // What only wraps articles is looked for with them, everything else from something published on.
    const wraps = /(Connection|Edge|^RouteTo|^Suggestion)$/.test(owner.name);
    const aims = whole.map((_, index) => (wraps || index === way.length ? 'unpublished' : 'published'));
    const request = requestFor(whole, selection, { fixture, aims });
    return row(newsroom, `${owner.name}.${field.name}`, request, ({ data }) =>
      JSON.stringify(data).includes(JSON.stringify(fixture.unpublished)),
    );
  });
}

async function mutationLines(newsroom: Newsroom): Promise<string[]> {
  const type = newsroom.app.schema.getMutationType();
  const lines: string[] = [];
  for (const field of type ? fieldsOf(type) : []) {
    const request = operation('mutation', field, newsroom);
    lines.push(await row(newsroom, `Mutation.${field.name}`, request, () => true));
  }
  return lines;
}

async function subscriptionLines(newsroom: Newsroom): Promise<string[]> {
  const type = newsroom.app.schema.getSubscriptionType();
  const lines: string[] = [];
  for (const field of type ? fieldsOf(type) : []) {
    const request = operation('subscription', field, newsroom);
    const marks = await marksOf(
      field.name,
      (column) => newsroom.subscribe(column, request),
      () => true,
    );
    lines.push(line(`Subscription.${field.name}`, marks));
  }
  return lines;
}

/** Nobody gets to see these but who was allowed to do the thing: they are here so that somebody has looked at them. */
function answerLines({ app: { schema } }: Newsroom, ways: Ways): string[] {
  const roots = [schema.getMutationType(), schema.getSubscriptionType()];
  const others = Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !isIntrospectionType(type) && !ways.has(type) && !roots.includes(type),
  );
  return others
    .flatMap((type) => (isObjectType(type) ? fieldsOf(type).map(({ name }) => `${type.name}.${name}`) : []))
    .sort();
}

async function linesOf(
  ways: Ways,
  measured: (owner: GraphQLObjectType, way: readonly Step[], field: Field) => Promise<string | null>,
): Promise<string[]> {
  const lines: string[] = [];
  for (const [owner, way] of [...ways].sort(([a], [b]) => (a.name < b.name ? -1 : 1))) {
    for (const field of fieldsOf(owner)) {
      const found = await measured(owner, way, field);
      if (found !== null) lines.push(found);
    }
  }
  return lines;
}

async function row(
  newsroom: Newsroom,
  name: string,
  request: Request,
  has: (answer: Answer) => boolean,
): Promise<string> {
  return line(name, await marksOf(name, (column) => newsroom.ask(column, request), has));
}

async function marksOf(
  name: string,
  ask: (column: Column) => Promise<Answer>,
  has: (answer: Answer) => boolean,
): Promise<Mark[]> {
  const marks: Mark[] = [];
  for (const column of COLUMNS) marks.push(markOf(`${name} for ${column}`, await ask(column), has));
  return marks;
}

/** Refused, or there is nothing: for whom it asks, that is the same. */
function markOf(what: string, answer: Answer, has: (answer: Answer) => boolean): Mark {
  if (answer.status === 401) return '401';
  const codes = [
    ...(answer.errors ?? []).map(({ extensions }) => String(extensions.code)),
    ...refusalsIn(answer.data),
  ];
  if (codes.includes('FORBIDDEN')) return '-';
  const fault = codes.find((code) => FAULTS.has(code));
  if (fault !== undefined) throw new Error(`${what}: ${fault} ${JSON.stringify(answer.errors)}`);
  return has(answer) ? '+' : '-';
}

/** What no request of this table may be answered with: then it says nothing of who may. */
const FAULTS = new Set([
  'INTERNAL_SERVER_ERROR',
  'GRAPHQL_VALIDATION_FAILED',
  'GRAPHQL_PARSE_FAILED',
  'BAD_REQUEST',
]);

function refusalsIn(data: unknown): string[] {
  return JSON.stringify(data ?? null).includes('"code":"FORBIDDEN"') ? ['FORBIDDEN'] : [];
}

function operation(kind: 'mutation' | 'subscription', field: Field, { fixture }: Newsroom): Request {
  const target = getNamedType(field.type);
  const refusals =
    isObjectType(target) && 'userErrors' in target.getFields() ? '{ userErrors { code } }' : '{ __typename }';
  const step = { owner: kind === 'mutation' ? 'Mutation' : 'Subscription', field, found: null };
  const { query, variables } = requestFor([step], isLeafType(target) ? '' : refusals, { fixture, aims: [] });
  return { query: query.replace('query', kind), variables };
}

function line(name: string, marks: readonly Mark[]): string {
  return `${name.padEnd(NAME_WIDTH)}${marks.map((mark, index) => ` ${mark.padStart(COLUMNS[index]?.length ?? 0)}`).join('')}`;
}

/** Lines of fields that nobody was given a value of: they say nothing. */
export function unseen(sections: readonly Section[]): string[] {
  return sections
    .filter(({ title }) => title === FIELDS)
    .flatMap(({ lines }) => lines.filter((each) => !each.includes('+')));
}

/** What has to be changed in the file, line by line, to say what was measured. */
export function differences(sections: readonly Section[], file: string): string[] {
  const kept = new Map(
    file.split(/^## /m).map((text) => {
      const [title = '', ...lines] = text.split('\n');
      return [title, lines.filter((each) => /^\w/.test(each))] as const;
    }),
  );
  return sections.flatMap(({ title, lines }) => {
    const there = kept.get(title) ?? [];
    const missing = lines.filter((each) => !there.includes(each)).map((each) => `add:    ${each}`);
    const wrong = there.filter((each) => !lines.includes(each)).map((each) => `remove: ${each}`);
    return missing.length + wrong.length > 0 ? [`## ${title}`, ...wrong, ...missing] : [];
  });
}
