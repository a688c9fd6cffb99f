/**
 * Lists and counts of articles. A list is read through one index from where its page starts, whatever it is
 * filtered by, and many parents are read by the same statement as one.
 */
import { type Name, type SQL, sql } from 'drizzle-orm';
import { columnsKey } from '../core/columns';
import { type PortableSql, preparedByShape, type Reader, type Tables } from '../database';
import type { ArticleRow } from './article';
import { type articleColumns, articleColumnsAmong, type ReadArticle } from './article.columns';
import { conditionsOf, MEMBERSHIPS, needsArticle, parametersOf, shapeOf } from './article.conditions';
import type { ArticleTotal } from './article.counter';
import { type Driver, driverOf, isListed } from './article.driver';
import type { ArticlePageQuery, ArticleQuery } from './article.query';
import { isPublished as isPublishedIn, visibleListing, withinRights } from './article.visibility';

/** An article in a parent's list; `parent` is 0 in a list that has none. */
export type ListedArticle = ReadArticle & { readonly parent: number };

/**
 * The rows of one page in reading order, and one more where the list goes on. With `within`, of the list of
 * each of `parents`, grouped by nothing.
 */
export async function listArticles(
  reader: Reader,
  query: ArticlePageQuery,
  parents: readonly number[] = [],
): Promise<ListedArticle[]> {
  if (query.criteria.statuses.length === 0) return [];
  const driver = driverOf(query);
  const { order, page, columns } = query;
  const shape = `${wayShape(query, driver)} ${order} ${page.direction} ${page.from !== null} ${columns ? columnsKey(columns) : '*'}`;
  const statement = lists(shape, ({ tables, portable }) => listStatement(tables, portable, query, driver));
  const params = parametersFor(query, driver, parents);
  params.limit = page.size + 1;
  if (page.from) {
    params.fromSort = page.from.sort;
    params.fromKey = page.from.key;
  }
  return statement(reader, params);
}

/** How many articles the list holds, by parent; without `within`, under the key 0. */
export async function countArticles(
  reader: Reader,
  query: ArticleQuery,
  parents: readonly number[] = [],
): Promise<readonly ArticleTotal[]> {
  if (query.criteria.statuses.length === 0) return [];
  const driver = driverOf(query);
  const statement = counts(wayShape(query, driver), ({ portable }) =>
    countStatement(portable, query, driver),
  );
  return statement(reader, parametersFor(query, driver, parents));
}

const lists = preparedByShape<ReturnType<typeof articleColumns> & { parent: SQL<number> }>();
const counts = preparedByShape<{ parent: SQL<number>; total: SQL<number> }>();

/** Everything that the text of a statement depends on but the page: what is missing here gets another's text. */
function wayShape(query: ArticleQuery, driver: Driver): string {
  return [
    shapeOf(query),
    driver.kind,
    'facet' in driver ? driver.facet : '',
    driver.satisfies,
    hasRepeats(driver),
    isListed(query),
    isPublished(query),
    query.criteria.statuses.includes('PUBLISHED'),
    query.criteria.statuses.includes('SCHEDULED'),
  ].join(' ');
}

/** Whether the driver meets an article once for each of several keys that it may have; languages it has one. */
function hasRepeats(driver: Driver): boolean {
  return driver.kind === 'subjects' && driver.keys.length > 1;
}

function parametersFor(query: ArticleQuery, driver: Driver, parents: readonly number[]) {
  const params = parametersOf(query);
  if (driver.kind !== 'articles') params.keys = driver.kind === 'parents' ? parents : driver.keys;
  return params;
}

