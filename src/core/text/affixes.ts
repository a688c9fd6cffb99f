/**
 * Endings and beginnings that Persian writers join to a word, set apart by a zero-width non-joiner, or set apart by a
 * space: «می‌شود», «میشود» and «می شود» are one verb. In the spelling of `normalise`.
 */
const PREFIXES: ReadonlySet<string> = new Set(['می', 'نمی']);
const SUFFIXES: ReadonlySet<string> = new Set([
  'ها',
  'های',
  'هایی',
  'هایم',
  'هایت',
  'هایش',
  'هایمان',
  'هایتان',
  'هایشان',
  'تر',
  'ترین',
]);

/** Whether two words that stand next to each other are one, written apart. */
export function belongTogether(word: string, next: string): boolean {
  if (PREFIXES.has(word)) return isArabic(next) && !isAffix(next);
  return SUFFIXES.has(next) && isArabic(word) && !isAffix(word);
}

/** Whether it is no word by itself, which nobody looks for. */
export function isAffix(word: string): boolean {
  return PREFIXES.has(word) || SUFFIXES.has(word);
}

/** Letters of the Arabic block; what has a digit in it stands alone. */
function isArabic(word: string): boolean {
  return ARABIC_LETTERS.test(word);
}

const ARABIC_LETTERS = /^[\u0621-\u06ef\u06fa-\u06ff]+$/;
