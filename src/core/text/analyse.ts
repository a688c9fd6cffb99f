import { stem } from 'porter2';
import { belongTogether, isAffix } from './affixes';
import { ARABIC, IDEOGRAPH, kindsOf, LETTER, MARK, NUMBER } from './letters';
import { normalise } from './normalise';

/**
 * Rises when the same text comes to other terms, or to another signature, than before: an index that was made by
 * another version has to be made anew.
 */
export const ANALYSIS_VERSION = 2;

/** A word as the search sees it. Texts that have it share it. */
export interface Word {
  /** What is indexed and looked up: the word, an English one (any of a to z alone) by its stem. */
  readonly term: string;
  /** The normalised word. */
  readonly word: string;
  /** Words that it was put together from and that find it too; affixes do not. */
  readonly parts: readonly string[];
  readonly isAffix: boolean;
  /** Room for what whoever takes the words has found out about this one: to look it up takes longer than to find it. */
  note: unknown;
}

/** One word of a text. */
export interface Token extends Omit<Word, 'isAffix' | 'note'> {
  /** Where it stands in the text as it was given, in UTF-16 code units; half-open. */
  readonly start: number;
  readonly end: number;
}

/**
 * The words of a text, for the index and for queries alike. A word is a run of letters, digits and their marks; it
 * goes on across joiners, soft hyphens and directional marks, and `'s` at its end is left out. Of Chinese and
 * Japanese each character is a word; numbers are words
 * of their own beside Arabic letters. What was written apart with or without a zero-width non-joiner is one word,
 * see `affixes.ts`. The time is linear in the length of the text; nothing is thrown.
 */
export function analyse(text: string): Token[] {
  const tokens: Token[] = [];
  eachWord(text, ({ term, word, parts }, start, end) => {
    tokens.push({ term, word, parts, start, end });
  });
  return tokens;
}

/** The same, word by word, each with where it stands. */
export function eachWord(text: string, take: (word: Word, start: number, end: number) => void): void {
  // The word before waits: what follows may belong to it.
  let last: Word | undefined;
  let start = 0;
  let end = 0;
  for (let at = 0; at < text.length; ) {
    const code = codeAt(text, at);
    const kinds = kindsOf(code);
    if (!(kinds & (LETTER | NUMBER))) {
      at += width(code);
      continue;
    }
    const next = kinds & IDEOGRAPH ? at + width(code) : endOfWord(text, at);
    for (const word of wordsIn(text.slice(at, next))) {
      if (last !== undefined && isOne(last, word, text, end, at)) {
        last = together(last, word);
      } else {
        if (last !== undefined) take(last, start, end);
        last = word;
        start = at;
      }
      end = next;
    }
    at = pastPossessive(text, next);
  }
  if (last !== undefined) take(last, start, end);
}

/** The term under which a normalised word is indexed. */
export function termOf(word: string): string {
  return ENGLISH.test(word) ? stem(word) : word;
}

/** Longer ones are no words; PostgreSQL would refuse those of more than 2,046 bytes. UTF-16 code units. */
const MAX_LENGTH = 64;
const ENGLISH = /^[a-z]+$/;
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const NON_JOINER = '\u200c';
const APART = /^[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]*$/;

/** Most words of an archive are seen again and again. */
const known = new Map<string, readonly Word[]>();
const MAX_KNOWN = 50_000;

/** Nearly always one; a sign such as ½ stands for several. */
function wordsIn(raw: string): readonly Word[] {
  let found = known.get(raw);
  if (found === undefined) {
    // What is cut out of a text is a view of it in V8, and would keep all of it in memory.
    const own = structuredClone(raw);
    found = own.includes(NON_JOINER) ? joined(own) : split(own);
    if (known.size >= MAX_KNOWN) known.clear();
    known.set(own, found);
  }
  return found;
}

function split(raw: string): Word[] {
  return (normalise(raw).match(WORDS) ?? []).map((word) => foundAs(cut(word), []));
}

/** «پیش‌بینی» is found as «پیشبینی» and by each of its parts. */
function joined(raw: string): Word[] {
  const parts = raw.split(NON_JOINER).flatMap((part) => split(part).map(({ word }) => word));
  const word = cut(parts.join(''));
  if (word === '') return [];
  return [
    foundAs(
      word,
      [...new Set(parts)].filter((part) => part !== word && !isAffix(part)),
    ),
  ];
}

function foundAs(word: string, parts: readonly string[]): Word {
  return { word, term: termOf(word), parts, isAffix: isAffix(word), note: null };
}

/** Whether what stands between `from` and `to` parts an affix from its word. */
function isOne(last: Word, next: Word, text: string, from: number, to: number): boolean {
  if (!last.isAffix && !next.isAffix) return false;
  return belongTogether(last.word, next.word) && APART.test(text.slice(from, to));
}

function together(last: Word, next: Word): Word {
  const parts = [last, next].flatMap(({ word, parts: own, isAffix: alone }) =>
    alone ? own : [word, ...own],
  );
  return foundAs(cut(last.word + next.word), [...new Set(parts)]);
}

function endOfWord(text: string, start: number): number {
  let end = start;
  let before = 0;
  for (let at = start; at < text.length; ) {
    const code = codeAt(text, at);
    const kinds = kindsOf(code);
    const belongs = (kinds & (LETTER | NUMBER | MARK)) !== 0 && !(kinds & IDEOGRAPH);
    if (!belongs && !INVISIBLE.has(code)) break;
    // «۲۰۱۹م»: a number and a word beside it, where Latin has names such as G20.
    if (kinds & NUMBER ? before & ARABIC_LETTER : isArabicLetter(kinds) && before & NUMBER) break;
    if (belongs && !(kinds & MARK)) before = isArabicLetter(kinds) ? ARABIC_LETTER : kinds & NUMBER;
    at += width(code);
    // What cannot be seen belongs to the word only where the word goes on behind it.
    if (belongs) end = at;
  }
  return end;
}

const ARABIC_LETTER = ARABIC | LETTER;

function isArabicLetter(kinds: number): boolean {
  return (kinds & ARABIC_LETTER) === ARABIC_LETTER;
}

/** Soft hyphen, Arabic letter mark, joiners and directional marks: `normalise` drops them. */
const INVISIBLE: ReadonlySet<number> = new Set([
  ...[0xad, 0x61c, 0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e],
  ...[0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xfeff],
]);

function pastPossessive(text: string, end: number): number {
  const mark = text.charCodeAt(end);
  if (mark !== 0x27 && mark !== 0x2019) return end;
  if ((text.charCodeAt(end + 1) | 0x20) !== 0x73) return end;
  return kindsOf(codeAt(text, end + 2)) & (LETTER | NUMBER | MARK) ? end : end + 2;
}

function cut(word: string): string {
  if (word.length <= MAX_LENGTH) return word;
  const last = word.charCodeAt(MAX_LENGTH - 1);
  return word.slice(0, last >= 0xd800 && last <= 0xdbff ? MAX_LENGTH - 1 : MAX_LENGTH);
}

/** 0, which is no letter, behind the end. */
function codeAt(text: string, at: number): number {
  return text.codePointAt(at) ?? 0;
}

function width(code: number): number {
  return code > 0xffff ? 2 : 1;
}
