import { normalise } from './normalise';

/** The longest slug that `slugify` makes, in UTF-16 code units. */
export const MAX_SLUG_LENGTH = 200;

/** What `slugify` answers for a text without a single letter or digit. */
export const UNTITLED_SLUG = 'untitled';

/**
 * The words of the normalised text in their order: runs of letters, digits and the marks on them, of any
 * script. Hyphens and apostrophes separate: «Pakistan's» is `pakistan`, `s`, so that the name is found.
 * A run of Chinese, Japanese or Thai is one word, as nothing separates its words.
 */
export function tokens(text: string): string[] {
  return normalise(text).match(WORDS) ?? [];
}

/**
 * A readable slug: the words joined by hyphens, in the script they were written in and not transliterated.
 * At most `MAX_SLUG_LENGTH` long, cut between words (within a word only if the first is longer than that),
 * never empty: `UNTITLED_SLUG` when there are no words. Two texts may have the same slug; who stores slugs
 * keeps them apart. `slugify(slugify(x)) === slugify(x)`.
 */
export function slugify(text: string): string {
  let slug = '';
  for (const word of tokens(text)) {
    if (slug === '') {
      slug = cut(word, MAX_SLUG_LENGTH);
    } else if (slug.length + 1 + word.length <= MAX_SLUG_LENGTH) {
      slug += `-${word}`;
    } else {
      break;
    }
  }
  return slug || UNTITLED_SLUG;
}

const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

/** At most `length` code units, without half a surrogate pair at the end. */
function cut(word: string, length: number): string {
  if (word.length <= length) return word;
  const last = word.charCodeAt(length - 1);
  return word.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}
