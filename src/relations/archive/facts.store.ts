import { type SQL, sql } from 'drizzle-orm';
import { type Engine, prepared, type QueryTools, type Reader, type Tables } from '../../database';
import { type ArticleFacts, SALIENCE_ROOM } from './facts';
import type { TopicPlace } from './topic-tree';

/**
 * Articles that one statement reads: a millisecond or so. Few, for what has been read of a page outlives a collection of
 * new garbage that comes in between: by pages of 500 the heap grew to 200 MB while a million were read, and to 86 by these.
 */
const PAGE = 100;
const TOPIC_PAGE = 5_000;

const SALIENCE_UNITS = 10_000;

/**
 * A tie in one number, as `unpackTie` takes it apart: a text of these is read several times as fast as a row for each tie.
 * SQLite counts in 64 bits and its casts leave out what is behind the point, so that it need not be told: of millions of ties
 * that is a quarter of the time.
 */
function tieOf(engine: Engine): SQL {
  const [room, units] = [sql.raw(String(SALIENCE_ROOM)), sql.raw(String(SALIENCE_UNITS))];
  return engine === 'sqlite'
    ? sql`(t.topic_id * 2 + t.direct) * ${room} + cast(t.salience * ${units} + 0.5 as integer)`
    : sql`cast((cast(t.topic_id as bigint) * 2 + cast(t.direct as integer)) * ${room} + cast(floor(t.salience * ${units} + 0.5) as bigint) as text)`;
}

const columns = ({ tables: { articles: a }, portable }: QueryTools) => ({
  id: a.id,
  listedAt: sql<number>`${a.publishedAt}`.mapWith(Number),
  updatedAt: a.updatedAt,
  embargoUntil: a.embargoUntil,
  expiresAt: a.expiresAt,
  ties: sql<
    string | null
  >`(select string_agg(${tieOf(portable.engine)}, ',') from article_topics as t where t.article_id = ${a.id})`,
});

/** Articles that stand in lists, or will: see `listedAt` of the articles' room. */
const LISTED = sql`articles.kind = 'ARTICLE' and articles.status in ('PUBLISHED', 'SCHEDULED')`;

const pages = prepared<{ sort: number; key: number }, ReturnType<typeof columns>>((tools) => ({
  select: columns(tools),
  from: sql`${tools.tables.articles} where ${LISTED} and (articles.published_at, articles.id) > (${sql.placeholder('sort')}, ${sql.placeholder('key')}) order by articles.published_at, articles.id limit ${sql.raw(String(PAGE))}`,
}));

const some = prepared<{ ids: number[] }, ReturnType<typeof columns>>((tools) => ({
  select: columns(tools),
  from: sql`${tools.tables.articles} where ${tools.portable.among(tools.tables.articles.id, 'ids')} and ${LISTED} and articles.published_at is not null`,
}));

const copies = prepared<{ ids: readonly number[] }, Pick<Tables['articleCopies'], 'articleId' | 'copyId'>>(
  ({ tables: { articleCopies: c }, portable }) => ({
    select: { articleId: c.articleId, copyId: c.copyId },
    from: sql`${c} join articles on articles.id = ${c.copyId} where ${portable.among(c.articleId, 'ids')} and ${LISTED} and articles.published_at is not null order by ${c.articleId}, ${c.copyId}`,
  }),
);

const counts = prepared<Record<string, never>, { total: SQL<number> }>(() => ({
  select: { total: sql<number>`count(*)`.mapWith(Number) },
  from: sql`articles where ${LISTED}`,
}));

const places = prepared<{ ids: number[] }, ReturnType<typeof placeColumns>>(({ tables, portable }) => ({
  select: placeColumns(tables),
  from: sql`${tables.topics} where ${portable.among(tables.topics.id, 'ids')}`,
}));

const placePages = prepared<{ after: number }, ReturnType<typeof placeColumns>>(({ tables }) => ({
  select: placeColumns(tables),
  from: sql`${tables.topics} where ${tables.topics.id} > ${sql.placeholder('after')} order by ${tables.topics.id} limit ${sql.raw(String(TOPIC_PAGE))}`,
}));

function placeColumns({ topics: t }: Tables) {
  return { id: t.id, parentId: t.parentId, kind: t.kind };
}

/** All of them in the order of their publication, equal ones by key, in pages. */
export async function* everyArticle(reader: Reader): AsyncGenerator<readonly ArticleFacts[]> {
  let from = { sort: Number.MIN_SAFE_INTEGER, key: 0 };
  for (;;) {
    const rows = await pages(reader, from);
    const last = rows.at(-1);
    if (last === undefined) return;
    yield await toFacts(reader, rows);
    if (rows.length < PAGE) return;
    from = { sort: last.listedAt, key: last.id };
  }
}

/** How many there are. */
export async function countArticles(reader: Reader): Promise<number> {
  return (await counts(reader, {}))[0]?.total ?? 0;
}

/** Of the articles with these keys those that stand in lists, or will. */
export async function articlesWith(reader: Reader, ids: readonly number[]): Promise<ArticleFacts[]> {
  const found: ArticleFacts[] = [];
  for (let start = 0; start < ids.length; start += PAGE) {
    const rows = await some(reader, { ids: ids.slice(start, start + PAGE) });
    for (const facts of await toFacts(reader, rows)) found.push(facts);
  }
  return found;
}

export async function everyTopic(reader: Reader): Promise<TopicPlace[]> {
  const found: TopicPlace[] = [];
  for (let after = 0; ; ) {
    const rows = await placePages(reader, { after });
    for (const row of rows) found.push(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < TOPIC_PAGE) return found;
    after = last.id;
  }
}

export function topicsWith(reader: Reader, ids: readonly number[]): Promise<TopicPlace[]> {
  return places(reader, { ids: [...ids] });
}

type Row = Omit<ArticleFacts, 'ties' | 'copies'> & { readonly ties: string | null };

async function toFacts(reader: Reader, rows: readonly Row[]): Promise<ArticleFacts[]> {
  if (rows.length === 0) return [];
  const copiesOf = new Map<number, number[]>();
  for (const { articleId, copyId } of await copies(reader, { ids: rows.map(({ id }) => id) })) {
    const known = copiesOf.get(articleId);
    if (known) known.push(copyId);
    else copiesOf.set(articleId, [copyId]);
  }
  // Each by its name: objects that are spread outlive two collections of new garbage, and a million of them fill the heap.
  return rows.map(({ id, listedAt, updatedAt, embargoUntil, expiresAt, ties }) => ({
    id,
    listedAt,
    updatedAt,
    embargoUntil,
    expiresAt,
    ties: ties === null ? [] : numbersIn(ties),
    copies: copiesOf.get(id) ?? NONE,
  }));
}

const NONE: readonly number[] = [];

const COMMA = 44;
const ZERO = 48;

/** The numbers of a text like "12,7,300": several times as fast as to split it, and nothing is left to be collected. */
function numbersIn(text: string): number[] {
  const numbers: number[] = [];
  let number = 0;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code !== COMMA) {
      number = number * 10 + code - ZERO;
      continue;
    }
    numbers.push(number);
    number = 0;
  }
  numbers.push(number);
  return numbers;
}
