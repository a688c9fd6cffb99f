/** Which words there are, and in how many articles: for ranking, and for what somebody may have meant. */
import { sql } from 'drizzle-orm';
import { type Tx, toJson } from '../database';
import type { SearchDocument } from './document';
import type { WordList } from './texts';

/** Entries that are no words, which have no such sign: how many documents there are, and how many words these have together. */
export const ALL_DOCUMENTS = '#documents';
export const ALL_WORDS = '#words';
/** By which version of the analysis the index was made; absent while it is being made. */
export const VERSION = '#version';

/** Counts the words of articles that are new. */
export async function countWords(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
  if (documents.length === 0) return;
  const entries = wordsOf(documents);
  const add = (name: string, documents: number) => entries.set(name, { ...rowOf(name, name), documents });
  add(ALL_DOCUMENTS, documents.length);
  add(
    ALL_WORDS,
    documents.reduce((sum, { length }) => sum + length, 0),
  );
  await upsert(tx, entries, sql`do update set documents = search_words.documents + excluded.documents`);
}

/** Learns the words of articles that have changed. How many had them before is not known, so others are not counted. */
export async function learnWords(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
  const entries = wordsOf(documents);
  for (const entry of entries.values()) entry.documents = 1;
  await upsert(tx, entries, sql`do nothing`);
}

/** Each word with how many of the documents have it. */
function wordsOf(documents: readonly SearchDocument[]): Map<string, Entry> {
  const counted = new Map<WordList, Uint32Array>();
  for (const {
    words: { list, numbers },
  } of documents) {
    const counts = counted.get(list) ?? new Uint32Array(list.words.length);
    for (const number of numbers) counts[number] = (counts[number] ?? 0) + 1;
    counted.set(list, counts);
  }
  const entries = new Map<string, Entry>();
  for (const [{ words, terms }, counts] of counted) {
    for (const [number, documents] of counts.entries()) {
      const word = words[number];
      if (documents === 0 || word === undefined) continue;
      const entry = entries.get(word);
      if (entry) entry.documents += documents;
      else entries.set(word, { ...rowOf(word, terms[number] ?? word), documents });
    }
  }
  return entries;
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
