import { type SQL, sql } from 'drizzle-orm';
import {
  type ArticleQuery,
  articlesWhere,
  conditionParameters,
  conditionShape,
  FACETS,
  type Facet,
  MEMBERSHIPS,
  type Subject,
} from '../articles';
import {
  indexMatches,
  type Match,
  matchText,
  type NamedKind,
  type PortableSql,
  prepared,
  preparedByShape,
  type Reader,
  type Tables,
} from '../database';
import { ALL_DOCUMENTS, ALL_WORDS, highestOfDay, KEYS, lowestOfDay } from '../indexing';
import type { Place } from './search.cursor';
import type { Statistics } from './search.ranking';

/** An article that matches. */
export interface Candidate {
  readonly id: number;
  readonly number: number;
  readonly publishedAt: number | null;
  readonly language: string;
}

export type RankedCandidate = Candidate & { readonly length: number; readonly profile: string };

export interface CandidateQuery {
  readonly match: Match;
  /** Whose articles, which of them, and when. */
  readonly articles: ArticleQuery;
  /** No documents with lower numbers. */
  readonly low?: number;
  /** No documents with higher numbers. */
  readonly high?: number;
  /** In the order of publication, only what comes behind. */
  readonly behind?: Place;
  readonly limit: number;
}

/** Where articles without a date of publication stand in the order of it. */
export const UNDATED = Number.MIN_SAFE_INTEGER;

/** The newest articles that match, by the numbers of their documents, which fall. */
export function candidates(reader: Reader, query: CandidateQuery): Promise<Candidate[]> {
  const statement = plain(shapeOf(query), ({ tables, portable }) => ({
    select: plainColumns(tables, portable),
    from: candidatesFrom(portable, query, NO_DOCUMENTS),
  }));
  return statement(reader, parametersOf(reader, query));
}

/** The same with what they are ranked by. */
export function rankedCandidates(reader: Reader, query: CandidateQuery): Promise<RankedCandidate[]> {
  const statement = ranked(shapeOf(query), ({ tables, portable }) => ({
    select: rankedColumns(tables, portable),
    from: candidatesFrom(portable, query, DOCUMENTS),
  }));
  return statement(reader, parametersOf(reader, query));
}

/** Matches that are looked at of a query that only some articles can answer: of few of them, and of others. */
export interface LookedAt {
  readonly few: number;
  readonly many: number;
}

export const LOOKED_AT: LookedAt = { few: 200_000, many: 20_000 };

/**
 * The number from which on documents are looked at where a filter may leave out most of the many that match; null where
 * there are not so many.
 */
export async function lowestLookedAt(
  reader: Reader,
  match: Match,
  articles: ArticleQuery,
  lookedAt: LookedAt,
): Promise<number | null> {
  const { selections, languages } = articles.criteria;
  if (Object.keys(selections).length === 0 && languages === undefined) return null;
  const skip = fewOf(articles) === null ? lookedAt.many : lookedAt.few;
  const [last] = await nth(reader, { ...parametersOf(reader, { match, articles, limit: 1 }), skip });
  return last?.number ?? null;
}

const nth = prepared<{ match: string; low: number; high: number; skip: number }, { number: SQL<number> }>(
  ({ portable }) => {
    const { from, number, where } = indexMatches(portable.engine);
    return {
      // PostgreSQL's driver gives what is computed from a bigint as text.
      select: { number: sql<number>`${number}`.mapWith(Number) },
      from: sql`${from} where ${where} order by ${number} desc limit 1 offset ${sql.placeholder('skip')}`,
    };
  },
);

const plainColumns = ({ articles: a }: Tables, { engine }: PortableSql) => ({
  id: a.id,
  // PostgreSQL's driver gives what is computed from a bigint as text.
  number: sql<number>`${indexMatches(engine).number}`.mapWith(Number),
  publishedAt: a.publishedAt,
  language: a.language,
});

const rankedColumns = (tables: Tables, portable: PortableSql) => ({
  ...plainColumns(tables, portable),
  length: tables.searchDocuments.length,
  profile: portable.hex(tables.searchDocuments.profile),
});

const plain = preparedByShape<ReturnType<typeof plainColumns>>();
const ranked = preparedByShape<ReturnType<typeof rankedColumns>>();

/** What ranks a document is read last, and only of articles that are wanted: as a table, and how it is found. */
const DOCUMENTS = {
  table: sql`cross join search_documents`,
  having: (number: SQL) => sql`and search_documents.number = ${number}`,
};
const NO_DOCUMENTS: typeof DOCUMENTS = { table: sql``, having: () => sql`` };

function candidatesFrom(
  portable: PortableSql,
  { articles, behind }: CandidateQuery,
  documents: typeof DOCUMENTS,
): SQL {
  const found = indexMatches(portable.engine);
  const published = sql`coalesce(articles.published_at, ${sql.raw(String(UNDATED))})`;
  const beyond = behind
    ? sql`and (${published}, articles.id) < (${sql.placeholder('fromSort')}, ${sql.placeholder('fromKey')})`
    : sql``;
  const key = articleIn(found.number);
  // The words first: on SQLite a cross join is one that is done in the order in which it stands.
  return sql`${found.from} cross join articles ${documents.table} where ${found.where} ${withinFew(portable, articles, key)} and articles.id = ${key} and ${articlesWhere(portable, articles, 'articles')} ${beyond} ${documents.having(found.number)} order by ${found.number} desc limit ${sql.placeholder('limit')}`;
}

