/** What is indexed of the texts of an article. It needs nothing but them, and so may be made in any thread. */
import { eachWord, normalise, signatureOf } from '../core/text';
import { GAP, type IndexedTerms, MAX_OCCURRENCES, MAX_PLACES } from '../database';
import { packed } from './profile';
import { forgetSome, type KnownWord, known, type Term } from './terms';

export interface Texts {
  readonly title: string;
  readonly standfirst: string | null;
  /** Plain text. */
  readonly text: string;
}

/** Can be cloned. */
export interface AnalysedTexts {
  /** Words. */
  readonly length: number;
  /** What the title is completed by. */
  readonly title: string;
  readonly terms: IndexedTerms;
  /** Without the subjects of the article. */
  readonly profile: Uint32Array;
  readonly words: WordNumbers;
  /** By which copies of the text are found; null where it is too short to tell. */
  readonly signature: Uint8Array | null;
}

/** The words of a document, each once, by their places in a list that documents share. */
export interface WordNumbers {
  readonly list: WordList;
  readonly numbers: Uint32Array;
}

/** Words, and the terms that they are indexed under. */
export interface WordList {
  readonly words: string[];
  readonly terms: string[];
}

/** How much an occurrence counts, against one in the body. */
export const FIELD_WEIGHTS = { title: 5, standfirst: 3, body: 1 } as const;

/** Longer words are hardly meant, and hardly any article has them. */
const MAX_WORD = 40;
/** Characters of a title that it can be completed from; an entry of an index holds no more than 2,700 bytes. */
const MAX_TITLE = 120;
/** Bytes of the terms that have places, and of the others: PostgreSQL takes a megabyte with the places themselves. */
const MAX_PLACED_BYTES = 450_000;
const MAX_LOOSE_BYTES = 350_000;

/** What is compared with the beginning that somebody types, in whatever spelling. */
export function completable(text: string): string {
  return normalise(text).slice(0, MAX_TITLE);
}

/** Analyses the texts of articles that are dealt with together. */
export class TextAnalysis {
  private readonly list: WordList = { words: [], terms: [] };
  private readonly numbers = new Map<string, number>();

  of({ title, standfirst, text }: Texts): AnalysedTexts {
    const making = new Making();
    const hashes: number[] = [];
    const places = {
      title: making.place(title, FIELD_WEIGHTS.title),
      standfirst: making.place(standfirst ?? '', FIELD_WEIGHTS.standfirst),
      body: making.place(text, FIELD_WEIGHTS.body, hashes),
    };
    return {
      length: making.length,
      title: completable(title),
      terms: { ...places, loose: making.loose() },
      profile: making.profile(),
      words: { list: this.list, numbers: new Uint32Array(this.numbersOf(making.words)) },
      signature: signatureOf(hashes),
    };
  }

  private numbersOf(words: Iterable<KnownWord>): number[] {
    const numbers: number[] = [];
    const add = (word: Term, term: Term) => {
      if (word.isCounted || word.text.length > MAX_WORD) return;
      word.isCounted = true;
      numbers.push(this.numberOf(word.text, term.text));
    };
    for (const { word, term, parts } of words) {
      add(word, term);
      for (const part of parts) add(part, part);
    }
    return numbers;
  }

  private numberOf(word: string, term: string): number {
    let number = this.numbers.get(word);
    if (number === undefined) {
      number = this.list.words.push(word) - 1;
      this.list.terms.push(term);
      this.numbers.set(word, number);
    }
    return number;
  }
}

let documents = 0;

/** A document that is being made. */
class Making {
  /** Words. */
  length = 0;
  /** Each once. */
  readonly words: KnownWord[] = [];
  private readonly document = ++documents;
  /** Those that count, each once. */
  private readonly weighed: Term[] = [];
  private places = MAX_PLACES;
  private placedBytes = MAX_PLACED_BYTES;

  constructor() {
    forgetSome();
  }

  /**
   * The terms of a text in their places, as long as there are any.
   * @param hashes takes one of each word, in their order
   */
  place(text: string, weight: number, hashes?: number[]): string {
    const placed: string[] = [];
    eachWord(text, (each) => {
      const word = known(each);
      this.begin(word);
      this.length += 1;
      hashes?.push(word.term.hash);
      this.weigh(word.term, weight);
      for (const part of word.parts) this.weigh(part, weight);
      if (placed.length < this.places) placed.push(this.admits(word.term) ? word.term.text : GAP);
    });
    this.places -= placed.length;
    return placed.join(' ');
  }

  /** Everything else that finds the document. */
  loose(): string {
    const loose: string[] = [];
    let room = MAX_LOOSE_BYTES;
    const add = (term: Term) => {
      if (term.places > 0 || term.isLoose || term.bytes > room) return;
      term.isLoose = true;
      room -= term.bytes;
      loose.push(term.text);
    };
    for (const { term, surface, parts } of this.words) {
      add(term);
      if (surface !== null) add(surface);
      for (const part of parts) add(part);
    }
    return loose.join(' ');
  }

  profile(): Uint32Array {
    return packed(this.weighed);
  }

  private begin(word: KnownWord): void {
    if (word.begins(this.document)) this.words.push(word);
  }

  private weigh(term: Term, weight: number): void {
    if (term.begins(this.document) || term.weight === 0) this.weighed.push(term);
    term.weight += weight;
  }

  private admits(term: Term): boolean {
    if (term.places === MAX_OCCURRENCES) return false;
    if (term.places === 0) {
      if (term.bytes > this.placedBytes) return false;
      this.placedBytes -= term.bytes;
    }
    term.places += 1;
    return true;
  }
}