function listStatement(tables: Tables, portable: PortableSql, query: ArticlePageQuery, driver: Driver) {
  const inside = insideOf(portable, query, driver);
  const sort = sortOf(query, inside.article, inside.published);
  const cut = sql`${after(query, sort, inside.key)} ${orderBy(query, sort, inside.key)} limit ${sql.placeholder('limit')}`;
  const page = sql`${rowsOf(inside)} ${cut}`;
  const columns = articleColumnsAmong(tables, query.columns);
  if (driver.kind === 'articles') return { select: { ...columns, parent: sql<number>`0` }, from: page };
  if (inside.onlyKey) {
    const parent = driver.kind === 'parents' ? inside.onlyKey : sql`0`;
    const article = sql`cross join ${tables.articles} on articles.id = ${inside.key}`;
    const from = sql`${inside.tables} ${article} where ${inside.where} ${cut}`;
    return { select: { ...columns, parent: sql<number>`${parent}` }, from };
  }

  // The page is cut inside, for each key. Outside, several keys' pages are merged into one, in which an
  // article of several subjects stands once; or, of parents, they are given side by side.
  const facet = driver.kind !== 'languages' && isListed(query) ? driver.facet : null;
  const table = facet === null ? tables.articles : tables[MEMBERSHIPS[facet].table];
  const top = portable.joinTop(sql`${table}`, facet === null ? 'articles' : 'm', 'x', page);
  const articles = facet === null ? sql`` : sql`join ${tables.articles} on articles.id = m.article_id`;
  const outerSort = sortOf(query, 'articles', sql`articles.published_at`);
  const merged = hasRepeats(driver) ? sql`group by articles.id` : sql``;
  const limit = driver.kind === 'parents' ? sql`` : sql`limit ${sql.placeholder('limit')}`;
  const parent = driver.kind === 'parents' ? sql<number>`p.value` : sql<number>`0`;
  const from = sql`${keyTable(portable, driver)} ${top} ${articles} ${merged} ${orderBy(query, outerSort, sql`articles.id`)} ${limit}`;
  return { select: { ...columns, parent }, from };
}

function countStatement(portable: PortableSql, query: ArticleQuery, driver: Driver) {
  const inside = insideOf(portable, query, driver);
  const rows = rowsOf(inside);
  if (driver.kind === 'articles')
    return { select: { parent: sql<number>`0`, total: sql<number>`count(*)` }, from: rows };
  if (inside.onlyKey) {
    const parent = driver.kind === 'parents' ? inside.onlyKey : sql`0`;
    return { select: { parent: sql<number>`${parent}`, total: sql<number>`count(*)` }, from: rows };
  }
  if (driver.kind === 'parents') {
    const total = sql<number>`(select count(*) from ${rows})`;
    return { select: { parent: sql<number>`p.value`, total }, from: keyTable(portable, driver) };
  }
  const found = sql`select ${hasRepeats(driver) ? sql`distinct` : sql``} ${inside.key} as id from ${keyTable(portable, driver)} cross join ${rows}`;
  return { select: { parent: sql<number>`0`, total: sql<number>`count(*)` }, from: sql`(${found}) as found` };
}

function keyTable(portable: PortableSql, driver: Driver): SQL {
  return portable.each('keys', 'p', driver.kind === 'languages' ? 'text' : 'int');
}

interface Inside {
  /** The table, and what else the conditions need. */
  readonly tables: SQL;
  readonly where: SQL;
  /** The key itself, where the statement is for one and reads its listing: then there is no `p.value`. */
  readonly onlyKey?: SQL | undefined;
  /** The article's key and publication date as the rows have them. */
  readonly key: SQL;
  readonly published: SQL;
  /** The name under which the article's own columns are there. */
  readonly article: string;
}

function rowsOf({ tables, where }: Inside): SQL {
  return sql`${tables} where ${where}`;
}

/** The rows that the driver goes through, for the key `p.value` where it has keys. */
function insideOf(portable: PortableSql, query: ArticleQuery, driver: Driver): Inside {
  if (driver.kind === 'articles' || driver.kind === 'languages' || !isListed(query))
    return articlesInside(portable, query, driver);
  const { name, column, inherits } = MEMBERSHIPS[driver.facet];
  const key = sql`x.article_id`;
  const published = sql`x.listed_at`;
  const sortsByArticle = 'order' in query && query.order === 'RECENTLY_UPDATED';
  const article =
    needsArticle(query, driver.satisfies) || sortsByArticle
      ? sql`join articles as a on a.id = x.article_id`
      : sql``;
  const direct = inherits && !driver.includeDescendants ? sql`and x.direct` : sql``;
  const others = conditionsOf(portable, query, { key, article: 'a', published }, driver.satisfies);
  const onlyKey = portable.only?.('keys');
  return {
    tables: sql`${sql.identifier(name)} as x ${article}`,
    where: sql`x.${sql.identifier(column)} = ${onlyKey ?? sql`p.value`} ${direct} and ${visibleListing(query.audience, 'x')} ${others}`,
    ...{ onlyKey, key, published, article: 'a' },
  };
}

/**
 * Whether the article in the table or alias `name` is one that the query is about: on its own, without a driver.
 * Binds what `parametersOf` gives; `conditionShape` tells queries apart whose conditions read otherwise.
 */
