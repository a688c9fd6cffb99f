/** Two searches over the same texts: Dateline's, and SQLite's FTS5 as it comes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { ARTICLE_DEFAULTS, insertArticles, PUBLISHED_ARTICLES } from '../../src/articles';
import { parseBody } from '../../src/articles/body';
import { systemActor } from '../../src/core/actor';
import { migrate, openDatabase } from '../../src/database';
import { SearchReads } from '../../src/search';
import type { Text } from './corpora';

export interface Searcher {
  /** The places of the texts that are found, the best first, at most ten. */
  find(words: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}

const BATCH = 200;
const NOW = Date.UTC(2026, 0, 1);
const FOUND = 10;

/** All of one date, so that none is preferred for its age. */
export async function dateline(texts: readonly Text[]): Promise<Searcher> {
  const folder = mkdtempSync(join(tmpdir(), 'dateline-eval-'));
  const database = openDatabase(join(folder, 'eval.db'), { durability: 'FLUSH' });
  await migrate(database);
  const places = new Map<number, number>();
  for (let start = 0; start < texts.length; start += BATCH) {
    const batch = texts.slice(start, start + BATCH).map((text, at) => draftOf(text, start + at));
    const ids = await database.write((tx) => insertArticles(tx, systemActor('eval'), NOW, batch));
    for (const [at, id] of ids.entries()) places.set(id, start + at);
  }
  const reads = new SearchReads(database, 'PUBLIC', NOW);
  return {
    find: async (words) => {
      const asked = { criteria: PUBLISHED_ARTICLES, order: 'RELEVANCE', size: FOUND, after: null } as const;
      const { hits } = await reads.search({ query: words.join(' '), ...asked });
      return hits.map(({ id }) => places.get(id) ?? -1);
    },
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The tokenizer that is the default, all words wanted, ranked by bm25. */
export function plainFts5(texts: readonly Text[]): Searcher {
  const db = new Sqlite(':memory:');
  db.exec(`create virtual table texts using fts5(title, body, tokenize='unicode61')`);
  const insert = db.prepare('insert into texts (rowid, title, body) values (?, ?, ?)');
  for (const [place, { title, body }] of texts.entries()) insert.run(place, title, body);
  const select = db
    .prepare<[string], number>(
      `select rowid from texts where texts match ? order by bm25(texts) limit ${FOUND}`,
    )
    .pluck();
  return {
    find: async (words) => select.all(words.map((word) => `"${word}"`).join(' ')),
    close: async () => void db.close(),
  };
}

function draftOf({ title, body, language }: Text, place: number) {
  return {
    fields: {
      ...ARTICLE_DEFAULTS,
      ...{ status: 'PUBLISHED' as const, slug: `text-${place}`, path: `/text-${place}`, title, language },
      ...{ publishedAt: NOW, createdAt: NOW, updatedAt: NOW },
    },
    body: parseBody(`<p>${body.replace(/&/g, '&amp;').replace(/</g, '&lt;')}</p>`),
    authorIds: [],
    categoryIds: [],
    topics: [],
  };
}