/** The key of the article whose document has the number. */
export function articleIn(number: SQL): SQL {
  return sql`(${number} & ${sql.raw(String(KEYS - 1))})`;
}

/** Of a subject that fewer articles carry they are gathered first, and no other match is looked at. */
const FEW = 5_000;

/** Subjects that few articles carry, all of which are wanted, or any; null where there are none. */
function fewOf({ criteria }: ArticleQuery): { facet: Facet; quantifier: 'all' | 'any' } | null {
  for (const facet of FACETS) {
    const { all, any } = criteria.selections[facet] ?? {};
    const few = (subjects: readonly (Subject | null)[]) =>
      subjects.reduce((sum, subject) => sum + (subject?.coverage ?? 0), 0) <= FEW;
    if (all && few(all)) return { facet, quantifier: 'all' };
    if (any && few(any)) return { facet, quantifier: 'any' };
  }
  return null;
}

function withinFew(portable: PortableSql, query: ArticleQuery, key: SQL): SQL {
  const few = fewOf(query);
  if (few === null) return sql``;
  const { name, column } = MEMBERSHIPS[few.facet];
  return sql`and ${key} in (select article_id from ${sql.identifier(name)} where ${portable.among(sql`${sql.identifier(column)}`, `${few.facet}_${few.quantifier}`)})`;
}

function shapeOf({ articles, behind }: CandidateQuery): string {
  const few = fewOf(articles);
  return `${conditionShape(articles)} ${behind !== undefined} ${few?.facet} ${few?.quantifier}`;
}

/** What statements over the matches bind. */
export function parametersOf(reader: Reader, query: CandidateQuery) {
  const { match, articles, behind, limit } = query;
  const { publishedFrom, publishedBefore } = articles.criteria;
  return {
    ...conditionParameters(articles),
    match: matchText(reader, match),
    low: Math.max(
      query.low ?? lowestOfDay(null),
      publishedFrom === undefined ? lowestOfDay(null) : lowestOfDay(publishedFrom),
    ),
    high: Math.min(
      query.high ?? Number.MAX_SAFE_INTEGER,
      publishedBefore === undefined ? Number.MAX_SAFE_INTEGER : highestOfDay(publishedBefore),
    ),
    limit,
    ...(behind ? { fromSort: behind.sort, fromKey: behind.key } : {}),
  };
}

const counts = prepared<
  { terms: readonly string[] },
  { term: Tables['searchWords']['term']; documents: SQL<number> }
>(({ tables: { searchWords: w }, portable }) => ({
  // PostgreSQL's driver gives sums as text.
  select: { term: w.term, documents: sql<number>`sum(${w.documents})`.mapWith(Number) },
  from: sql`${w} where ${portable.among(w.term, 'terms')} group by ${w.term}`,
}));

/** How many documents there are, and how many have each of the terms. */
export async function statisticsOf(reader: Reader, terms: readonly string[]): Promise<Statistics> {
  const rows = await counts(reader, { terms: [...new Set([...terms, ALL_DOCUMENTS, ALL_WORDS])] });
  const having = new Map(rows.map(({ term, documents }) => [term, documents]));
  return { documents: having.get(ALL_DOCUMENTS) ?? 0, words: having.get(ALL_WORDS) ?? 0, having };
}

/** A word in the name of a topic or an author. */
export interface NameEntry {
  readonly term: string;
  readonly kind: NamedKind;
  readonly subjectId: number;
  readonly name: number;
  readonly position: number;
}

/** Entries that are read of one term: what hundreds of names have tells none of them. */
const MAX_ENTRIES = 300;

const nameColumns = () => ({
  term: sql<string>`n.term`,
  kind: sql<NamedKind>`n.kind`,
  subjectId: sql<number>`n.subject_id`,
  name: sql<number>`n.name`,
  position: sql<number>`n.position`,
});

/** Names that have one of the terms. */
export const namesHaving = prepared<{ terms: readonly string[] }, ReturnType<typeof nameColumns>>(
  ({ tables, portable }) => {
    const pick = sql`search_names as x where x.term = p.value order by x.term, x.kind, x.subject_id, x.name, x.position limit ${sql.raw(String(MAX_ENTRIES))}`;
    return {
      select: nameColumns(),
      from: sql`${portable.each('terms', 'p', 'text')} ${portable.joinTop(sql`${tables.searchNames}`, 'n', 'x', pick)}`,
    };
  },
);

/** Names that have a word which begins so. */
export const namesBeginning = prepared<{ prefix: string; end: string }, ReturnType<typeof nameColumns>>(
  ({ tables }) => ({
    select: nameColumns(),
    from: sql`${tables.searchNames} as n where n.term >= ${sql.placeholder('prefix')} and n.term < ${sql.placeholder('end')} order by n.term, n.kind, n.subject_id, n.name, n.position limit ${sql.raw(String(MAX_ENTRIES))}`,
  }),
);

/** What has become part of the subjects. */
export const formerSubjects = prepared(({ tables: { searchAliases: a }, portable }) => ({
  select: { kind: a.kind, formerId: a.formerId, subjectId: a.subjectId },
  from: sql`${a} where ${a.kind} in ('author', 'topic') and ${portable.among(a.subjectId, 'ids')}`,
}));
