/** Which matches answer a query best. */
import type { ArticleQuery } from '../articles';
import type { Match, Reader } from '../database';
import { articleOf } from '../indexing';
import { countWanted, rankedDocuments, wantedAmong, wantsNearlyAll } from './search.documents';
import type { Ranked } from './search.ranking';
import { type Candidate, type LookedAt, lowestLookedAt, rankedCandidates } from './search.store';

/** The newest matches that are ranked, counted and gathered by facet; older ones only the order by date reaches. */
export const DEPTH = 1_500;

/** All that was found, as far as it is looked at. */
export interface Matches {
  readonly found: readonly Candidate[];
  /** Whether there are no others. */
  readonly exact: boolean;
}

/** How many that are. */
export interface Counted {
  readonly count: number;
  readonly exact: boolean;
}

export const countOf = ({ found, exact }: Matches): Counted => ({ count: found.length, exact });

export interface Scored {
  readonly id: number;
  readonly score: number;
}

/** Matches with how well they answer. */
export interface Pool {
  readonly scored: readonly Scored[];
  /** The lowest number that is looked at; null where all are. */
  readonly floor: number | null;
  /** The first of these that the viewer may see, and that are asked for: `count` of them where there are as many. */
  first(best: readonly Scored[], count: number): Promise<readonly Scored[]>;
  matches(): Promise<Matches>;
  /** Less work than to look at them. */
  counted(): Promise<Counted>;
}

export interface Asked {
  readonly match: Match;
  readonly articles: ArticleQuery;
  readonly lookedAt: LookedAt;
  readonly scoreOf: (document: Ranked) => number;
}

/** @param floor of the pool that the search began with: undefined where it begins, null where it had none */
export function poolOf(reader: Reader, asked: Asked, floor: number | null | undefined): Promise<Pool> {
  return (wantsNearlyAll(asked.articles) ? poolOfDocuments : poolOfArticles)(reader, asked, floor);
}

/** Of articles that are wanted: what has a filter finds few of them among the matches. */
async function poolOfArticles(reader: Reader, asked: Asked, begun: number | null | undefined): Promise<Pool> {
  const low =
    begun === undefined ? await lowestLookedAt(reader, asked.match, asked.articles, asked.lookedAt) : begun;
  const { rows, floor } = await newest(begun, low, (bounds) =>
    rankedCandidates(reader, { ...asked, ...bounds }),
  );
  const found = rows.map(({ id, number, publishedAt, language }) => ({ id, number, publishedAt, language }));
  const matches: Matches = { found, exact: floor === null };
  return {
    ...{ scored: scored(rows, asked), floor },
    first: async (best, count) => best.slice(0, count),
    matches: async () => matches,
    counted: async () => countOf(matches),
  };
}

/** Of documents, whose articles are looked at when they come to be shown. */
async function poolOfDocuments(
  reader: Reader,
  asked: Asked,
  begun: number | null | undefined,
): Promise<Pool> {
  const { articles } = asked;
  const { rows, floor } = await newest(begun, begun ?? null, (bounds) =>
    rankedDocuments(reader, { ...asked, ...bounds }),
  );
  const numbers = rows.map(({ number }) => number);
  const exact = floor === null;
  let all: Promise<Candidate[]> | undefined;
  let counted: Promise<number> | undefined;
  return {
    ...{ scored: scored(rows, asked), floor },
    first: (best, count) => firstWanted(reader, articles, best, count),
    matches: async () => {
      all ??= articlesOf(reader, articles, numbers);
      return { found: await all, exact };
    },
    counted: async () => {
      if (all) return { count: (await all).length, exact };
      counted ??= countWanted(reader, articles, numbers.map(articleOf));
      return { count: await counted, exact };
    },
  };
}

/** What they are scored by is let go of here: kept with the pool it would outlive several collections of garbage. */
function scored(rows: readonly Ranked[], { scoreOf }: Asked): Scored[] {
  return rows.map((row) => ({ id: articleOf(row.number), score: scoreOf(row) }));
}

/** The articles of documents with these numbers, in their order. */
async function articlesOf(
  reader: Reader,
  articles: ArticleQuery,
  numbers: readonly number[],
): Promise<Candidate[]> {
  const wanted = await wantedAmong(reader, articles, numbers.map(articleOf));
  const byId = new Map(wanted.map((article) => [article.id, article]));
  return numbers.flatMap((number) => {
    const article = byId.get(articleOf(number));
    return article ? { ...article, number } : [];
  });
}

/** The newest rows, and from where on they were read: a search that goes on reads what has come since as well. */
async function newest<R extends Ranked>(
  begun: number | null | undefined,
  low: number | null,
  read: (bounds: { limit: number; low?: number }) => Promise<R[]>,
): Promise<{ rows: R[]; floor: number | null }> {
  const bounds = low === null ? {} : { low };
  if (begun != null) return { rows: await read({ ...bounds, limit: 2 * DEPTH }), floor: begun };
  const rows = await read({ ...bounds, limit: DEPTH + 1 });
  if (rows.length <= DEPTH) return { rows, floor: low };
  const kept = rows.slice(0, DEPTH);
  return { rows: kept, floor: begun === undefined ? (kept.at(-1)?.number ?? null) : low };
}

/** Of the best so many are looked at to begin with, or three times what is wanted: hardly any page needs a second look. */
const FIRST_LOOK = 100;

/** Looks at twice as many each time: few documents are of articles that nobody wants. */
async function firstWanted(
  reader: Reader,
  articles: ArticleQuery,
  best: readonly Scored[],
  count: number,
): Promise<readonly Scored[]> {
  const found: Scored[] = [];
  let step = Math.max(FIRST_LOOK, 3 * count);
  for (let from = 0; from < best.length && found.length < count; from += step, step *= 2) {
    const next = best.slice(from, from + step);
    const wanted = await wantedAmong(
      reader,
      articles,
      next.map(({ id }) => id),
    );
    const ids = new Set(wanted.map(({ id }) => id));
    found.push(...next.filter(({ id }) => ids.has(id)));
  }
  return found.slice(0, count);
}

/** The best first, of equal ones the newest. */
export function byScore({ scored }: Pool, without: ReadonlySet<number>): Scored[] {
  return scored.filter(({ id }) => !without.has(id)).sort((a, b) => b.score - a.score || b.id - a.id);
}
