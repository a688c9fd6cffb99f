import { IDEOGRAPH, kindsOf, LETTER, MARK, NUMBER } from './letters';

/** Between letters: ' ’ soft hyphen, hyphens, zero-width non-joiner and joiner. */
const WITHIN: ReadonlySet<number> = new Set([0x27, 0x2019, 0xad, 0x2010, 0x2011, 0x2d, 0x200c, 0x200d]);
/** Between digits: . , and the Arabic ones. */
const WITHIN_NUMBERS: ReadonlySet<number> = new Set([0x2e, 0x2c, 0x66b, 0x66c]);

/**
 * Words of a plain text: runs of letters and digits, with apostrophes, hyphens and zero-width joiners
 * within them («می‌شود», «don't», «follow-up») and points or commas between digits («3,000»). Chinese and
 * Japanese write no spaces; there two characters count as a word, which is about what a word has.
 */
export function countWords(text: string): number {
  let count = 0;
  let at = 0;
  while (at < text.length) {
    const code = codeAt(text, at);
    const kinds = kindsOf(code);
    if (kinds & IDEOGRAPH) {
      at += width(code);
      const next = codeAt(text, at);
      if (kindsOf(next) & IDEOGRAPH) at += width(next);
      count += 1;
    } else if (kinds & (LETTER | NUMBER)) {
      at = endOfWord(text, at);
      count += 1;
    } else {
      at += width(code);
    }
  }
  return count;
}

/** The index behind the word that begins at `start`. */
function endOfWord(text: string, start: number): number {
  let at = start;
  for (;;) {
    let code = codeAt(text, at);
    let kinds = kindsOf(code);
    if (kinds & IDEOGRAPH || !(kinds & (LETTER | NUMBER))) return at;
    at += width(code);
    let isNumber = (kinds & NUMBER) !== 0;
    for (;;) {
      code = codeAt(text, at);
      kinds = kindsOf(code);
      if (!(kinds & MARK)) break;
      at += width(code);
      isNumber = false;
    }
    if (WITHIN.has(code)) {
      if (kindsOf(codeAt(text, at + 1)) & (LETTER | NUMBER)) at += 1;
    } else if (isNumber && WITHIN_NUMBERS.has(code)) {
      if (kindsOf(codeAt(text, at + 1)) & NUMBER) at += 1;
    }
  }
}

/** 0, which is no letter, behind the end. */
function codeAt(text: string, at: number): number {
  if (at >= text.length) return 0;
  const unit = text.charCodeAt(at);
  return unit < 0xd800 || unit > 0xdbff ? unit : (text.codePointAt(at) ?? 0);
}

function width(code: number): number {
  return code > 0xffff ? 2 : 1;
}
