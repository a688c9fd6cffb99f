/** What one request finds, for the viewer who sent it. */
import type { ArticleCriteria, ArticleQuery, Audience, Facet } from '../articles';
import type { Loader } from '../core/batch';
import type { Instant } from '../core/clock';
import type { Reader } from '../database';
import { highestOfDay, lowestOfDay } from '../indexing';
import { Highlighter } from './highlight';
import { type Completion, completionsOf } from './search.completions';
import {
  type Continuation,
  fingerprintOf,
  fromSearchCursor,
  type Place,
  type SearchOrder,
  toSearchCursor,
} from './search.cursor';
import { type Count, countSubjects } from './search.facets';
import { lookUpNames } from './search.names';
import { planOf, type SearchPlan } from './search.plan';
import { MAX_QUERY, type ParsedQuery, parseQuery } from './search.query';
import { type Scale, scaleOf, scorer } from './search.ranking';
import { byScore, type Counted, countOf, DEPTH, type Matches, poolOf } from './search.relevance';
import { type SimilarTexts, similarTexts } from './search.similar';
import {
  type Candidate,
  type CandidateQuery,
  candidates,
  LOOKED_AT,
  type LookedAt,
  lowestLookedAt,
  statisticsOf,
  UNDATED,
} from './search.store';
import { suggestionFor } from './search.suggestions';
import { type NamedTopic, pairOf, topicsNamedBy } from './search.topics';

export interface SearchArgs {
  readonly query: string;
  readonly criteria: ArticleCriteria;
  readonly order: SearchOrder;
  readonly size: number;
  readonly after: string | null;
}

/** An article that was found, in its place. */
export interface Hit {
  readonly id: number;
  /** 0 where the order is not by it. */
  readonly score: number;
  /** By relevance it tells all that was shown: it is made only when it is asked for. */
  readonly cursor: () => string;
}

export interface SearchResult {
  readonly query: ParsedQuery;
  readonly hits: readonly Hit[];
  readonly hasNextPage: boolean;
  /** All matches; read only when asked for, and once. */
  matches(): Promise<Matches>;
  /** The same, of how many they are. */
  counted(): Promise<Counted>;
  /** Finds in the texts of articles why they match. */
  highlighter(): Highlighter;
  /** Whether another query would find anything under the same filter. */
  wouldFind(query: string): Promise<boolean>;
}

/** What is read in the order of publication, down to a number where there is a filter and so much that matches. */
type NewestQuery = Pick<CandidateQuery, 'match' | 'articles' | 'low'>;

const NOTHING: Matches = { found: [], exact: true };
const FOUND_NOTHING = {
  hits: [],
  hasNextPage: false,
  matches: async () => NOTHING,
  counted: async () => countOf(NOTHING),
};

export class SearchReads {
  /** What articles say, as others are looked for that resemble them; by their keys. */
  readonly similar: Loader<number, SimilarTexts | null>;

  constructor(
    private readonly reader: Reader,
    readonly audience: Audience,
    private readonly now: Instant,
    private readonly lookedAt: LookedAt = LOOKED_AT,
  ) {
    this.similar = similarTexts(reader);
  }

  /** @throws DatelineError BAD_USER_INPUT, BAD_CURSOR */
  async search(args: SearchArgs): Promise<SearchResult> {
    const query = parseQuery(args.query);
    const fingerprint = fingerprintOf(args.order, query.text, args.criteria);
    const plan = planOf(query, await lookUpNames(this.reader, query));
    const words = plan === null || args.order === 'NEWEST' ? 0 : plan.words.length;
    const from = args.after === null ? null : fromSearchCursor(args.after, fingerprint, words, this.now);
    let highlighter: Highlighter | undefined;
    const common = {
      query,
      highlighter: () => {
        highlighter ??= new Highlighter(plan?.match ?? { kind: 'any', of: [] });
        return highlighter;
      },
      wouldFind: (other: string) => this.findsAny(other, args.criteria),
    };
    if (plan === null) return { ...common, ...FOUND_NOTHING };
    const page =
      args.order === 'NEWEST'
        ? await this.newest(plan, args, fingerprint, from)
        : await this.mostRelevant(plan, args, fingerprint, from);
    return { ...common, ...page };
  }

  /** A better spelling of a query that finds nothing. */
  async suggestion({ query, hits, hasNextPage, counted, wouldFind }: SearchResult): Promise<string | null> {
    if (hits.length > 0 || hasNextPage || (await counted()).count > 0) return null;
    return suggestionFor(this.reader, query, wouldFind);
  }

  topicsNamed({ query }: SearchResult): Promise<NamedTopic[]> {
    return topicsNamedBy(this.reader, query);
  }

  /** The topics of the two different names that the query has; none where it has one, or more than two. */
  async pairNamed(result: SearchResult): Promise<number[]> {
    return pairOf(await this.topicsNamed(result));
  }

