/**
 * The words of articles where the engines look for them: FTS5 on SQLite, a tsvector under a GIN index on PostgreSQL.
 * Both are given terms that were made elsewhere and take them byte by byte, so that both find the same.
 *
 * FTS5's tokenizer "ascii" parts words at spaces and folds nothing, for terms have no ASCII but a to z and 0 to 9; it
 * keeps no text. In a tsvector the fields stand one behind the other, a place apart, so that no phrase reaches from
 * one into the next.
 */
import { type SQL, sql } from 'drizzle-orm';
import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { DatabaseDamaged } from '../core/errors';
import type { Database, Reader, Tx } from './database';
import type { Engine, RowType } from './portable-sql';
import { toJson } from './storable';

export interface IndexedDocument {
  readonly number: number;
  readonly articleId: number;
  /** Words. */
  readonly length: number;
  /** What the title is completed by. */
  readonly title: string;
  readonly profile: Buffer;
  readonly terms: IndexedTerms;
}

/** The terms of a document in their order, a space apart. */
export interface IndexedTerms {
  readonly title: string;
  readonly standfirst: string;
  readonly body: string;
  /** Terms that find the document and are in no phrase; each once. */
  readonly loose: string;
}

/** Stands where a phrase must not go on; nobody can look for it. */
export const GAP = '\ue000';

/** PostgreSQL keeps places up to 16,383, of one term no more than 255: what goes beyond is loose, or a gap. */
export const MAX_PLACES = 16_000;
export const MAX_OCCURRENCES = 255;

/** What a document must have. */
export type Match =
  | { readonly kind: 'term'; readonly term: string }
  | { readonly kind: 'prefix'; readonly prefix: string }
  /** Side by side in a title, a standfirst or a body. */
  | { readonly kind: 'phrase'; readonly terms: readonly string[] }
  | { readonly kind: 'all' | 'any'; readonly of: readonly Match[] }
  | { readonly kind: 'except'; readonly match: Match; readonly not: Match };

/** Adds documents of articles that have none. */
export async function addToIndex(tx: Tx, documents: readonly IndexedDocument[]): Promise<void> {
  if (documents.length === 0) return;
  await (tx.portable.engine === 'postgres' ? addToPostgres : addToSqlite)(tx, documents);
}

async function addToPostgres(tx: Tx, documents: readonly IndexedDocument[]): Promise<void> {
  const rows = documents.map(({ number, articleId, length, title, profile, terms }) => ({
    ...{ number, article_id: articleId, length, title, profile: profile.toString('hex') },
    words: tsvectorOf(terms),
  }));
  const given = (columns: Readonly<Record<string, RowType>>) => tx.portable.rows('rows', 'r', columns);
  const params = { rows: toJson(rows) };
  await tx.execute(
    sql`insert into search_documents (number, article_id, length, title, profile) select number, article_id, length, title, decode(profile, 'hex') from ${given({ number: 'bigint', article_id: 'int', length: 'int', title: 'text', profile: 'text' })}`,
    params,
  );
  await tx.execute(
    sql`insert into search_index (number, words) select number, words::tsvector from ${given({ number: 'bigint', words: 'text' })}`,
    params,
  );
}

/** Not by way of JSON, which would take longer than the indexing itself. */
async function addToSqlite(tx: Tx, documents: readonly IndexedDocument[]): Promise<void> {
  await tx.insertMany(
    tx.tables.searchDocuments,
    documents.map(({ terms: _, ...document }) => document),
  );
  await tx.insertMany(
    ftsTable,
    documents.map(({ number, terms }) => ({ number, ...terms })),
  );
}

/** FTS5's table as rows are inserted into it. */
export const ftsTable = pgTable('search_index', {
  number: bigint('rowid', { mode: 'number' }).notNull(),
  title: text('title').notNull(),
  standfirst: text('standfirst').notNull(),
  body: text('body').notNull(),
  loose: text('loose').notNull(),
});

/** Takes out the documents of articles that have one. */
export async function takeFromIndex(tx: Tx, articles: readonly number[]): Promise<void> {
  if (articles.length === 0) return;
  const { searchDocuments: d } = tx.tables;
  const documents = await tx.rows<{ number: number }>(
    sql`select number from ${d} where ${tx.portable.among(d.articleId, 'articles')}`,
    { articles },
  );
  const numbers = documents.map(({ number }) => number);
  if (numbers.length === 0) return;
  const number = tx.portable.engine === 'postgres' ? sql`number` : sql`rowid`;
  await tx.execute(sql`delete from search_index where ${tx.portable.among(number, 'numbers')}`, { numbers });
  await tx.execute(sql`delete from ${d} where ${tx.portable.among(d.number, 'numbers')}`, { numbers });
}

/** A document as it is stored. */
export interface StoredDocument extends Omit<IndexedDocument, 'terms'> {
  /** Whether the index has its terms: on SQLite any, which keeps none to be compared; on PostgreSQL these. */
  readonly hasTerms: boolean;
}

