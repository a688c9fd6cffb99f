/** What is indexed of an article: pure, and the same on both engines. */
import type { Instant } from '../core/clock';
import { analyse, normalise, type Token } from '../core/text';
import { GAP, type IndexedDocument, MAX_OCCURRENCES, MAX_PLACES, type NamedKind } from '../database';
import { profileOf } from './profile';

/** An article as far as it is found by what it says. */
export interface SearchedArticle {
  readonly id: number;
  readonly publishedAt: Instant | null;
  readonly title: string;
  readonly standfirst: string | null;
  /** Plain text. */
  readonly text: string;
  readonly authorIds: readonly number[];
  /** Those that it carries itself. */
  readonly topicIds: readonly number[];
}

export interface SearchDocument extends IndexedDocument {
  /** Each word with the term that it is indexed under. */
  readonly words: ReadonlyMap<string, string>;
}

/** How much an occurrence counts, against one in the body. */
const WEIGHTS = { title: 5, standfirst: 3, body: 1, subject: 4 } as const;

/** Characters of a title that it can be completed from; an entry of an index holds no more than 2,700 bytes. */
const MAX_TITLE = 120;
/** Bytes of the terms that have places, and of the others: PostgreSQL takes a megabyte with the places themselves. */
const MAX_PLACED_BYTES = 450_000;
const MAX_LOOSE_BYTES = 350_000;

export function documentOf(article: SearchedArticle): SearchDocument {
  const fields = {
    title: analyse(article.title),
    standfirst: analyse(article.standfirst ?? ''),
    body: analyse(article.text),
  };
  const placed = new Placing();
  const places = {
    title: placed.place(fields.title),
    standfirst: placed.place(fields.standfirst),
    body: placed.place(fields.body),
  };
  const subjects = [
    ...article.topicIds.map((id) => subjectTerm('topic', id)),
    ...article.authorIds.map((id) => subjectTerm('author', id)),
  ];
  return {
    number: documentNumber(article.id, article.publishedAt),
    articleId: article.id,
    length: fields.title.length + fields.standfirst.length + fields.body.length,
    title: completable(article.title),
    profile: profileOf(weighted(fields, subjects)),
    terms: { ...places, loose: looseTerms(placed, fields, subjects) },
    words: wordsIn(fields),
  };
}

/** Days in which a key has room, and what is below all of them: articles without a date. */
const KEYS = 2 ** 31;
const DAY = 86_400_000;
const UNDATED = -(2 ** 20);

/**
 * The number of an article's document rises with the day of publication (UTC), and within it with the article's key;
 * what has no date is below all others. So whoever goes through the numbers from the highest down meets the newest
 * day first. The low 31 bits are the key.
 */
export function documentNumber(articleId: number, publishedAt: Instant | null): number {
  return lowestOfDay(publishedAt) + articleId;
}

/** No document of the day, or of a later one, has a lower number. */
export function lowestOfDay(instant: Instant | null): number {
  const day = instant === null ? UNDATED : Math.max(Math.floor(instant / DAY), UNDATED + 1);
  return day * KEYS;
}

/** No document of the day, or of an earlier one, has a higher number. */
export function highestOfDay(instant: Instant | null): number {
  return lowestOfDay(instant) + KEYS - 1;
}

/**
 * What a document that carries a topic or an author is found by. Their names are looked up when somebody searches, so
 * that to rename one leaves the documents as they are.
 */
export function subjectTerm(kind: NamedKind, id: number): string {
  return `\ue002${kind === 'topic' ? 't' : 'a'}${id}`;
}

/** What a word is found by through its beginning: the word itself, where it is indexed by its stem. */
export function surfaceTerm(word: string): string {
  return `\ue001${word}`;
}

/** What is compared with the beginning that somebody types, in whatever spelling. */
export function completable(text: string): string {
  return normalise(text).slice(0, MAX_TITLE);
}

/** Gives terms their places, as long as there are any. */
class Placing {
  /** How often each term has one. */
  readonly terms = new Map<string, number>();
  private places = MAX_PLACES;
  private bytes = MAX_PLACED_BYTES;

  place(tokens: readonly Token[]): string[] {
    const placed = tokens.slice(0, this.places).map(({ term }) => (this.admits(term) ? term : GAP));
    this.places -= placed.length;
    return placed;
  }

  private admits(term: string): boolean {
    const count = this.terms.get(term) ?? 0;
    if (count === MAX_OCCURRENCES) return false;
    if (count === 0) {
      const bytes = Buffer.byteLength(term);
      if (bytes > this.bytes) return false;
      this.bytes -= bytes;
    }
    this.terms.set(term, count + 1);
    return true;
  }
}

type Fields = Readonly<Record<'title' | 'standfirst' | 'body', readonly Token[]>>;

function looseTerms(placed: Placing, fields: Fields, subjects: readonly string[]): string[] {
  const loose = new Set(subjects);
  let room = MAX_LOOSE_BYTES;
  const add = (term: string) => {
    if (placed.terms.has(term) || loose.has(term)) return;
    const bytes = Buffer.byteLength(term);
    if (bytes > room) return;
    loose.add(term);
    room -= bytes;
  };
  for (const tokens of Object.values(fields)) {
    for (const { term, word, parts } of tokens) {
      add(term);
      if (word !== term) add(surfaceTerm(word));
      for (const part of parts) add(part);
    }
  }
  return [...loose];
}

function weighted(fields: Fields, subjects: readonly string[]): Map<string, number> {
  const weights = new Map<string, number>();
  const add = (term: string, weight: number) => weights.set(term, (weights.get(term) ?? 0) + weight);
  for (const field of ['title', 'standfirst', 'body'] as const) {
    for (const { term, parts } of fields[field]) {
      add(term, WEIGHTS[field]);
      for (const part of parts) add(part, WEIGHTS[field]);
    }
  }
  for (const subject of subjects) add(subject, WEIGHTS.subject);
  return weights;
}

function wordsIn(fields: Fields): Map<string, string> {
  const words = new Map<string, string>();
  for (const tokens of Object.values(fields)) {
    for (const { word, term, parts } of tokens) {
      words.set(word, term);
      for (const part of parts) words.set(part, part);
    }
  }
  return words;
}
