/** Where names stand in a text: whole words, the longest name where several overlap. */
import { directionOf } from '../core/text';
import { leavesNameWhole, mayHaveClitics, withoutClitics } from './affixes';
import type { Lexicon, Step } from './lexicon';
import { type Name, primary } from './name';
import { formOf, type Words, wordsOf } from './words';

export type Section = 'TITLE' | 'STANDFIRST' | 'BODY';

/** A part of an article, taken apart. */
export interface Passage {
  readonly section: Section;
  readonly text: string;
  readonly words: Words;
}

export interface Occurrence {
  readonly section: Section;
  /** Words before it in its section. */
  readonly position: number;
  /** In the text of its section, in UTF-16 code units; half-open. */
  readonly start: number;
  readonly end: number;
  /** All that are written like that. */
  readonly names: readonly Name[];
  /** It stands among words in capitals, where capitals say nothing. */
  readonly isShouted: boolean;
}

/** @param words those of the text, where they are known already */
export function passage(section: Section, text: string, words: Words = wordsOf(text)): Passage {
  return { section, text, words };
}

function formAt({ text, words }: Passage, word: number): string {
  return formOf(text, words.start(word), words.end(word));
}

/** In the order of the text. */
export function occurrencesIn(lexicon: Lexicon, passage: Passage, language: string): Occurrence[] {
  const tongue = primary(language);
  const found: Match[] = [];
  const { words } = passage;
  for (let first = 0; first < words.length; first += 1) {
    if (lexicon.mayBegin(words.key(first)))
      walk(lexicon.begin(formAt(passage, first)), first, passage, tongue, found);
    if (tongue !== 'ar' || !mayHaveClitics(passage.text.charCodeAt(words.start(first)))) continue;
    for (const form of withoutClitics(formAt(passage, first)))
      walk(lexicon.begin(form), first, passage, tongue, found);
  }
  return longest(found, passage).map((match) => occurrence(match, passage));
}

interface Match {
  readonly first: number;
  readonly last: number;
  readonly names: readonly Name[];
}

function walk(
  from: Step | undefined,
  first: number,
  passage: Passage,
  language: string,
  found: Match[],
): void {
  let at = from;
  for (let last = first; at !== undefined; ) {
    const { names } = at;
    if (names.length > 0 && isWhole(passage, last)) {
      const match = {
        first,
        last,
        names: names.filter((name) => isMeant(name, passage, first, last, language)),
      };
      if (match.names.length > 0) found.push(match);
    }
    if (last + 1 === passage.words.length || at.next.size === 0 || !areJoined(passage, last)) return;
    last += 1;
    at = at.next.get(formAt(passage, last));
  }
}

/** Of those that overlap the one with more letters, of equals the first. */
function longest(found: readonly Match[], { words }: Passage): Match[] {
  if (found.length < 2) return [...found];
  const length = ({ first, last }: Match) => words.end(last) - words.start(first);
  const taken = new Uint8Array(words.length);
  const kept: Match[] = [];
  for (const match of [...found].sort((a, b) => length(b) - length(a) || a.first - b.first)) {
    if (taken.subarray(match.first, match.last + 1).includes(1)) continue;
    taken.fill(1, match.first, match.last + 1);
    kept.push(match);
  }
  return kept.sort((a, b) => a.first - b.first);
}

function occurrence({ first, last, names }: Match, { section, text, words }: Passage): Occurrence {
  const around = [first - 1, last + 1].filter((word) => word >= 0 && word < words.length);
  const shouted = around.filter((word) => CAPITALS.test(text.slice(words.start(word), words.end(word))));
  const [start, end] = [words.start(first), words.end(last)];
  const isShouted = around.length > 0 && shouted.length === around.length;
  return { section, position: first, start, end, names, isShouted };
}

const CAPITALS = /^\p{Lu}{2,}$/u;
const INITIAL = /^\p{Lu}/u;
const SMALL = /\p{Ll}/u;

function isMeant(
  { topic, language: own, isLatin, letters }: Name,
  { text, words }: Passage,
  first: number,
  last: number,
  language: string,
): boolean {
  // A word of one language is another word in the next that is written with the same letters: «شام» is Syria in
  // Urdu, and the evening in Persian.
  if (topic && !isLatin && own !== language && isArabic(language) && topic.languages.has(language))
    return false;
  if (letters === 'ANY') return true;
  const written = Array.from({ length: last + 1 - first }, (_, index) =>
    text.slice(words.start(first + index), words.end(first + index)),
  );
  return letters === 'INITIAL'
    ? written.some((word) => INITIAL.test(word))
    : !written.some((word) => SMALL.test(word));
}

/** Whether it is written in Arabic letters. */
function isArabic(language: string): boolean {
  return directionOf(language) === 'RTL' && language !== 'he';
}

/** Whether the name may end with this word: what a non-joiner ties to it makes no other word of it. */
function isWhole(passage: Passage, last: number): boolean {
  return !passage.words.isGlued(last + 1) || leavesNameWhole(formAt(passage, last + 1));
}

/** Whether the word and the next may belong to one name: no comma, full stop or line end is between them. */
function areJoined({ text, words }: Passage, last: number): boolean {
  const [end, start] = [words.end(last), words.start(last + 1)];
  if (start === end || (start === end + 1 && text.charCodeAt(end) === 0x20)) return true;
  return start - end <= FURTHEST && JOINTS.test(text.slice(end, start));
}

/** UTF-16 code units. */
const FURTHEST = 5;
const JOINTS =
  /^(?:[^\S\n\r]{1,2}|[-\u2010-\u2015\u2212'\u2019.\u200c/]|[^\S\n\r]?[-\u2013&][^\S\n\r]?)[\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff]*$/u;
