/** Which words there are, and in how many articles: for ranking, and for what somebody may have meant. */
import { sql } from 'drizzle-orm';
import { type Tx, toJson } from '../database';
import type { SearchDocument } from './document';

/** Entries that are no words, which have no such sign: how many documents there are, and how many words these have together. */
export const ALL_DOCUMENTS = '#documents';
export const ALL_WORDS = '#words';
/** By which version of the analysis the index was made; absent while it is being made. */
export const VERSION = '#version';

/** Longer words are hardly meant, and hardly any article has them. */
const MAX_WORD = 40;

/** Counts the words of articles that are new. */
export async function countWords(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
  const counts = new Map<string, Entry>();
  const add = (word: string, term: string, documents: number) => {
    const entry = counts.get(word);
    if (entry) entry.documents += documents;
    else counts.set(word, { ...rowOf(word, term), documents });
  };
  for (const { words, length } of documents) {
    for (const [word, term] of words) if (word.length <= MAX_WORD) add(word, term, 1);
    add(ALL_DOCUMENTS, ALL_DOCUMENTS, 1);
    add(ALL_WORDS, ALL_WORDS, length);
  }
  await upsert(tx, counts, sql`do update set documents = search_words.documents + excluded.documents`);
}

/** Learns the words of articles that have changed. How many had them before is not known, so others are not counted. */
export async function learnWords(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
  const rows = new Map<string, Entry>();
  for (const { words } of documents) {
    for (const [word, term] of words)
      if (word.length <= MAX_WORD) rows.set(word, { ...rowOf(word, term), documents: 1 });
  }
  await upsert(tx, rows, sql`do nothing`);
}

interface Entry {
  readonly word: string;
  readonly term: string;
  readonly reversed: string;
  documents: number;
}

function rowOf(word: string, term: string) {
  return { word, term, reversed: reversed(word) };
}

/** By characters: half a pair cannot be stored. */
export function reversed(word: string): string {
  return Array.from(word).reverse().join('');
}

async function upsert(
  tx: Tx,
  entries: ReadonlyMap<string, Entry>,
  conflict: ReturnType<typeof sql>,
): Promise<void> {
  if (entries.size === 0) return;
  // In one order, so that transactions on PostgreSQL wait for one another in a line and not in a circle.
  const rows = [...entries.values()].sort((a, b) => (a.word < b.word ? -1 : 1));
  await tx.execute(
    sql`insert into search_words (word, term, reversed, documents) select word, term, reversed, documents from ${tx.portable.rows('rows', 'r', { word: 'text', term: 'text', reversed: 'text', documents: 'int' })} where true on conflict (word) ${conflict}`,
    { rows: toJson(rows) },
  );
}