  facet(facet: Facet, matches: Matches): Promise<Count<number>[]> {
    return countSubjects(this.reader, facet, matches);
  }

  completions(prefix: string, count: number): Promise<Completion[]> {
    return completionsOf(this.reader, this.audience, this.now, prefix, count);
  }

  private async findsAny(text: string, criteria: ArticleCriteria): Promise<boolean> {
    if (text.length > MAX_QUERY) return false;
    const query = parseQuery(text);
    const plan = planOf(query, await lookUpNames(this.reader, query));
    if (plan === null) return false;
    const articles = this.query(criteria);
    return (await candidates(this.reader, { match: plan.match, articles, limit: 1 })).length > 0;
  }

  private async mostRelevant(
    plan: SearchPlan,
    { criteria, size }: SearchArgs,
    fingerprint: string,
    from: Continuation | null,
  ) {
    const scale = from?.scale ?? (await this.scaleFor(plan));
    const asked = {
      ...{ match: plan.match, articles: this.query(criteria), lookedAt: this.lookedAt },
      scoreOf: scorer(plan.words, scale),
    };
    const pool = await poolOf(this.reader, asked, from?.floor);
    const shown = new Set(from?.shown);
    const best = byScore(pool, shown);
    const rest = await pool.first(best, size + 1);
    const page = rest.slice(0, size);
    return {
      hits: page.map(({ id, score }, at) => ({
        id,
        score: score / 10_000,
        cursor: () => {
          const before = page.slice(0, at + 1).map((hit) => hit.id);
          const continuation = {
            after: { sort: score, key: id },
            shown: [...shown, ...before],
            scale,
            floor: pool.floor,
          };
          return toSearchCursor(fingerprint, continuation);
        },
      })),
      hasNextPage: rest.length > size,
      matches: pool.matches,
      counted: pool.counted,
    };
  }

  private async newest(
    plan: SearchPlan,
    { criteria, size }: SearchArgs,
    fingerprint: string,
    from: Continuation | null,
  ) {
    const articles = this.query(criteria);
    const floor =
      from === null ? await lowestLookedAt(this.reader, plan.match, articles, this.lookedAt) : from.floor;
    const asked = { match: plan.match, articles, ...(floor === null ? {} : { low: floor }) };
    const rest = await this.newestBehind(asked, size, from?.after ?? null);
    const scale = { asOf: from?.scale.asOf ?? this.now, averageLength: 1, rarities: [] };
    let all: Promise<Matches> | undefined;
    const matches = () => {
      all ??= this.newestMatches(asked);
      return all;
    };
    return {
      hits: rest.slice(0, size).map((candidate) => ({
        id: candidate.id,
        score: 0,
        cursor: () => toSearchCursor(fingerprint, { after: placeOf(candidate), shown: [], scale, floor }),
      })),
      hasNextPage: rest.length > size,
      matches,
      counted: async () => countOf(await matches()),
    };
  }

  /** More than `size` matches where there are as many, by date. */
  private async newestBehind(asked: NewestQuery, size: number, behind: Place | null): Promise<Candidate[]> {
    const limit = 4 * size + 100;
    const bounds = behind === null ? {} : { behind, high: highestOfDay(dateOf(behind)) };
    const read = await candidates(this.reader, { ...asked, ...bounds, limit });
    const byDate = (found: Candidate[]) => found.sort((a, b) => compare(placeOf(a), placeOf(b)));
    const last = read.at(-1);
    if (read.length < limit || last === undefined) return byDate(read);
    // Within a day the numbers do not follow the time: the last day may have been cut anywhere.
    const start = lowestOfDay(last.publishedAt);
    const whole = read.filter(({ number }) => number >= start + 2 ** 31);
    if (whole.length > size) return byDate(whole);
    const low = Math.max(start, asked.low ?? start);
    const limitless = { ...asked, ...bounds, low, limit: Number.MAX_SAFE_INTEGER };
    return byDate(await candidates(this.reader, limitless));
  }

  private async newestMatches(asked: NewestQuery): Promise<Matches> {
    const read = await candidates(this.reader, { ...asked, limit: DEPTH + 1 });
    return { found: read.slice(0, DEPTH), exact: asked.low === undefined && read.length <= DEPTH };
  }

  private async scaleFor({ words }: SearchPlan): Promise<Scale> {
    const terms = words.map(({ term }) => term);
    return scaleOf(words, await statisticsOf(this.reader, terms), this.now);
  }

  private query(criteria: ArticleCriteria): ArticleQuery {
    return { audience: this.audience, now: this.now, criteria };
  }
}

function placeOf({ id, publishedAt }: Candidate): Place {
  return { sort: publishedAt ?? UNDATED, key: id };
}

function dateOf({ sort }: Place): Instant | null {
  return sort === UNDATED ? null : sort;
}

/** The higher first, of equal ones that with the higher key. */
function compare(a: Place, b: Place): number {
  return b.sort - a.sort || b.key - a.key;
}
