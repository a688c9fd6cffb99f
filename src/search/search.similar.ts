/** Articles that are about the same as another one, by its words. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { type SQL, sql } from 'drizzle-orm';
import { type Loader, lookupLoader } from '../core/batch';
import { eachInSlices } from '../core/slices';
import { indexHas, matchText, prepared, type Reader, type Tables } from '../database';
import { entriesOf, hashOf, KEYS, sharedWeight, textsOf, weightIn } from '../indexing';
import { bm25, type Ranked, type Scale, type Statistics, scaleOf } from './search.ranking';
import { statisticsOf } from './search.store';
import { mostTelling, type TextTerm, termsOf } from './telling-terms';

/** An article that has some of the words. */
export interface SimilarArticle {
  readonly key: number;
  /** How much these tell. */
  readonly weight: number;
}

/** How another article compares. */
export interface ComparedText {
  /** BM25 of the words that tell most. */
  readonly relevance: number;
  /** Those of the words that it has, as the text has them, the most telling first. */
  readonly words: readonly string[];
  /** How much both have in common, from 0 to 1. */
  likeness(other: ComparedText): number;
}

/** The text of an article, as others are looked for that resemble it. */
export interface SimilarTexts {
  /** Articles that have one or more of the rarest of its words, whoever may see them; the best first. */
  readonly found: readonly SimilarArticle[];
  /** How the articles with these keys compare; what says nothing is absent. */
  compare(keys: readonly number[]): Promise<ReadonlyMap<number, ComparedText>>;
}

/**
 * By the key of an article. However many articles are asked for at once, the statements are as many, unless what they
 * have to read would hold the event loop for too long.
 */
export function similarTexts(reader: Reader): Loader<number, SimilarTexts | null> {
  const documents = documentsOf(reader);
  return lookupLoader(async (keys) => {
    const asked = [...(await textsOf(reader, keys))];
    const texts: { key: number; terms: TextTerm[] }[] = [];
    await eachInSlices(asked, ([key, text]) => void texts.push({ key, terms: termsOf(text) }));
    const all = texts.flatMap(({ terms }) => terms.map(({ term }) => term));
    const statistics = await statisticsOf(reader, all);
    const told = texts.map(({ key, terms }) => ({ key, telling: tellingOf(terms, statistics) }));
    const having = await articlesHaving(reader, new Map(told.flatMap(({ telling }) => [...telling.rarest])));
    const found = new Map<number, SimilarTexts>();
    await eachInSlices(told, ({ key, telling }) => {
      found.set(key, new Similar(key, telling, having, documents));
    });
    return found;
  });
}

/** Of the words of one text those that tell most, and of these the rarest, which no more than so many articles have together. */
const MOST_ARTICLES = 4_000;
/** Of each so many are looked at, the newest: how many have a word is known roughly. */
const MOST_OF_ONE = 2_000;
/** Articles that one statement looks up: some ten milliseconds' worth. */
const MOST_AT_ONCE = 20_000;

interface Telling {
  readonly terms: readonly TextTerm[];
  /** How many articles have each of the rarest. */
  readonly rarest: ReadonlyMap<string, number>;
  readonly scale: Scale;
}

function tellingOf(all: readonly TextTerm[], statistics: Statistics): Telling {
  const terms = mostTelling(all, statistics);
  const counted = terms
    .map(({ term }) => [term, statistics.having.get(term) ?? 0] as const)
    .sort(([, a], [, b]) => a - b);
  const rarest = new Map<string, number>();
  let room = MOST_ARTICLES;
  for (const [term, count] of counted) {
    // One word at least, however many have it.
    if (count > room && rarest.size > 0) break;
    rarest.set(term, Math.min(count, MOST_OF_ONE));
    room -= count;
  }
  return { terms, rarest, scale: scaleOf(wordsOf(terms), statistics, 0) };
}

const wordsOf = (terms: readonly TextTerm[]) => terms.map(({ term }) => ({ term, alternatives: [term] }));

/** Keys of the newest articles that have each of the terms. */
async function articlesHaving(reader: Reader, terms: ReadonlyMap<string, number>) {
  const found = new Map<string, readonly number[]>();
  for (const [place, group] of groupsOf(terms).entries()) {
    if (place > 0) await nextTurn();
    const matches = new Map(group.map((term) => [matchText(reader, { kind: 'term', term }), term]));
    for (const { match, keys } of await newestHaving(reader, { matches: [...matches.keys()] })) {
      const term = matches.get(match);
      if (term !== undefined && keys !== null) found.set(term, numbersIn(keys));
    }
  }
  return found;
}

