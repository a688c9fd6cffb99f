/** Two searches over the same texts: Dateline's, and SQLite's FTS5 as it comes. */
import Sqlite from 'better-sqlite3';
import { PUBLISHED_ARTICLES } from '../../src/articles';
import type { Text } from './corpora';
import { newsroomOf } from './newsroom';

export interface Searcher {
  /** The places of the texts that are found, the best first, at most ten. */
  find(words: readonly string[]): Promise<number[]>;
  close(): Promise<void>;
}

const FOUND = 10;

/** All of one date, so that none is preferred for its age. */
export async function dateline(texts: readonly Text[]): Promise<Searcher> {
  const { search, places, close } = await newsroomOf(texts.map(({ date: _, ...text }) => text));
  return {
    find: async (words) => {
      const asked = { criteria: PUBLISHED_ARTICLES, order: 'RELEVANCE', size: FOUND, after: null } as const;
      const { hits } = await search.search({ query: words.join(' '), ...asked });
      return hits.map(({ id }) => places.get(id) ?? -1);
    },
    close,
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
