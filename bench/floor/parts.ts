/** What the three answers share: rows in, JSON values out. */
import type Sqlite from 'better-sqlite3';
import { type Position, toCursor, toPage } from '../../src/core/paging';

export type Variables = Readonly<Record<string, unknown>>;
/** The whole answer to one operation, as JSON. */
export type Answer = (variables: Variables) => string;

export const NEWEST = { name: 'NEWEST', sort: 'number' } as const;

/**
 * Has SQLite plan each statement once. better-sqlite3 is built with STAT4: a value that is bound in sight is looked at, and
 * another one has the statement compiled anew (see `UnseenValues` in src/database/prepared.ts). FLOOR_REPLANS=1 leaves the
 * statements as people write them.
 */
export function planningOnce(db: Sqlite.Database): Sqlite.Database {
  if (process.env.FLOOR_REPLANS === '1') return db;
  const prepare = db.prepare.bind(db);
  db.prepare = ((text: string) => prepare(text.replaceAll('?', '+?'))) as typeof db.prepare;
  return db;
}

/** What is scheduled is published when its date has come. Binds the present once; the plus leaves the index to cursors. */
export const isPublished = (table: string): string =>
  `${table}.status in ('PUBLISHED', 'SCHEDULED') and +${table}.published_at <= ?`;

/** Visible to the public at the instants bound: twice the present. */
export const withinRights = (table: string): string =>
  `(${table}.embargo_until is null or ${table}.embargo_until <= ?) and (${table}.expires_at is null or ${table}.expires_at > ?)`;

/** The same as Dateline's globalId; btoa is four times faster than a Buffer, and keys are ASCII. */
export function globalId(type: string, key: number): string {
  return btoa(`${type}:${key}`).replaceAll('=', '').replaceAll('+', '-').replaceAll('/', '_');
}

export function direction(language: string): 'LTR' | 'RTL' {
  return language === 'fa' || language === 'ps' || language === 'ur' || language === 'ar' ? 'RTL' : 'LTR';
}

export function isoOrNull(instant: number | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

export interface Subject {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
}

/**
 * Authors or categories of many articles in one statement. SQLite hands them over as one JSON text: parsing
 * it costs a third of crossing into JavaScript row by row.
 */
export function subjectsOf(
  db: Sqlite.Database,
  type: 'Author' | 'Category',
): (articles: readonly number[]) => Map<number, Subject[]> {
  const { ties, key, subjects, own } =
    type === 'Author'
      ? { ties: 'article_authors', key: 'author_id', subjects: 'authors', own: '' }
      : { ties: 'article_categories', key: 'category_id', subjects: 'categories', own: 'and t.direct' };
  const statement = db
    .prepare<[string], string>(
      `select json_group_array(json_array(t.article_id, t.position, s.id, s.slug, s.name))
       from ${ties} as t join ${subjects} as s on s.id = t.${key}
       where t.article_id in (select value from json_each(?)) ${own}`,
    )
    .pluck();
  return (articles) => {
    const rows: [number, number, number, string, string][] = JSON.parse(
      statement.get(JSON.stringify(articles)) ?? '[]',
    );
    // Within an article they come by key; five at a time are put in their order faster here than there.
    rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const found = new Map<number, Subject[]>();
    for (const [article, , id, slug, name] of rows) {
      const subject = { id: globalId(type, id), slug, name };
      const list = found.get(article);
      if (list) list.push(subject);
      else found.set(article, [subject]);
    }
    return found;
  };
}

/** Reads a page of a newest-first list: one statement from the top, one from a cursor. */
export function pages<Row>(
  from: (...parameters: unknown[]) => Row[],
  after: (...parameters: unknown[]) => Row[],
): (key: readonly unknown[], variables: Variables) => { rows: Row[]; size: number } {
  return (key, { first, after: cursor }) => {
    const page = toPage({ first: optional(first, 'number'), after: optional(cursor, 'string') }, NEWEST);
    const now = Date.now();
    const rows =
      page.from === null
        ? from(...key, now, now, page.size + 1)
        : after(...key, now, now, page.from.sort, page.from.key, page.size + 1);
    return { rows, size: page.size };
  };
}

export function pageInfo(hasNextPage: boolean, last: Position | null) {
  return { hasNextPage, endCursor: last === null ? null : toCursor(NEWEST, last) };
}

function optional(value: unknown, type: 'number'): number | null;
function optional(value: unknown, type: 'string'): string | null;
function optional(value: unknown, type: 'number' | 'string'): unknown {
  return typeof value === type ? value : null;
}
