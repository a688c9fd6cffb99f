/** What is in a database, table by table, as far as it has to be the same after a move to another one. */
import { type Column, getTableColumns, is, Table } from 'drizzle-orm';
import type { Database } from '../../src/database';

/**
 * What a move does not take along, and why. A table or a column that is not here has to arrive as it was: who adds
 * one adds it to the export (src/importers/json-lines: newsroom.reads, record, written, store-records), or here.
 */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  'topicNames.id': 'a name is part of its topic: nobody refers to it',
  'articleCorrections.id': 'a correction is part of its article: nobody refers to it',
  articleAgenda: 'what the clock will make of articles: it follows from their dates, over there as well',
  'commentEvents.id': 'what was decided stays in its order: nobody refers to it',
  rates: 'how much was written in the last minutes: over there nobody has written anything yet',
  idempotencyKeys: 'what was answered to requests that may be repeated: over there nobody repeats them',
  ...Object.fromEntries(
    [
      ...['searchDocuments', 'searchWords', 'searchNames', 'searchAliases'],
      ...['articleSignatures', 'signatureBuckets', 'articleCopies'],
    ].map((name) => [
      name,
      'the index of the search: over there it is made anew, and `checkIndex` says that it is right',
    ]),
  ),
  webhooks: 'a copy of the newsroom must not tell partners anything: over there they are made anew',
  webhookDeliveries: 'what is being told to partners from here',
  jobs: 'whose turn it is among the processes that share the database: over there it begins anew',
};

/** Types of lines that stay behind unless they are asked for, with their tables. */
export const PRIVATE = {
  commentPrivate: 'commentPrivate',
  commentVersion: 'commentRevisions',
  commentDecision: 'commentEvents',
  commentReport: 'commentReports',
  commenterMark: 'commenterMarks',
  apiKey: 'apiKeys',
};

export type Row = Readonly<Record<string, unknown>>;
export type Content = Map<string, readonly Row[]>;

/** Every table of the schema with all its rows, by the names that the schema gives them. */
export async function dump(database: Database): Promise<Content> {
  const content: Content = new Map();
  for (const [name, table] of tablesOf(database)) {
    const rows: Row[] = await database.select().from(table);
    content.set(name, rows.map(canonical).sort(byText));
  }
  return content;
}

/** The same without what is left out. */
export async function contentOf(database: Database): Promise<Content> {
  const content = await dump(database);
  for (const [name, rows] of content) {
    if (LEFT_OUT[name] !== undefined) {
      content.delete(name);
      continue;
    }
    const kept = rows
      .filter((row) => name !== 'settings' || row.value !== '')
      .map((row) => Object.entries(row).filter(([column]) => LEFT_OUT[`${name}.${column}`] === undefined))
      .map((entries): Row => Object.fromEntries(entries));
    content.set(name, kept);
  }
  return content;
}

export async function contentWithoutPrivate(database: Database): Promise<Content> {
  const content = await contentOf(database);
  for (const name of Object.values(PRIVATE)) content.delete(name);
  // They are part of the keys of partners.
  content.delete('entitlements');
  return content;
}

/** `table.column` of every column in which all rows have nothing, or what the column has by itself. */
export async function untold(database: Database): Promise<string[]> {
  const content = await dump(database);
  return tablesOf(database).flatMap(([name, table]) =>
    Object.entries<Column>(getTableColumns(table))
      .filter(([key, column]) =>
        (content.get(name) ?? []).every((row) => row[key] === null || row[key] === column.default),
      )
      .map(([key]) => `${name}.${key}`),
  );
}

/** The names of all tables, and `table.column` of all columns. */
export function columnsOf(database: Database): string[] {
  return tablesOf(database).flatMap(([name, table]) => [
    name,
    ...Object.keys(getTableColumns(table)).map((column) => `${name}.${column}`),
  ]);
}

function tablesOf({ tables }: Database) {
  return Object.entries(tables).flatMap(([name, table]) =>
    is(table, Table) ? [[name, table] as const] : [],
  );
}

function byText(a: Row, b: Row): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

/** The names within JSON in one order: PostgreSQL gives them back in another than SQLite. */
function canonical(row: Row): Row {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, sorted(value)]));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, each]): [string, unknown] => [key, sorted(each)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
