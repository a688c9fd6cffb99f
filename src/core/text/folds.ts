/** What the table holds for a code unit that disappears. */
export const DROPPED = 0;

type Range = readonly [first: number, last: number];

const DROPPED_RANGES: readonly Range[] = [
  [0x00ad, 0x00ad], // soft hyphen
  [0x0300, 0x036f], // combining accents
  [0x0610, 0x061a], // signs above Arabic letters
  [0x061c, 0x061c], // Arabic letter mark
  [0x0640, 0x0640], // tatweel
  [0x064b, 0x065f], // tanwin, harakat, maddah, and the hamza above and below
  [0x0670, 0x0670], // superscript alef
  [0x0674, 0x0674], // high hamza
  [0x06d6, 0x06dc], // Koranic signs, here and in the next four
  [0x06df, 0x06e4],
  [0x06e7, 0x06e8],
  [0x06ea, 0x06ed],
  [0x08ca, 0x08ff],
  [0x180e, 0x180e],
  [0x1ab0, 0x1aff], // combining accents, extended and supplement
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f], // zero-width space, non-joiner, joiner, directional marks
  [0x202a, 0x202e], // directional embeddings
  [0x2060, 0x206f], // word joiner, directional isolates
  [0x20d0, 0x20ff], // combining marks for symbols, the keycap of emoji among them
  [0xfe00, 0xfe0f], // variation selectors
  [0xfe20, 0xfe2f], // combining half marks
  [0xfeff, 0xfeff], // byte order mark
];

const SPACE_RANGES: readonly Range[] = [
  [0x0000, 0x0020],
  [0x007f, 0x00a0],
  [0x1680, 0x1680],
  [0x2000, 0x200a],
  [0x2028, 0x2029],
  [0x202f, 0x202f],
  [0x205f, 0x205f],
  [0x3000, 0x3000],
];

// Written as escapes where the shapes cannot be told apart on a screen.
const LETTERS: ReadonlyArray<readonly [letters: string, canonical: string]> = [
  ['\u064a\u0649\u06cd', '\u06cc'], // yeh, alef maksura, yeh with tail -> Farsi yeh
  ['\u0643\u06aa', '\u06a9'], // kaf, swash kaf -> keheh
  ['\u06ab', '\u06af'], // kaf with ring -> gaf
  ['\u0671\u0672\u0673\u0675', '\u0627'], // alef wasla and alefs with wavy or high hamza -> alef
  ['\u0676\u0677', '\u0648'], // waw with high hamza
  ['\u0629\u06c1\u06c3\u06d5\u06ff', '\u0647'], // teh marbuta, heh goal and its teh marbuta, ae -> heh
  ['\u066b', '.'],
  ['\u066c', ','],
  ['\u066a', '%'],
  ['\u03c2', '\u03c3'], // final sigma
  ['\u00f8', 'o'], // Latin letters with a stroke, which do not decompose
  ['\u0142', 'l'],
  ['\u0111\u00f0', 'd'],
  ['\u0127', 'h'],
  ['\u0167', 't'],
  ['\u0131', 'i'],
];

/**
 * UTF-16 code unit -> the code unit that stands for it, `DROPPED`, or a space; itself when nothing is said.
 * For text that is decomposed (NFKD) and in lower case, so that precomposed and presentation forms
 * (آ أ إ ئ ؤ ۀ ﻻ) have already come apart into a letter and marks.
 *
 * Folded is what writers of one language mix freely, or type for want of the right key:
 * - ي ى ۍ to ی, and ئ by the loss of its hamza: Persian has رئیس beside رییس, Egypt ends words in ى for ي,
 *   Pashto texts are full of ی and ئ where ۍ is meant;
 * - ك ڪ to ک and the Pashto ګ to گ: keyboards decide which one is typed;
 * - أ إ آ ٱ and their kin to ا, ؤ to و: مؤسسه and موسسه, آب and اب;
 * - ة ۃ to ه, and the shapes ہ ە ۀ ۂ ۿ too;
 * - Arabic-Indic and Persian digits to ASCII, with their decimal, thousands and per cent signs.
 *
 * Kept is what tells words apart within a language:
 * - Urdu ے against ی (کے "of" masculine, کی feminine; ہے "is", ہی "only"), ں against ن (میں "in", مین);
 * - Pashto ې against ی (دې "this", دی "is") and its retroflex letters ټ ډ ړ ڼ;
 * - ھ as aspiration after an Urdu consonant (کھا "eat", کہا "said"), anywhere else it is ه: that one
 *   depends on its neighbour and is decided by the normaliser;
 * - a hamza on its own (ء), which ends words of its own in Arabic.
 */
export const FOLDS: Uint16Array = buildFolds();

function buildFolds(): Uint16Array {
  const folds = Uint16Array.from({ length: 0x1_0000 }, (_, unit) => unit);
  for (const [first, last] of DROPPED_RANGES) folds.fill(DROPPED, first, last + 1);
  for (const [first, last] of SPACE_RANGES) folds.fill(0x20, first, last + 1);
  for (const [letters, canonical] of LETTERS) {
    for (const letter of letters) folds[letter.charCodeAt(0)] = canonical.charCodeAt(0);
  }
  for (const zero of [0x0660, 0x06f0]) {
    for (let digit = 0; digit < 10; digit += 1) folds[zero + digit] = 0x30 + digit;
  }
  return folds;
}