function groupsOf(terms: ReadonlyMap<string, number>): string[][] {
  const groups: string[][] = [];
  let room = 0;
  for (const [term, count] of terms) {
    if (count > room) {
      groups.push([]);
      room = MOST_AT_ONCE;
    }
    groups.at(-1)?.push(term);
    room -= count;
  }
  return groups;
}

const newestHaving = prepared<
  { matches: readonly string[] },
  { match: SQL<string>; keys: SQL<string | null> }
>(({ portable }) => {
  const { from, number, where } = indexHas(portable.engine, sql`p.value`);
  const newest = sql`select ${number} as number from ${from} where ${where} order by ${number} desc limit ${sql.raw(String(MOST_OF_ONE))}`;
  return {
    select: {
      match: sql<string>`p.value`,
      // As one text: a row for each would take several times as long.
      keys: sql<
        string | null
      >`(select string_agg(cast(n.number & ${sql.raw(String(KEYS - 1))} as text), ' ') from (${newest}) as n)`,
    },
    from: portable.each('matches', 'p', 'text'),
  };
});

function numbersIn(text: string): number[] {
  return text.split(' ').map(Number);
}

type Document = Pick<Ranked, 'length' | 'profile'> & { readonly articleId: number };

const documentsWith = prepared<
  { ids: readonly number[] },
  Pick<Tables['searchDocuments'], 'articleId' | 'length'> & { profile: SQL<string> }
>(({ tables: { searchDocuments: d }, portable }) => ({
  select: { articleId: d.articleId, length: d.length, profile: portable.hex(d.profile) },
  from: sql`${d} where ${portable.among(d.articleId, 'ids')}`,
}));

/** Documents that are read before others have their turn: some five milliseconds' worth. */
const MOST_DOCUMENTS = 250;

function documentsOf(reader: Reader): Loader<number, Document | null> {
  return lookupLoader<number, Document>(async (ids) => {
    const found = new Map<number, Document>();
    for (let from = 0; from < ids.length; from += MOST_DOCUMENTS) {
      if (from > 0) await nextTurn();
      const rows = await documentsWith(reader, { ids: ids.slice(from, from + MOST_DOCUMENTS) });
      for (const row of rows) found.set(row.articleId, row);
    }
    return found;
  });
}

class Similar implements SimilarTexts {
  readonly found: readonly SimilarArticle[];

  constructor(
    article: number,
    private readonly telling: Telling,
    having: ReadonlyMap<string, readonly number[]>,
    private readonly documents: Loader<number, Document | null>,
  ) {
    const weights = new Map<number, number>();
    for (const [place, { term }] of telling.terms.entries()) {
      if (!telling.rarest.has(term)) continue;
      const rarity = telling.scale.rarities[place] ?? 0;
      for (const key of having.get(term) ?? []) weights.set(key, (weights.get(key) ?? 0) + rarity);
    }
    weights.delete(article);
    this.found = [...weights]
      .map(([key, weight]) => ({ key, weight }))
      .sort((a, b) => b.weight - a.weight || b.key - a.key);
  }

  async compare(keys: readonly number[]): Promise<Map<number, ComparedText>> {
    const { terms, scale } = this.telling;
    const relevanceOf = bm25(scale);
    const hashes = terms.map(({ term }) => hashOf(term));
    const documents = await Promise.all(keys.map((key) => this.documents.load(key)));
    const compared = new Map<number, ComparedText>();
    for (const document of documents) {
      if (document === null) continue;
      const weights = Float64Array.from(hashes, (hash) => weightIn(document.profile, hash));
      const words = terms.filter((_, at) => (weights[at] ?? 0) > 0).map(({ written }) => written);
      const relevance = relevanceOf(document.length, weights) / THOUSAND;
      compared.set(document.articleId, new Compared(document, relevance, words));
    }
    return compared;
  }
}

const THOUSAND = 1_000;

class Compared implements ComparedText {
  private known: Uint32Array | undefined;

  constructor(
    private readonly document: Document,
    readonly relevance: number,
    readonly words: readonly string[],
  ) {}

  likeness(other: ComparedText): number {
    return other instanceof Compared ? sharedWeight(this.entries, other.entries) : 0;
  }

  /** Few of those that are compared with the article are compared with one another. */
  private get entries(): Uint32Array {
    this.known ??= entriesOf(this.document.profile);
    return this.known;
  }
}
