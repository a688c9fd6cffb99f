/** From what was asked to what documents must have, and to what they are ranked by. Pure. */
import type { Token } from '../core/text';
import type { Match, NamedKind } from '../database';
import { subjectTerm, surfaceTerm } from '../indexing';
import type { Clause, ParsedQuery } from './search.query';

/** A topic or an author. */
export interface Named {
  readonly kind: NamedKind;
  readonly id: number;
}

/** Finds the topics and authors whose names have what a clause asks for, with what has become part of them. */
export type NamesOf = (clause: Clause) => readonly Named[];

/** Terms that stand for the same word: a document is ranked by how often it has any of them. */
export interface RankedWord {
  /** The one that tells how rare the word is. */
  readonly term: string;
  readonly alternatives: readonly string[];
}

export interface SearchPlan {
  readonly match: Match;
  readonly words: readonly RankedWord[];
}

/** Null for a query that asks for nothing, or only for what must not be there. */
export function planOf(query: ParsedQuery, namesOf: NamesOf): SearchPlan | null {
  if (query.wanted.length === 0) return null;
  const wanted = query.wanted.map((clause, at) =>
    anyOf(matchesOf(clause, query.wanted[at - 1], query.wanted[at + 1]), namesOf(clause)),
  );
  const unwanted = query.unwanted.map((clause) => anyOf(matchesOf(clause), namesOf(clause)));
  const match = combined('all', wanted);
  return {
    match: unwanted.length === 0 ? match : { kind: 'except', match, not: combined('any', unwanted) },
    words: query.wanted.flatMap((clause) => rankedWords(clause, namesOf(clause))),
  };
}

function anyOf(matches: readonly Match[], names: readonly Named[]): Match {
  const subjects = names.map(({ kind, id }): Match => ({ kind: 'term', term: subjectTerm(kind, id) }));
  return combined('any', [...matches, ...subjects]);
}

function combined(kind: 'all' | 'any', of: readonly Match[]): Match {
  const [only, ...others] = of;
  return only !== undefined && others.length === 0 ? only : { kind, of };
}

/** The ways in which a document can have what the clause asks for. */
function matchesOf(clause: Clause, before?: Clause, after?: Clause): Match[] {
  if (clause.kind === 'prefix') {
    const { prefix } = clause;
    return [
      { kind: 'prefix', prefix },
      { kind: 'prefix', prefix: surfaceTerm(prefix) },
    ];
  }
  if (clause.kind === 'phrase') return phrasesOf(clause.tokens).map(asMatch);
  const joined = [joinedWith(before, clause), joinedWith(clause, after)];
  return [
    ...phrasesOf([clause.token]).map(asMatch),
    ...joined.flatMap((term): Match[] => (term === null ? [] : [{ kind: 'term', term }])),
  ];
}

function asMatch(terms: readonly string[]): Match {
  const [only = ''] = terms;
  return terms.length === 1 ? { kind: 'term', term: only } : { kind: 'phrase', terms };
}

/**
 * The spellings of words that stand side by side. What is joined by a zero-width non-joiner may be written apart in an
 * article («بین المللی»), and two words of a query may be one there.
 */
function phrasesOf(tokens: readonly Token[]): string[][] {
  const phrases = [tokens.map(({ term }) => term)];
  if (tokens.some(isJoined))
    phrases.push(tokens.flatMap((token) => (isJoined(token) ? token.parts : [token.term])));
  for (const [at, token] of tokens.entries()) {
    const next = tokens[at + 1];
    if (next === undefined || !areJoinable(token, next)) continue;
    const terms = tokens.map(({ term }) => term);
    terms.splice(at, 2, token.word + next.word);
    phrases.push(terms);
  }
  return phrases;
}

/** Whether it is nothing but its parts, so that they may stand apart elsewhere. */
function isJoined({ word, parts }: Token): boolean {
  return parts.length > 1 && parts.join('') === word;
}

/** The one word that two words of a query are, where they were written apart; null where that cannot be. */
function joinedWith(first: Clause | undefined, second: Clause | undefined): string | null {
  if (first?.kind !== 'word' || second?.kind !== 'word' || !first.plain || !second.plain) return null;
  return areJoinable(first.token, second.token) ? first.token.word + second.token.word : null;
}

/** Only the Arabic script has words that some write apart and others do not. */
function areJoinable(first: Token, second: Token): boolean {
  return ARABIC.test(first.word) && ARABIC.test(second.word);
}

const ARABIC = /^[\u0621-\u06ff]+$/;

function rankedWords(clause: Clause, names: readonly Named[]): RankedWord[] {
  const subjects = names.map(({ kind, id }) => subjectTerm(kind, id));
  // What it begins with says too little to rank by.
  if (clause.kind === 'prefix') return subjects.length === 0 ? [] : [{ term: '', alternatives: subjects }];
  const tokens = clause.kind === 'word' ? [clause.token] : clause.tokens;
  return tokens.map(({ term }, at) => ({ term, alternatives: [term, ...(at === 0 ? subjects : [])] }));
}
