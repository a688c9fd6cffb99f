/**
 * Letters that one language of the Arabic script has and its neighbours write otherwise. Arabic itself is told
 * by the teh marbuta, the alef maksura and the hamzas on alef, which the others have only in loans.
 */
const MARKS: readonly (readonly [language: string, letters: RegExp])[] = [
  ['ps', /[ښړډټڅځۍېګڼږ]/gu],
  ['ur', /[ٹڈڑںےھ]/gu],
  ['ar', /[ةىأإ]/gu],
  ['fa', /[پچژگیک]/gu],
];

/** Letters of the Arabic script, whatever the language. */
const ARABIC_SCRIPT = /\p{Script=Arabic}/gu;
const LETTERS = /\p{L}/gu;

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
  const sample = text.slice(0, SAMPLE);
  const letters = count(sample, LETTERS);
  const arabic = count(sample, ARABIC_SCRIPT);
  if (arabic < MIN_LETTERS || arabic < letters / 2) return null;
  const shares = new Map(MARKS.map(([language, marks]) => [language, count(sample, marks) / arabic]));
  const share = (language: string) => shares.get(language) ?? 0;
  if (share('ps') >= MIN_SHARE_OF_MARKS && share('ps') >= share('ur')) return 'ps';
  if (share('ur') >= MIN_SHARE_OF_MARKS) return 'ur';
  return share('ar') > share('fa') ? 'ar' : 'fa';
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
