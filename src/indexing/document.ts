/** What is indexed of an article: pure, and the same on both engines. */
import type { Instant } from '../core/clock';
import type { IndexedDocument, NamedKind } from '../database';
import { profileWith } from './profile';
import { hashOf } from './terms';
import type { AnalysedTexts, WordNumbers } from './texts';

/** An article as far as the index knows it, but for what it says. */
export interface SearchedArticle {
  readonly id: number;
  readonly publishedAt: Instant | null;
  readonly authorIds: readonly number[];
  /** Those that it carries itself. */
  readonly topicIds: readonly number[];
}

export interface SearchDocument extends IndexedDocument {
  readonly words: WordNumbers;
  readonly signature: Uint8Array | null;
}

/** How much a topic or an author counts, against an occurrence in the body. */
const SUBJECT_WEIGHT = 4;

export function documentOf(article: SearchedArticle, texts: AnalysedTexts): SearchDocument {
  const { length, title, terms, profile, words, signature } = texts;
  const subjects = [
    ...article.topicIds.map((id) => subjectTerm('topic', id)),
    ...article.authorIds.map((id) => subjectTerm('author', id)),
  ];
  return {
    number: documentNumber(article.id, article.publishedAt),
    articleId: article.id,
    length,
    title,
    profile: profileWith(
      profile,
      subjects.map((term) => ({ hash: hashOf(term), weight: SUBJECT_WEIGHT })),
    ),
    terms: { ...terms, loose: [...subjects, terms.loose].join(' ').trimEnd() },
    words,
    signature,
  };
}

/** Days in which a key has room, and what is below all of them: articles without a date. */
export const KEYS = 2 ** 31;
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

/** The start of the day of publication, in UTC; null for a document of an article without a date. */
export function dayOf(number: number): Instant | null {
  const day = Math.floor(number / KEYS);
  return day === UNDATED ? null : day * DAY;
}

/** The key of the article whose document has the number. */
export function articleOf(number: number): number {
  return number - Math.floor(number / KEYS) * KEYS;
}

/**
 * What a document that carries a topic or an author is found by. Their names are looked up when somebody searches, so
 * that to rename one leaves the documents as they are.
 */
export function subjectTerm(kind: NamedKind, id: number): string {
  return `\ue002${kind === 'topic' ? 't' : 'a'}${id}`;
}
