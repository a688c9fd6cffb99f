/** Where names stand in a text: whole words, the longest name where several overlap. */
import { directionOf } from '../core/text';
import { leavesNameWhole, mayHaveClitics, withoutClitics } from './affixes';
import type { Lexicon, Step } from './lexicon';
import { type Name, primary } from './name';
import { formOf, type Word, wordsOf } from './words';

export type Section = 'TITLE' | 'STANDFIRST' | 'BODY';

/** A part of an article, taken apart. */
export interface Passage {
  readonly section: Section;
  readonly text: string;
  readonly words: readonly Word[];
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

export function passage(section: Section, text: string): Passage {
  return { section, text, words: wordsOf(text) };
}

/** In the order of the text. */
export function occurrencesIn(lexicon: Lexicon, passage: Passage, language: string): Occurrence[] {
  const tongue = primary(language);
  const found: Match[] = [];
  for (const [first, word] of passage.words.entries()) {
    if (lexicon.mayBegin(word.key))
      walk(lexicon.begin(formOf(passage.text, word)), first, passage, tongue, found);
    if (tongue !== 'ar' || !mayHaveClitics(passage.text.charCodeAt(word.start))) continue;
    for (const form of withoutClitics(formOf(passage.text, word)))
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
    const next = passage.words[last + 1];
    if (next === undefined || at.next.size === 0 || !areJoined(passage, last)) return;
    last += 1;
    at = at.next.get(formOf(passage.text, next));
  }
}

/** Of those that overlap the one with more letters, of equals the first. */
function longest(found: readonly Match[], { words }: Passage): Match[] {
  if (found.length < 2) return [...found];
  const length = ({ first, last }: Match) => (words[last]?.end ?? 0) - (words[first]?.start ?? 0);
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
  const around = [words[first - 1], words[last + 1]].flatMap((word) => word ?? []);
  const shouted = around.filter((word) => CAPITALS.test(text.slice(word.start, word.end)));
  const [start, end] = [words[first]?.start ?? 0, words[last]?.end ?? 0];
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
  const written = words.slice(first, last + 1).map(({ start, end }) => text.slice(start, end));
  return letters === 'INITIAL'
    ? written.some((word) => INITIAL.test(word))
    : !written.some((word) => SMALL.test(word));
}

/** Whether it is written in Arabic letters. */
function isArabic(language: string): boolean {
  return directionOf(language) === 'RTL' && language !== 'he';
}

/** Whether the name may end with this word: what a non-joiner ties to it makes no other word of it. */
function isWhole({ text, words }: Passage, last: number): boolean {
  const next = words[last + 1];
  return next === undefined || !next.glued || leavesNameWhole(formOf(text, next));
}

/** Whether the word and the next may belong to one name: no comma, full stop or line end is between them. */
function areJoined({ text, words }: Passage, last: number): boolean {
  const [word, next] = [words[last], words[last + 1]];
  if (!word || !next) return false;
  if (next.start === word.end || (next.start === word.end + 1 && text.charCodeAt(word.end) === 0x20))
    return true;
  return next.start - word.end <= FURTHEST && JOINTS.test(text.slice(word.end, next.start));
}

/** UTF-16 code units. */
const FURTHEST = 5;
const JOINTS =
  /^(?:[^\S\n\r]{1,2}|[-\u2010-\u2015\u2212'\u2019.\u200c/]|[^\S\n\r]?[-\u2013&][^\S\n\r]?)[\u00ad\u200b-\u200f\u2060\u2066-\u2069\ufeff]*$/u;
