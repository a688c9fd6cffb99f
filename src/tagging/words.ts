import { normalise } from '../core/text';
import { ARABIC, IDEOGRAPH, kindsOf, LETTER, MARK, NUMBER } from '../core/text/letters';

/**
 * The words of a text as names are compared, whole and in the shared normaliser's spelling. What is kept of them are
 * numbers, so that another thread can find them; a word is known by its place among them.
 */
export class Words {
  /** @param numbers four of each word: see `wordsOf` */
  constructor(readonly numbers: Int32Array) {}

  get length(): number {
    return this.numbers.length / NUMBERS;
  }

  /** Where it stands in the text as it was given, in UTF-16 code units; half-open. */
  start(word: number): number {
    return this.numbers[word * NUMBERS] ?? 0;
  }

  end(word: number): number {
    return this.numbers[word * NUMBERS + 1] ?? 0;
  }

  /** The same for all words that are spelt alike: see `keyOf`. */
  key(word: number): number {
    return this.numbers[word * NUMBERS + 2] ?? 0;
  }

  /** Whether nothing but a zero-width non-joiner stands between it and the word before it. */
  isGlued(word: number): boolean {
    return this.numbers[word * NUMBERS + 3] === 1;
  }
}

const NUMBERS = 4;

/**
 * The words of a text and of names alike: runs of letters, digits and their marks. Unlike the search's they end at a
 * zero-width non-joiner, so that «آی‌اس‌آی» and «آی اس آی» are the same three, and at an apostrophe, so that
 * "Pakistan's" has the name in it. Digits and Arabic letters side by side («2001ميلادي») are two words. The time is
 * linear in the length of the text; nothing is thrown.
 */
export function wordsOf(text: string): Words {
  let used = 0;
  let before = -1;
  for (let at = 0; at < text.length; ) {
    const code = codeAt(text, at);
    if (!(kindsOf(code) & (LETTER | NUMBER))) {
      at += width(code);
      continue;
    }
    const glued = before === at - 1 && text.charCodeAt(before) === NON_JOINER;
    if (used + NUMBERS > numbers.length) numbers = grownTo(numbers, 2 * numbers.length);
    before = putWord(used, text, at, glued);
    used += NUMBERS;
    at = before;
  }
  return new Words(numbers.slice(0, used));
}

/** Those of the text that is being read. */
let numbers = new Int32Array(4_096);

function grownTo(given: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(length);
  larger.set(given);
  return larger;
}

/** The spellings of a name's words. */
export function formsIn(text: string): string[] {
  const words = wordsOf(text);
  return Array.from({ length: words.length }, (_, word) =>
    formOf(text, words.start(word), words.end(word)),
  ).filter((form) => form !== '');
}

/** How the normaliser spells a word. */
export function formOf(text: string, start: number, end: number): string {
  const raw = text.slice(start, end);
  if (raw.length > LONGEST_KNOWN) return normalise(raw);
  let form = known.get(raw);
  if (form === undefined) {
    // What is cut out of a text is a view of it in V8, and would keep all of it in memory.
    const own = structuredClone(raw);
    form = normalise(own);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(own, form);
  }
  return form;
}

/** The same few words are spelt again and again. */
const known = new Map<string, string>();
const MOST_KNOWN = 20_000;
/** UTF-16 code units. */
const LONGEST_KNOWN = 32;

/**
 * A number by which a word is passed over without being spelt, as nearly all are: spelling is most of the work.
 * Words that are spelt alike have the same, others seldom.
 */
export function keyOf(form: string): number {
  let key = 0;
  for (let at = 0; at < form.length; at += 1) key = grown(key, merged(form.charCodeAt(at)));
  return key;
}

const NON_JOINER = 0x200c;

/** Puts the word that begins at `start` at this place among the numbers. Returns its end. */
function putWord(place: number, text: string, start: number, glued: boolean): number {
  let [end, script, key, isSimple] = [start, 0, 0, true];
  for (let at = start; at < text.length; ) {
    const code = codeAt(text, at);
    const kinds = kindsOf(code);
    if (kinds & (LETTER | NUMBER)) {
      const kind = kinds & NUMBER ? NUMBER : kinds & (LETTER | ARABIC | IDEOGRAPH);
      if (script !== 0 && areApart(kind, script)) break;
      script = kind;
    } else if (!(kinds & MARK)) {
      if (code < FIRST_UNSEEN || !UNSEEN.has(code)) break;
      // What cannot be seen belongs to the word only where the word goes on behind it.
      at += 1;
      continue;
    }
    const unit = code < SIMPLE.length ? (SIMPLE[code] ?? OTHER) : OTHER;
    if (unit === OTHER) isSimple = false;
    else if (unit !== DROPPED) key = grown(key, unit);
    at += width(code);
    end = at;
  }
  numbers[place] = start;
  numbers[place + 1] = end;
  numbers[place + 2] = isSimple ? key : keyOf(formOf(text, start, end));
  numbers[place + 3] = glued ? 1 : 0;
  return end;
}

/** Of Chinese and Japanese each character is a word. */
function areApart(kind: number, before: number): boolean {
  if (kind === before) return (kind & IDEOGRAPH) !== 0;
  if ((kind | before) & IDEOGRAPH) return true;
  return (kind === NUMBER && (before & ARABIC) !== 0) || (before === NUMBER && (kind & ARABIC) !== 0);
}

/** Soft hyphen, joiner and directional marks: the normaliser drops them. */
const UNSEEN: ReadonlySet<number> = new Set([
  ...[0xad, 0x61c, 0x200b, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff],
]);
const FIRST_UNSEEN = 0xad;

const DROPPED = 0;
const OTHER = 0xffff;
/**
 * Latin to Arabic: what the normaliser makes of a character wherever it stands, or DROPPED; OTHER where that depends
 * on others beside it, or is more than one.
 */
const SIMPLE = Uint16Array.from({ length: 0x700 }, (_, code) => {
  const character = String.fromCharCode(code);
  const form = normalise(character);
  if (form === '') return DROPPED;
  return form.length > 1 || /\p{M}/u.test(character) ? OTHER : merged(form.charCodeAt(0));
});

/** A do-chashmi he is another letter than he behind some letters only: for a key they are one. */
function merged(unit: number): number {
  return unit === 0x06be ? 0x0647 : unit;
}

function grown(key: number, unit: number): number {
  return (Math.imul(key, 31) + unit) | 0;
}

function codeAt(text: string, at: number): number {
  const unit = text.charCodeAt(at);
  return unit >= 0xd800 && unit <= 0xdfff ? (text.codePointAt(at) ?? unit) : unit;
}

function width(code: number): number {
  return code > 0xffff ? 2 : 1;
}
