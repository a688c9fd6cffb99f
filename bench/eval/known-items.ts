/** What somebody types who looks for an article that they have read: three words that few others have. Pure. */
import type { Random } from '../generator/random';
import type { Text } from './corpora';

export interface KnownItem {
  /** The place of the text among the others. */
  readonly place: number;
  /** The words as the text has them. */
  readonly written: readonly string[];
}

const WORD = /[\p{L}][\p{L}\p{M}\u200c]{2,}/gu;
/** A word that no other text has would be found by everything. */
const LEAST = 2;
/** Of all texts, at most this share has a distinctive word. */
const MOST = 0.05;

/**
 * So many of the texts, drawn by lot, each with the three of its words that tell most of it: by the number of their
 * occurrences times the inverse document frequency.
 */
export function knownItems(texts: readonly Text[], count: number, random: Random): KnownItem[] {
  const words = texts.map(({ title, body }) => countsOf(`${title} ${body}`));
  const having = new Map<string, number>();
  for (const counts of words) for (const word of counts.keys()) having.set(word, (having.get(word) ?? 0) + 1);
  const most = Math.max(LEAST, texts.length * MOST);
  const items: KnownItem[] = [];
  for (const place of shuffled(texts.length, random)) {
    if (items.length === count) break;
    const worth = [...(words[place] ?? [])].flatMap(([word, times]) => {
      const others = having.get(word) ?? 0;
      return others < LEAST || others > most
        ? []
        : [{ word, worth: times * Math.log(texts.length / others) }];
    });
    worth.sort((a, b) => b.worth - a.worth || (a.word < b.word ? -1 : 1));
    const written = worth.slice(0, 3).map(({ word }) => word);
    if (written.length === 3) items.push({ place, written });
  }
  return items;
}

/**
 * How people type what a text has: with the letters of a Persian keyboard, without marks, and a space or nothing where
 * the text has a zero-width non-joiner, which few know how to type.
 */
export function typed(words: readonly string[], random: Random): string[] {
  return words.map((word) =>
    word
      .replaceAll('ي', 'ی')
      .replaceAll('ك', 'ک')
      .replace(/\p{Mn}/gu, '')
      .replaceAll('\u200c', () => (random.chance(0.5) ? ' ' : '')),
  );
}

function countsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [match] of text.matchAll(WORD)) {
    const word = match.replace(/\u200c+$/, '').toLowerCase();
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

function shuffled(count: number, random: Random): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let at = count - 1; at > 0; at--) {
    const other = random.between(0, at);
    [places[at], places[other]] = [places[other] ?? 0, places[at] ?? 0];
  }
  return places;
}