/** What the index has of the articles, by their keys, compared with the documents that they should have. */
export async function indexedOf(
  reader: Reader,
  expected: readonly IndexedDocument[],
): Promise<Map<number, StoredDocument>> {
  const { searchDocuments: d } = reader.tables;
  const isPostgres = reader.portable.engine === 'postgres';
  const rows = expected.map(({ number, terms }) => ({ number, words: isPostgres ? tsvectorOf(terms) : '' }));
  const stored: Omit<StoredDocument, 'hasTerms'>[] = await reader
    .select()
    .from(d)
    .where(sql`${d.articleId} in ${expected.map(({ articleId }) => articleId)}`);
  const having = await reader.rows<{ number: number }>(
    isPostgres
      ? sql`select f.number from search_index as f join ${reader.portable.rows('rows', 'r', { number: 'bigint', words: 'text' })} on f.number = r.number and f.words = r.words::tsvector`
      : sql`select rowid as number from search_index where rowid in (select number from ${reader.portable.rows('rows', 'r', { number: 'bigint' })})`,
    { rows: toJson(rows) },
  );
  const numbers = new Set(having.map(({ number }) => number));
  return new Map(
    stored.map((document) => [document.articleId, { ...document, hasTerms: numbers.has(document.number) }]),
  );
}

/** What the engine finds wrong with the index itself, as far as it can tell; null for nothing. */
export async function checkIndexStructure(database: Database): Promise<string | null> {
  if (database.engine === 'postgres') return null;
  try {
    await database.write((tx) =>
      tx.execute(sql`insert into search_index (search_index) values ('integrity-check')`),
    );
    return null;
  } catch (error) {
    if (error instanceof DatabaseDamaged) return error.message;
    throw error;
  }
}

/**
 * What follows `from` for the documents that match: `f.number`. Binds `match`, as `matchText` writes it, and the
 * bounds `low` and `high` of the numbers, inclusive; on SQLite it gives them in any order that is asked for without sorting.
 */
export function indexMatches(engine: Engine): IndexPart {
  const { from, number, where } = indexHas(engine, sql`${sql.placeholder('match')}`);
  return {
    ...{ from, number },
    where: sql`${where} and ${number} between ${sql.placeholder('low')} and ${sql.placeholder('high')}`,
  };
}

/** The same of what stands in a column of the statement, and whatever their numbers are. */
export function indexHas(engine: Engine, match: SQL): IndexPart {
  return engine === 'postgres'
    ? { from: FROM, number: sql`f.number`, where: sql`f.words @@ ${match}::tsquery` }
    : { from: FROM, number: sql`f.rowid`, where: sql`search_index match ${match}` };
}

interface IndexPart {
  readonly from: SQL;
  readonly number: SQL;
  readonly where: SQL;
}

const FROM = sql`search_index as f`;

/** The match in the engine's own language. */
export function matchText({ portable: { engine } }: Pick<Reader, 'portable'>, match: Match): string {
  return engine === 'postgres' ? tsquery(match) : fts5(match);
}

function fts5(match: Match): string {
  switch (match.kind) {
    case 'term':
      return `"${match.term}"`;
    case 'prefix':
      return `"${match.prefix}" *`;
    case 'phrase':
      return `{title standfirst body} : "${match.terms.join(' ')}"`;
    case 'except':
      return `(${fts5(match.match)}) NOT (${fts5(match.not)})`;
    default:
      return match.of.map((each) => `(${fts5(each)})`).join(match.kind === 'all' ? ' AND ' : ' OR ');
  }
}

function tsquery(match: Match): string {
  switch (match.kind) {
    case 'term':
      return `'${match.term}'`;
    case 'prefix':
      return `'${match.prefix}':*`;
    case 'phrase':
      return match.terms.map((term) => `'${term}'`).join(' <-> ');
    case 'except':
      return `(${tsquery(match.match)}) & !(${tsquery(match.not)})`;
    default:
      return match.of.map((each) => `(${tsquery(each)})`).join(match.kind === 'all' ? ' & ' : ' | ');
  }
}

function tsvectorOf({ title, standfirst, body, loose }: IndexedTerms): string {
  const places = new Map<string, number[]>();
  let place = 0;
  for (const field of [title, standfirst, body]) {
    for (const term of partsOf(field)) {
      place += 1;
      if (term === GAP) continue;
      const known = places.get(term);
      if (known) known.push(place);
      else places.set(term, [place]);
    }
    place += 1;
  }
  const found = [...places].map(([term, at]) => `'${term}':${at.join()}`);
  const others = partsOf(loose).filter((term) => !places.has(term));
  return [...found, ...others.map((term) => `'${term}'`)].join(' ');
}

function partsOf(terms: string): string[] {
  return terms === '' ? [] : terms.split(' ');
}
