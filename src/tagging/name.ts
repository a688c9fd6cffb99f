import { normalise } from '../core/text';
import type { TopicKind } from '../database';
import type { Ambiguity } from '../gazetteer';
import { pashtoForms } from './affixes';
import { formsIn } from './words';

/** A topic by its key, or an entry of the gazetteer that no topic stands for yet by its id. */
export type TopicRef = number | string;

/** Something whose names are looked for. */
export interface KnownTopic {
  readonly ref: TopicRef;
  readonly kind: TopicKind;
  readonly parent: TopicRef | null;
  /** At position 0 the name in that language, after it its aliases. */
  readonly names: readonly { readonly language: string; readonly name: string; readonly position: number }[];
}

/** What a name asks of a text beside its words. */
export interface Name {
  /** Null for the name of something that is no topic, and only keeps others from being found in it. */
  readonly topic: NamedTopic | null;
  /** The first part of its tag: fa for fa-AF. */
  readonly language: string;
  readonly isLatin: boolean;
  /** INITIAL: a capital begins one of the words. CAPITALS: there are no small letters. */
  readonly letters: 'ANY' | 'INITIAL' | 'CAPITALS';
  /** It may mean something else, and counts only where the text has another cue: see `evidence.ts`. */
  readonly isWeak: boolean;
  /** A word of every day that is the name of a subject: it counts in a headline, or when it comes again. */
  readonly isCommon: boolean;
  /** Normalised beginnings of words any of which is a cue. */
  readonly cues: readonly string[];
}

export interface NamedTopic {
  readonly ref: TopicRef;
  readonly kind: TopicKind;
  readonly parent: TopicRef | null;
  /** In which it has names. */
  readonly languages: ReadonlySet<string>;
  /** The words of its names, for what it is named after. */
  readonly spellings: readonly (readonly string[])[];
}

/** A name and each series of words that it is found by. */
export interface Spelling {
  readonly name: Name;
  readonly words: readonly string[];
}

/** More words are no name, nor are more forms of one worth the memory. */
const MAX_WORDS = 12;
const MAX_FORMS = 32;
/** Letters: an alias of one word that is as short may be an abbreviation of anything. */
const SHORT = 3;

export function spellingsOf(known: KnownTopic, ambiguity: Ambiguity): Spelling[] {
  const topic: NamedTopic = {
    ...{ ref: known.ref, kind: known.kind, parent: known.parent },
    languages: new Set(known.names.map(({ language }) => primary(language))),
    spellings: known.names.map(({ name }) => formsIn(name)),
  };
  return known.names.flatMap((given) => {
    const language = primary(given.language);
    const name = nameOf(topic, given.name, given.position, language, ambiguity);
    return formsOf(given.name, language).map((words) => ({ name, words }));
  });
}

/** Of something that is no topic. */
export function phraseSpellings(phrase: string): Spelling[] {
  const isLatin = LATIN.test(phrase);
  const letters = isLatin ? 'INITIAL' : 'ANY';
  const name: Name = {
    ...{ topic: null, language: '', isLatin, letters, isWeak: false, isCommon: false, cues: [] },
  };
  return formsOf(phrase, '').map((words) => ({ name, words }));
}

/** Dari has a tag of its own beside fa-AF. */
export function primary(language: string): string {
  const [first = ''] = language.split('-', 1);
  return first === 'prs' ? 'fa' : first;
}

function nameOf(
  topic: NamedTopic,
  text: string,
  position: number,
  language: string,
  { cues, plain }: Ambiguity,
): Name {
  const spelling = normalise(text);
  const isOneWord = formsIn(text).length === 1;
  const letters = lettersOf(text, topic.kind);
  const known = cues.get(spelling);
  const isAlias = position > 0;
  const isShort = isAlias && isOneWord && spelling.length <= SHORT && topic.kind !== 'PLACE';
  const isSurname = isAlias && isOneWord && topic.kind === 'PERSON';
  return {
    ...{ topic, language, isLatin: LATIN.test(text), letters },
    isWeak: known !== undefined || ((isShort || isSurname) && !plain.has(spelling)),
    isCommon: topic.kind === 'SUBJECT' && isOneWord && letters !== 'CAPITALS',
    cues: known ?? [],
  };
}

const LATIN = /\p{Script=Latin}/u;
/** Letters: longer words in capitals are shouted rather than abbreviated. */
const LONGEST_ABBREVIATION = 6;

/** Subjects are common nouns, and begin with a capital in a heading only. */
function lettersOf(text: string, kind: TopicKind): Name['letters'] {
  if (!LATIN.test(text)) return 'ANY';
  const letters = text.replace(/\P{L}/gu, '');
  if (letters.length > 1 && letters.length <= LONGEST_ABBREVIATION && !/\p{Ll}/u.test(text))
    return 'CAPITALS';
  return kind !== 'SUBJECT' && /\p{Lu}/u.test(text) ? 'INITIAL' : 'ANY';
}

function formsOf(text: string, language: string): string[][] {
  const words = formsIn(text);
  if (!isNameLike(words)) return [];
  const forms = language === 'ps' ? product(words.map(pashtoForms)) : [words];
  // «آی‌اس‌آی» written as one word, where the non-joiner was not typed.
  const joined = formsIn(text.replaceAll('\u200c', ''));
  return joined.length < words.length && isNameLike(joined) ? [...forms, joined] : forms;
}

/** A number or a single letter is in every other text. */
function isNameLike(words: readonly string[]): boolean {
  if (words.length === 0 || words.length > MAX_WORDS) return false;
  const all = words.join('');
  return all.length > 1 && /\p{L}/u.test(all);
}

function product(words: readonly (readonly string[])[]): string[][] {
  let series: string[][] = [[]];
  for (const forms of words) {
    const room = series.length * forms.length <= MAX_FORMS;
    const taken = room ? forms : forms.slice(0, 1);
    series = series.flatMap((line) => taken.map((form) => [...line, form]));
  }
  return series;
}
