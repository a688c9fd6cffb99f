import { ARABIC, kindsOf, LETTER } from './letters';

/**
 * Letters that one language of the Arabic script has and its neighbours write otherwise. Arabic itself is told
 * by the teh marbuta, the alef maksura and the hamzas on alef, which the others have only in loans.
 */
const MARKS = new Map([
  ...marksOf('ps', 'ښړډټڅځۍېګڼږ'),
  ...marksOf('ur', 'ٹڈڑںےھ'),
  ...marksOf('ar', 'ةىأإ'),
  ...marksOf('fa', 'پچژگیک'),
]);

/** Less text than this many letters tells nothing. */
const MIN_LETTERS = 80;
/** Characters that are looked at: the beginning of an article says what language it is in. */
const SAMPLE = 4_000;
/** Pashto and Urdu have their own letters in every line; Persian texts quote some. */
const MIN_SHARE_OF_MARKS = 0.015;

/**
 * The language of a text in Arabic script: "ar", "fa" (Dari too: in writing they are hardly told apart), "ps" or
 * "ur"; null for other scripts and for too little text. Meant for imports whose source does not tell.
 */
export function recogniseArabicScript(text: string): string | null {
  let letters = 0;
  let arabic = 0;
  const marks = { ps: 0, ur: 0, ar: 0, fa: 0 };
  for (let at = 0; at < Math.min(text.length, SAMPLE); at++) {
    const code = text.codePointAt(at) ?? 0;
    if (code > 0xffff) at++;
    const kinds = kindsOf(code);
    if (kinds & LETTER) letters += 1;
    if (!(kinds & ARABIC)) continue;
    arabic += 1;
    const language = MARKS.get(code);
    if (language !== undefined) marks[language] += 1;
  }
  if (arabic < MIN_LETTERS || arabic < letters / 2) return null;
  if (marks.ps / arabic >= MIN_SHARE_OF_MARKS && marks.ps >= marks.ur) return 'ps';
  if (marks.ur / arabic >= MIN_SHARE_OF_MARKS) return 'ur';
  return marks.ar > marks.fa ? 'ar' : 'fa';
}

function marksOf<L extends string>(language: L, letters: string): [number, L][] {
  return Array.from(letters, (letter) => [letter.codePointAt(0) ?? 0, language]);
}
