/** What somebody may have meant whose query finds nothing. */
import { type SQL, sql } from 'drizzle-orm';
import { prepared, type Reader, type Tables } from '../database';
import { reversed } from '../indexing';
import { editDistance } from './edit-distance';
import type { ParsedQuery } from './search.query';
import { statisticsOf } from './search.store';

/** Words of a query that are looked at, and queries that are tried. */
const MAX_WORDS = 4;
const MAX_TRIES = 3;
/** Letters; of a shorter word nearly every other is near. */
const MIN_LETTERS = 4;
/** Letters from which on a word may be two mistakes away. */
const LONG = 6;

/**
 * The query with its misspelt words as they may have been meant, where that finds something; null otherwise.
 * @param finds whether the viewer would find anything: what they may not see is never suggested
 */
export async function suggestionFor(
  reader: Reader,
  query: ParsedQuery,
  finds: (query: string) => Promise<boolean>,
): Promise<string | null> {
  const tokens = query.wanted.flatMap((clause) =>
    clause.kind === 'word' ? [clause.token] : clause.kind === 'phrase' ? clause.tokens : [],
  );
  const { having } = await statisticsOf(
    reader,
    tokens.map(({ term }) => term),
  );
  const misspelt = tokens
    .filter(({ term, word }) => (having.get(term) ?? 0) === 0 && Array.from(word).length >= MIN_LETTERS)
    .slice(0, MAX_WORDS);
  const meant: { readonly start: number; readonly end: number; readonly words: readonly string[] }[] = [];
  for (const { word, start, end } of misspelt) {
    const words = await wordsNear(reader, word);
    if (words.length > 0) meant.push({ start, end, words });
  }
  if (meant.length === 0) return null;
  for (let tried = 0; tried < MAX_TRIES; tried++) {
    if (tried > 0 && meant.every(({ words }) => words.length <= tried)) return null;
    let text = query.text;
    for (const { start, end, words } of [...meant].reverse())
      text = text.slice(0, start) + (words[tried] ?? words[0] ?? '') + text.slice(end);
    if (await finds(text)) return text;
  }
  return null;
}

/** Rows that are read for one beginning or one end. */
const MAX_ROWS = 3_000;

/** Sorts above every text that begins with what stands before it. */
const LAST_CHARACTER = '\u{10FFFF}';

/** The nearest first, of equally near ones those that are more frequent. */
async function wordsNear(reader: Reader, word: string): Promise<string[]> {
  const letters = Array.from(word);
  const most = letters.length < LONG ? 1 : 2;
  // Fewer mistakes than pieces leave a piece as it is; the middle one of three is not looked for.
  const piece = Math.max(2, Math.floor(letters.length / (most + 1)));
  const shortest = letters.length - most;
  const longest = letters.length + most;
  const beginning = letters.slice(0, piece).join('');
  const end = reversed(letters.slice(-piece).join(''));
  const range = (prefix: string) => ({ prefix, end: prefix + LAST_CHARACTER, shortest, longest });
  const rows = [
    ...(await wordsBeginning(reader, range(beginning))),
    ...(await wordsEnding(reader, range(end))),
  ];
  const near = new Map<string, { distance: number; documents: number }>();
  for (const { word: other, documents } of rows) {
    if (near.has(other)) continue;
    const distance = editDistance(word, other, most);
    if (distance <= most) near.set(other, { distance, documents });
  }
  return [...near]
    .sort(([a, x], [b, y]) => x.distance - y.distance || y.documents - x.documents || (a < b ? -1 : 1))
    .map(([other]) => other);
}

const wordsBeginning = wordRange((tables) => sql`${tables.searchWords.word}`);
const wordsEnding = wordRange((tables) => sql`${tables.searchWords.reversed}`);

function wordRange(column: (tables: Tables) => SQL) {
  return prepared<
    { prefix: string; end: string; shortest: number; longest: number },
    Pick<Tables['searchWords'], 'word' | 'documents'>
  >(({ tables }) => {
    const { searchWords: w } = tables;
    const key = column(tables);
    return {
      select: { word: w.word, documents: w.documents },
      from: sql`${w} where ${key} >= ${sql.placeholder('prefix')} and ${key} < ${sql.placeholder('end')} and length(${w.word}) between ${sql.placeholder('shortest')} and ${sql.placeholder('longest')} order by ${key} limit ${sql.raw(String(MAX_ROWS))}`,
    };
  });
}
