/**
 * What characters are, from a table: expressions like `\p{L}` are looked up in lists of ranges, character by
 * character, and whole archives pass through the functions that ask here.
 */
export const LETTER = 1;
export const NUMBER = 2;
export const MARK = 4;
/** Han, Hiragana and Katakana. */
export const IDEOGRAPH = 8;
/** Of the Arabic script, whatever it is otherwise. */
export const ARABIC = 16;

const KINDS: readonly (readonly [kind: number, pattern: RegExp])[] = [
  [LETTER, /\p{L}/u],
  [NUMBER, /\p{N}/u],
  [MARK, /\p{M}/u],
  [IDEOGRAPH, /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u],
  [ARABIC, /\p{Script=Arabic}/u],
];

/** Marks an entry as made: there are characters that are none of the kinds. */
const MADE = 128;
const table = new Uint8Array(0x1_0000);

/** The kinds of a character together, given by its code point. */
export function kindsOf(codePoint: number): number {
  const known = table[codePoint];
  // Undefined above the table: of those characters there are too many, and too few in any text.
  if (known === undefined) return classify(codePoint);
  if (known !== 0) return known;
  const kinds = classify(codePoint) | MADE;
  table[codePoint] = kinds;
  return kinds;
}

function classify(codePoint: number): number {
  const character = String.fromCodePoint(codePoint);
  return KINDS.reduce((kinds, [kind, pattern]) => (pattern.test(character) ? kinds | kind : kinds), 0);
}
