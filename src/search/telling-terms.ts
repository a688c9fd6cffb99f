/** The words that tell most of a text. Pure. */
import { eachWord } from '../core/text';
import type { Texts } from '../indexing';
import { FIELD_WEIGHTS } from '../indexing';
import { rarityOf, type Statistics } from './search.ranking';

/** A word of a text by its term. */
export interface TextTerm {
  readonly term: string;
  /** The first of the words that stand for it, as the text has it. */
  readonly written: string;
  /** How often the text has it, by where. */
  readonly weight: number;
}

/** Characters of a body that are looked through: what an article is about is said by then. */
const MAX_BODY = 20_000;
/** See relations in bench/README.md: as many terms as a text has find hardly better articles, at several times the cost. */
const TELLING = 25;

/** Each term once. */
export function termsOf({ title, standfirst, text }: Texts): TextTerm[] {
  const terms = new Map<string, { term: string; written: string; weight: number }>();
  const take = (field: string, weight: number) =>
    eachWord(field, ({ term }, start, end) => {
      const known = terms.get(term);
      if (known) known.weight += weight;
      else terms.set(term, { term, written: field.slice(start, end), weight });
    });
  take(title, FIELD_WEIGHTS.title);
  take(standfirst ?? '', FIELD_WEIGHTS.standfirst);
  take(text.slice(0, MAX_BODY), FIELD_WEIGHTS.body);
  return [...terms.values()];
}

/** The best by tf-idf, of those that some other document is known to have; equal ones in the order of the alphabet. */
export function mostTelling(terms: readonly TextTerm[], { having, documents }: Statistics): TextTerm[] {
  return terms
    .flatMap((term) => {
      const count = having.get(term.term) ?? 0;
      return count < 2 ? [] : [{ term, worth: term.weight * rarityOf(count, documents) }];
    })
    .sort((a, b) => b.worth - a.worth || (a.term.term < b.term.term ? -1 : 1))
    .slice(0, TELLING)
    .map(({ term }) => term);
}
