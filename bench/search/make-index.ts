/**
 * The index of a generated archive: what `dateline search rebuild` makes, but in large steps and without anything being
 * read again.
 */
import { sql } from 'drizzle-orm';
import { ANALYSIS_VERSION } from '../../src/core/text';
import { addToIndex, openDatabase, type Tx } from '../../src/database';
import { countWords, documentOf, indexNames, TextAnalysis, VERSION } from '../../src/indexing';
import { noteCopies } from '../../src/indexing/copies';
import type { InventedArticle } from './invented-article';

/** Articles that are indexed in one transaction, whose words are counted together: nobody else waits for a turn. */
const STEP = 5_000;
/** Of these, documents in one statement. */
const BATCH = 500;

export async function makeIndex(
  url: string,
  articles: number,
  articleOf: (id: number) => InventedArticle,
  say: (text: string) => void,
): Promise<void> {
  const database = openDatabase(url, { durability: 'FLUSH' });
  try {
    await database.write((tx) => tx.delete(tx.tables.searchWords));
    for (const kind of ['author', 'topic'] as const)
      await database.write(async (tx) => indexNames(tx, kind, await keysIn(tx, kind)));
    for (let from = 1; from <= articles; from += STEP) {
      const count = Math.min(STEP, articles - from + 1);
      await database.write((tx) =>
        indexAll(
          tx,
          Array.from({ length: count }, (_, at) => articleOf(from + at)),
        ),
      );
      say(`\rindexed ${from - 1 + count} of ${articles}`);
    }
    const version = { word: VERSION, term: VERSION, reversed: VERSION, documents: ANALYSIS_VERSION };
    await database.write((tx) => tx.insert(tx.tables.searchWords).values(version));
    await database.analyse();
  } finally {
    await database.close();
  }
}

async function keysIn(tx: Tx, kind: 'author' | 'topic'): Promise<number[]> {
  const rows = await tx.rows<{ id: number }>(sql`select id from ${sql.identifier(`${kind}s`)}`);
  return rows.map(({ id }) => id);
}

async function indexAll(tx: Tx, articles: readonly InventedArticle[]): Promise<void> {
  const analysis = new TextAnalysis();
  const documents = articles.map(({ id, publishedAt, title, standfirst, body, authorId, topics }) => {
    const topicIds = [...topics].flatMap(([topic, direct]) => (direct ? [topic] : []));
    return documentOf(
      { id, publishedAt, authorIds: [authorId], topicIds },
      analysis.of({ title, standfirst, text: body }),
    );
  });
  for (let start = 0; start < documents.length; start += BATCH)
    await addToIndex(tx, documents.slice(start, start + BATCH));
  await countWords(tx, documents);
  await noteCopies(tx, documents, 'NEW');
}