export function articlesWhere(portable: PortableSql, query: ArticleQuery, name: string): SQL {
  const alias = sql.identifier(name);
  const on = { key: sql`${alias}.id`, article: name, published: sql`${alias}.published_at` };
  const others = conditionsOf(portable, query, on, null);
  return sql`${statusOf(portable, query, alias)} and ${alias}.kind = ${sql.placeholder('kind')} and ${withinRights(query.audience, name)} ${others}`;
}

export function conditionShape(query: ArticleQuery): string {
  return wayShape(query, { kind: 'articles', satisfies: null });
}

function articlesInside(portable: PortableSql, query: ArticleQuery, driver: Driver): Inside {
  const name = driver.kind === 'articles' ? 'articles' : 'x';
  const alias = sql.identifier(name);
  const on = { key: sql`${alias}.id`, article: name, published: sql`${alias}.published_at` };
  const others = conditionsOf(portable, query, on, driver.satisfies);
  const where = sql`${statusOf(portable, query, alias)} and ${alias}.kind = ${sql.placeholder('kind')} ${ofKey(driver, alias)} and ${withinRights(query.audience, name)} ${others}`;
  return { tables: sql`articles as ${alias}`, where, ...on };
}

/**
 * What is published stands in the statement as such, and so does that nothing is: only then do the indexes of
 * the ones and of the others serve. The status that counts is that of `statusAt`.
 */
function statusOf(portable: PortableSql, query: ArticleQuery, alias: Name): SQL {
  if (isPublished(query)) return isPublishedIn(alias);
  const { statuses } = query.criteria;
  const stored = portable.among(sql`${alias}.status`, 'statuses');
  const unpublished = sql`${alias}.status <> 'PUBLISHED' and ${stored}`;
  const [published, scheduled] = [statuses.includes('PUBLISHED'), statuses.includes('SCHEDULED')];
  if (published) return scheduled ? stored : sql`(${isPublishedIn(alias)} or (${unpublished}))`;
  if (!scheduled) return unpublished;
  const waits = sql`${alias}.published_at is null or ${alias}.published_at > ${sql.placeholder('now')}`;
  return sql`${unpublished} and (${alias}.status <> 'SCHEDULED' or ${waits})`;
}

/** Ties the rows of `articles` to the key `p.value` of a driver that has keys. */
function ofKey(driver: Driver, alias: Name): SQL {
  if (driver.kind === 'articles') return sql``;
  if (driver.kind === 'languages') return sql`and ${alias}.language = p.value`;
  const { name, column, inherits } = MEMBERSHIPS[driver.facet];
  const direct = inherits && !driver.includeDescendants ? sql`and k.direct` : sql``;
  return sql`and exists (select 1 from ${sql.identifier(name)} as k where k.article_id = ${alias}.id and k.${sql.identifier(column)} = p.value ${direct})`;
}

function isPublished({ criteria }: ArticleQuery): boolean {
  return criteria.statuses.every((status) => status === 'PUBLISHED');
}

/** Drafts have no publication date. They come last, and only where there can be any is the index given up. */
function sortOf(query: ArticlePageQuery, article: string, published: SQL): SQL {
  if (query.order === 'RECENTLY_UPDATED') return sql`${sql.identifier(article)}.updated_at`;
  if (isPublished(query)) return published;
  return sql`coalesce(${published}, ${sql.raw(String(undated(query.order)))})`;
}

/** Where an article without a publication date stands: beyond every date, also those before 1970. */
function undated(order: ArticlePageQuery['order']): number {
  return order === 'NEWEST' ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

/** Keyset: strictly beyond the item that the page starts from, in reading direction. */
function after(query: ArticlePageQuery, sort: SQL, key: SQL): SQL {
  if (query.page.from === null) return sql``;
  const beyond = isDescending(query) ? sql`<` : sql`>`;
  return sql`and (${sort}, ${key}) ${beyond} (${sql.placeholder('fromSort')}, ${sql.placeholder('fromKey')})`;
}

function orderBy(query: ArticlePageQuery, sort: SQL, key: SQL): SQL {
  const direction = isDescending(query) ? sql`desc` : sql`asc`;
  return sql`order by ${sort} ${direction}, ${key} ${direction}`;
}

function isDescending({ order, page }: ArticlePageQuery): boolean {
  return (order !== 'OLDEST') === (page.direction === 'FORWARD');
}

/** The position that a cursor of an article is made of. */
export function articleSort(order: ArticlePageQuery['order'], article: ArticleRow): number {
  if (order === 'RECENTLY_UPDATED') return article.updatedAt;
  return article.publishedAt ?? undated(order);
}
