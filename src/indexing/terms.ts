/**
 * What is known of terms and words: most of an archive's are met again and again, and so they are made out once. A term
 * also has room for its part in the one document that is being made.
 */
import type { Word } from '../core/text';

/** What a word is found by through its beginning: the word itself, where it is indexed by its stem. */
export function surfaceTerm(word: string): string {
  return `\ue001${word}`;
}

/** FNV-1a of the code units, folded to 24 bits. http://www.isthe.com/chongo/tech/comp/fnv/ */
export function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) {
    hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  }
  return ((hash >>> 24) ^ hash) & 0xff_ffff;
}

export class Term {
  readonly hash: number;
  readonly bytes: number;
  /** The document that the rest is about. */
  private document = 0;
  weight = 0;
  /** How often it has a place there. */
  places = 0;
  isLoose = false;
  isCounted = false;

  constructor(readonly text: string) {
    this.hash = hashOf(text);
    this.bytes = Buffer.byteLength(text);
  }

  /** Whether the document, by its number, has not had it before. */
  begins(document: number): boolean {
    if (this.document === document) return false;
    this.document = document;
    this.weight = 0;
    this.places = 0;
    this.isLoose = false;
    this.isCounted = false;
    return true;
  }
}

/** A word with the terms that find it. */
export class KnownWord {
  private document = 0;

  constructor(
    readonly word: Term,
    readonly term: Term,
    /** Null where the word is its term. */
    readonly surface: Term | null,
    readonly parts: readonly Term[],
    readonly generation: number,
  ) {}

  /** Whether the document, by its number, has not had it before. */
  begins(document: number): boolean {
    if (this.document === document) return false;
    this.document = document;
    this.word.begins(document);
    this.surface?.begins(document);
    return true;
  }
}

const terms = new Map<string, Term>();
/** Of terms; some twenty megabytes. Words are no more than the analysis knows. */
const MAX_KNOWN = 50_000;
/** What words remember of an earlier one is out of date. */
let generation = 0;

/** Between two documents: in one, what is known must stay. */
export function forgetSome(): void {
  if (terms.size <= MAX_KNOWN) return;
  generation += 1;
  terms.clear();
}

export function known(word: Word): KnownWord {
  const { note } = word;
  if (note instanceof KnownWord && note.generation === generation) return note;
  const found = new KnownWord(
    termOf(word.word),
    termOf(word.term),
    word.word === word.term ? null : termOf(surfaceTerm(word.word)),
    word.parts.map(termOf),
    generation,
  );
  word.note = found;
  return found;
}

function termOf(text: string): Term {
  let term = terms.get(text);
  if (term === undefined) {
    term = new Term(text);
    terms.set(text, term);
  }
  return term;
}
