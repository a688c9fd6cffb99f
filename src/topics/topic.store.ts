import { type SQL, sql } from 'drizzle-orm';
import type { Page } from '../core/paging';
import {
  type Params,
  prepared,
  preparedByShape,
  type Reader,
  type Tables,
  type TopicKind,
} from '../database';
import type { TopicOrder, TopicRow } from './topic';
import { factsOfTopics, type TopicColumns, topicColumns } from './topic.columns';

export const topicsById = prepared<{ ids: number[] }, TopicColumns>(({ tables, portable }) => ({
  select: topicColumns(tables),
  from: sql`${tables.topics} where ${portable.among(tables.topics.id, 'ids')}`,
}));

export const topicsBySlug = prepared<{ slugs: string[] }, TopicColumns>(({ tables, portable }) => ({
  select: topicColumns(tables),
  from: sql`${tables.topics} where ${portable.among(tables.topics.slug, 'slugs')}`,
}));

/** The names of topics, by language, each language's own name before its aliases. */
export const namesOfTopics = prepared(({ tables: { topicNames: n }, portable }) => ({
  select: { topicId: n.topicId, language: n.language, name: n.name, position: n.position },
  from: sql`${n} where ${portable.among(n.topicId, 'topics')} order by ${n.topicId}, ${n.language}, ${n.position}`,
}));

/** The same in the order in which they were given, for the first may name the topic where English does not. */
export const givenNamesOfTopics = prepared(({ tables: { topicNames: n }, portable }) => ({
  select: { topicId: n.topicId, language: n.language, name: n.name, position: n.position },
  from: sql`${n} where ${portable.among(n.topicId, 'topics')} order by ${n.topicId}, ${n.id}`,
}));

export const topicsToKeep = prepared<{ ids: number[] }, ReturnType<typeof factsOfTopics>>(
  ({ tables, portable }) => ({
    select: factsOfTopics(tables),
    from: sql`${tables.topics} where ${portable.among(tables.topics.id, 'ids')}`,
  }),
);

/** The topics that articles carry themselves, as their ties say, the most salient first; not the topics above them. */
export const topicsOfArticles = prepared<
  { articles: readonly number[] },
  ReturnType<typeof factsOfTopics> & ReturnType<typeof carryingColumns>
>(({ tables, portable }) => {
  const { articleTopics: x, topics: t } = tables;
  return {
    select: { ...factsOfTopics(tables), ...carryingColumns(tables) },
    from: sql`${x} join ${t} on ${t.id} = ${x.topicId} where ${portable.among(x.articleId, 'articles')} and ${x.direct} order by ${x.articleId}, ${x.salience} desc, ${t.sortName}, ${t.id}`,
  };
});

function carryingColumns({ articleTopics: x }: Tables) {
  return { articleId: x.articleId, salience: x.salience, mentions: x.mentions, source: x.source };
}

export interface TopicQuery {
  readonly kind: TopicKind | null;
  /** Normalised: the beginning of a name or an alias, in any language. */
  readonly matching: string | null;
}

/** One page of all topics in reading order, and one more where the list goes on. */
export async function listTopics(
  reader: Reader,
  query: TopicQuery,
  order: TopicOrder,
  page: Page,
): Promise<TopicRow[]> {
  const shape = `${query.kind !== null} ${query.matching !== null} ${order} ${page.direction} ${page.from !== null}`;
  const statement = lists(shape, ({ tables }) => {
    const sort = order === 'NAME' ? sql`topics.sort_name` : sql`topics.coverage`;
    const ordered = orderBy(page, order, sort, sql`topics.id`);
    const from = sql`${tables.topics} where ${matches(tables, query)} ${after(page, order, sort, sql`topics.id`)} order by ${ordered} limit ${sql.placeholder('limit')}`;
    return { select: topicColumns(tables), from };
  });
  return statement(reader, { ...matchParameters(query), ...pageParameters(page) });
}

export async function countTopics(reader: Reader, query: TopicQuery): Promise<number> {
  const [row] = await reader.rows<{ total: number }>(
    sql`select count(*) as total from topics where ${matches(reader.tables, query)}`,
    matchParameters(query),
  );
  return row?.total ?? 0;
}

/** One page of the children of each parent, by name; with one more where a list goes on. */
export async function listChildren(
  reader: Reader,
  parents: readonly number[],
  page: Page,
): Promise<(TopicRow & { parent: number })[]> {
  const statement = children(`${page.direction} ${page.from !== null}`, ({ tables, portable }) => {
    const inside = { sort: sql`x.sort_name`, key: sql`x.id` };
    const pick = sql`topics as x where x.parent_id = p.value ${after(page, 'NAME', inside.sort, inside.key)} order by ${orderBy(page, 'NAME', inside.sort, inside.key)} limit ${sql.placeholder('limit')}`;
    const top = portable.joinTop(sql`${tables.topics}`, 'topics', 'x', pick);
    // By parent first: for an order by name alone SQLite would go through all topics, and pick for each.
    return {
      select: { ...topicColumns(tables), parent: sql<number>`p.value` },
      from: sql`${portable.each('parents', 'p', 'int')} ${top} order by p.value, ${orderBy(page, 'NAME', sql`topics.sort_name`, sql`topics.id`)}`,
    };
  });
  return statement(reader, { parents: [...parents], ...pageParameters(page) });
}

const lists = preparedByShape<TopicColumns>();
const children = preparedByShape<TopicColumns & { parent: SQL<number> }>();

export const countChildren = prepared<{ parents: number[] }, { parent: SQL<number>; total: SQL<number> }>(
  ({ portable }) => ({
    select: {
      parent: sql<number>`p.value`,
      total: sql<number>`(select count(*) from topics as x where x.parent_id = p.value)`,
    },
    from: portable.each('parents', 'p', 'int'),
  }),
);

/** Sorts above every text that begins with what stands before it, in UTF-8 as in UTF-16. */
const LAST_CHARACTER = '\u{10FFFF}';

function matches({ topics: t, topicNames: n }: Tables, { kind, matching }: TopicQuery): SQL {
  const ofKind = kind === null ? sql`true` : sql`${t.kind} = ${sql.placeholder('kind')}`;
  if (matching === null) return ofKind;
  const named = sql`select ${n.topicId} from ${n} where ${n.normalised} >= ${sql.placeholder('prefix')} and ${n.normalised} < ${sql.placeholder('prefixEnd')}`;
  return sql`${ofKind} and ${t.id} in (${named})`;
}

function matchParameters({ kind, matching }: TopicQuery): Params {
  return {
    ...(kind === null ? {} : { kind }),
    ...(matching === null ? {} : { prefix: matching, prefixEnd: matching + LAST_CHARACTER }),
  };
}

function pageParameters({ size, from }: Page): Params {
  return { limit: size + 1, ...(from ? { fromSort: from.sort, fromKey: from.key } : {}) };
}

/** By name the list rises, by coverage it falls. */
function rises(page: Page, order: TopicOrder): boolean {
  return (order === 'NAME') === (page.direction === 'FORWARD');
}

function after(page: Page, order: TopicOrder, sort: SQL, key: SQL): SQL {
  if (page.from === null) return sql``;
  const beyond = rises(page, order) ? sql`>` : sql`<`;
  return sql`and (${sort}, ${key}) ${beyond} (${sql.placeholder('fromSort')}, ${sql.placeholder('fromKey')})`;
}

function orderBy(page: Page, order: TopicOrder, sort: SQL, key: SQL): SQL {
  const direction = rises(page, order) ? sql`asc` : sql`desc`;
  return sql`${sort} ${direction}, ${key} ${direction}`;
}
