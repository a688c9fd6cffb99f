/** Whether the index says what the articles say. */
import { sql } from 'drizzle-orm';
import {
  checkIndexStructure,
  type Database,
  type IndexedDocument,
  indexedOf,
  type Reader,
  type StoredDocument,
} from '../database';
import { documentOf } from './document';
import { namesAgree } from './names';
import type { IndexProgress } from './rebuild';
import { searchedArticles } from './searched-articles';
import { TextAnalysis } from './texts';

export interface IndexReport {
  readonly articles: number;
  /** Articles that the index does not have, and that it has otherwise than they are. */
  readonly missing: number;
  readonly stale: number;
  /** Documents of the index that belong to no article. */
  readonly surplus: number;
  /** Topics and authors whose names it has otherwise. */
  readonly renamed: number;
  /** What the engine finds wrong with its own structure; null for nothing. */
  readonly damage: string | null;
}

const STEP = 200;

/** Compares every article, and every name, with what the index has of it: as of one instant. */
export async function checkIndex(
  database: Database,
  onProgress?: (progress: IndexProgress) => void,
): Promise<IndexReport> {
  const damage = await checkIndexStructure(database);
  return database.snapshot(async (reader) => {
    const [row] = await reader.rows<{ total: number }>(sql`select count(*) as total from articles`);
    const total = row?.total ?? 0;
    const report = { articles: 0, missing: 0, stale: 0, surplus: 0, renamed: 0, damage };
    for await (const ids of keysIn(reader, 'articles')) {
      const analysis = new TextAnalysis();
      const articles = await searchedArticles(reader, ids);
      const documents = articles.map((article) => documentOf(article, analysis.of(article)));
      const indexed = await indexedOf(reader, documents);
      for (const document of documents) {
        const state = stateOf(document, indexed.get(document.articleId));
        if (state !== null) report[state] += 1;
      }
      report.articles += ids.length;
      onProgress?.({ done: report.articles, total });
    }
    for (const kind of ['author', 'topic'] as const) {
      for await (const ids of keysIn(reader, `${kind}s`))
        report.renamed += await namesAgree(reader, kind, ids);
    }
    const [beside] = await reader.rows<{ surplus: number }>(
      sql`select count(*) as surplus from search_index as f where not exists (select 1 from search_documents as d where d.number = ${reader.portable.engine === 'postgres' ? sql`f.number` : sql`f.rowid`})`,
    );
    return { ...report, surplus: beside?.surplus ?? 0 };
  });
}

export function isSound({ missing, stale, surplus, renamed, damage }: IndexReport): boolean {
  return missing + stale + surplus + renamed === 0 && damage === null;
}

function stateOf(expected: IndexedDocument, found: StoredDocument | undefined): 'missing' | 'stale' | null {
  if (found === undefined) return 'missing';
  const same =
    found.hasTerms &&
    found.number === expected.number &&
    found.length === expected.length &&
    found.title === expected.title &&
    found.profile.equals(expected.profile);
  return same ? null : 'stale';
}

async function* keysIn(reader: Reader, table: string): AsyncGenerator<number[], void, undefined> {
  for (let last = 0; ; ) {
    const rows = await reader.rows<{ id: number }>(
      sql`select id from ${sql.identifier(table)} where id > ${last} order by id limit ${STEP}`,
    );
    if (rows.length === 0) return;
    const ids = rows.map(({ id }) => id);
    last = ids.at(-1) ?? last;
    yield ids;
  }
}
