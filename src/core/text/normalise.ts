import { DROPPED, FOLDS } from './folds';

/**
 * One spelling for text that readers take for the same, in English, Persian, Dari, Pashto, Urdu and Arabic.
 *
 * Compatibility forms are decomposed, letters lower-cased without regard to any locale, letters and digits
 * folded as `folds.ts` lists and explains, combining accents, harakat, tatweel, joiners, bidirectional
 * controls and byte order marks dropped, white space and control characters collapsed to single spaces and
 * trimmed. The result is NFC. `normalise(normalise(x)) === normalise(x)`, and x may be in NFC or NFD.
 *
 * The zero-width non-joiner is dropped and not made a space: «می‌شود» becomes «میشود», a spelling that is
 * itself in use. The third spelling, «می شود», is two words here. To find it as the same word is for the
 * tokeniser of the search, which knows the prefixes and suffixes that may stand apart.
 */
export function normalise(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replace(NOT_PRINTABLE_ASCII, ' ').trim();
  const letters = text.normalize('NFKD').toLowerCase();
  return fold(letters.replace(LIGATURES, (ligature) => LIGATURE_LETTERS[ligature] ?? ligature)).normalize(
    'NFC',
  );
}

const ASCII = /^\p{ASCII}*$/u;
const NOT_PRINTABLE_ASCII = /[^!-~]+/g;

// Latin letters without a compatibility decomposition that are written out where the keyboard lacks them.
const LIGATURES = /[ßæœþ]/g;
const LIGATURE_LETTERS: Readonly<Record<string, string>> = { ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' };

const SPACE = 0x20;
const HEH = 0x0647;
const HEH_DOACHASHMEE = 0x06be;

// ب پ ت ٹ ج چ د ڈ ر ڑ ک گ ل م ن: in Urdu a do-chashmi he after one of these is its aspiration.
const ASPIRABLE: ReadonlySet<number> = new Set(
  Array.from('بپتٹجچدڈرڑکگلمن', (letter) => letter.charCodeAt(0)),
);

/** One pass over the code units; every rule but two is a look-up in the table. */
function fold(text: string): string {
  const folded = new Uint16Array(text.length);
  let length = 0;
  // A space that waits for the next letter: leading and trailing ones never get out.
  let space = false;
  let previous = 0;
  for (let index = 0; index < text.length; index += 1) {
    let unit = FOLDS[text.charCodeAt(index)] ?? DROPPED;
    if (unit === DROPPED) continue;
    if (unit === SPACE) {
      space = length > 0;
      continue;
    }
    if (space) {
      folded[length++] = SPACE;
      previous = SPACE;
      space = false;
    }
    if (unit === HEH_DOACHASHMEE && !ASPIRABLE.has(previous)) unit = HEH;
    folded[length++] = unit;
    previous = unit;
  }
  return stringOf(folded.subarray(0, length));
}

// Arguments go on the stack, so a long text is put together from pieces.
const PIECE = 8192;

function stringOf(units: Uint16Array): string {
  if (units.length <= PIECE) return Reflect.apply(String.fromCharCode, null, units);
  let text = '';
  for (let start = 0; start < units.length; start += PIECE) {
    text += Reflect.apply(String.fromCharCode, null, units.subarray(start, start + PIECE));
  }
  return text;
}
