import { ARABIC, kindsOf, LETTER } from './letters';

/**
 * Letters that one language of the Arabic script has and its neighbours write otherwise. Arabic itself is told
 * by the teh marbuta, the alef maksura and the hamzas on alef, which the others have only in loans.
 */
const MARKS: readonly (readonly [language: string, letters: string])[] = [
  ['ps', 'ښړډټڅځۍېګڼږ'],
  ['ur', 'ٹڈڑںےھ'],
  ['ar', 'ةىأإ'],
  ['fa', 'پچژگیک'],
];

/** Which of the lists a character is in, counted from 1; they are all in the block that begins at U+0600. */
const ARABIC_BLOCK = 0x600;
const listOf = new Uint8Array(0x100);
for (const [index, [, letters]] of MARKS.entries()) {
  for (const letter of letters) listOf[letter.charCodeAt(0) - ARABIC_BLOCK] = index + 1;
}

/** Less text than this many letters tells nothing. */
const MIN_LETTERS = 80;
/** Characters that are looked at: the beginning of an article says what language it is in. */
export const RECOGNISED_BY = 4_000;
/** Pashto and Urdu have their own letters in every line; Persian texts quote some. */
const MIN_SHARE_OF_MARKS = 0.015;

/**
 * The language of a text in Arabic script: "ar", "fa" (Dari too: in writing they are hardly told apart), "ps" or
 * "ur"; null for other scripts and for too little text. Meant for imports whose source does not tell.
 */
export function recogniseArabicScript(text: string): string | null {
  let letters = 0;
  let arabic = 0;
  const counts = new Uint32Array(MARKS.length + 1);
  const end = Math.min(text.length, RECOGNISED_BY);
  for (let at = 0; at < end; at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    const kinds = kindsOf(code);
    if (kinds & LETTER) letters += 1;
    if (!(kinds & ARABIC)) continue;
    arabic += 1;
    const list = listOf[code - ARABIC_BLOCK] ?? 0;
    counts[list] = (counts[list] ?? 0) + 1;
  }
  const [, ps = 0, ur = 0, ar = 0, fa = 0] = counts;
  if (arabic < MIN_LETTERS || arabic < letters / 2) return null;
  if (ps / arabic >= MIN_SHARE_OF_MARKS && ps >= ur) return 'ps';
  if (ur / arabic >= MIN_SHARE_OF_MARKS) return 'ur';
  return ar > fa ? 'ar' : 'fa';
}
