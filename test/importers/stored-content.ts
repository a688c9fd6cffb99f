import { sql } from 'drizzle-orm';
import type { SecretBox } from '../../src/core/sealed';
import type { Database } from '../../src/database';

type Row = Readonly<Record<string, unknown>>;

/** The tables of a newsroom's content, and what tells a row from the others, whatever its key. */
const NAMES: Readonly<Record<string, string>> = {
  authors: 'slug',
  categories: 'slug',
  topics: 'slug',
  images: 'url',
  articles: 'path',
  comments: `(select external_id from import_keys where kind = 'comment' and local_id = comments.id)`,
};

/** Which table a column refers to. Of two kinds the row itself tells it. */
const REFERENCES: Readonly<Record<string, string>> = {
  ...{ author_id: 'authors', category_id: 'categories', topic_id: 'topics', article_id: 'articles' },
  ...{ primary_category_id: 'categories', lead_image_id: 'images', avatar_id: 'images' },
  ...{ translation_group: 'articles', comment_id: 'comments', root_id: 'comments' },
};
const KINDS: Readonly<Record<string, string>> = {
  ...{ author: 'authors', category: 'categories', topic: 'topics', image: 'images', article: 'articles' },
  ...{ comment: 'comments', group: 'articles', mark: '', 'author-number': 'authors' },
};
const TABLES = [
  ...Object.keys(NAMES),
  ...['topic_names', 'article_bodies', 'article_authors', 'article_categories', 'article_topics'],
  ...['comment_private', 'redirects', 'changes', 'import_keys', 'feed_head'],
];

/**
 * All that a newsroom's database holds, so that it can be compared: without the keys of rows, which two runs may give
 * otherwise, and with what they refer to by its name. Private addresses are opened.
 */
export async function storedContent(
  database: Database,
  box: SecretBox,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const names = new Map<string, string>();
  for (const [table, name] of Object.entries(NAMES)) {
    const rows = await database.rows<{ id: number; name: string }>(
      sql.raw(`select id, ${name} as name from ${table}`),
    );
    for (const row of rows) names.set(`${table} ${row.id}`, row.name);
  }
  const nameOf = (table: string, id: unknown) =>
    id === null || table === '' ? null : (names.get(`${table} ${id}`) ?? `nothing (${table} ${id})`);
  const content: Record<string, string[]> = {};
  for (const table of TABLES) {
    const rows = await database.rows<Row>(sql.raw(`select * from ${table}`));
    content[table] = rows.map((row) => JSON.stringify(told(table, row, nameOf, box))).sort();
  }
  return content;
}

function told(
  table: string,
  row: Row,
  nameOf: (table: string, id: unknown) => string | null,
  box: SecretBox,
): unknown[] {
  return Object.entries(row).flatMap(([column, value]) => {
    if (column === 'id' || (table === 'changes' && column === 'seq')) return [];
    if (column === 'email_sealed') return [[column, value === null ? null : box.open(String(value))]];
    if (column === 'entity_id')
      return [[column, nameOf(KINDS[String(row.entity).toLowerCase()] ?? '', value)]];
    if (column === 'local_id') return [[column, nameOf(KINDS[String(row.kind)] ?? '', value)]];
    if (column === 'parent_id') return [[column, nameOf(table, value)]];
    // A hash in which the key of a parent can stand: all that two runs have alike is whether there is one.
    if (column === 'state' && ['category', 'topic'].includes(String(row.kind)))
      return [[column, value !== null]];
    const target = REFERENCES[column];
    if (target !== undefined) return [[column, nameOf(target, value)]];
    if (/_id$/.test(column) && !['external_id', 'wikidata_id'].includes(column)) {
      throw new Error(`What does ${table}.${column} refer to?`);
    }
    return [[column, value]];
  });
}
