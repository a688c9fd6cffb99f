/** Documents that match, looked at before anything is read of their articles. */
import { type SQL, sql } from 'drizzle-orm';
import { type ArticleQuery, articlesWhere, conditionParameters, conditionShape } from '../articles';
import {
  indexMatches,
  prepared,
  preparedByShape,
  type QueryTools,
  type Reader,
  type Tables,
} from '../database';
import type { Ranked } from './search.ranking';
import { type Candidate, type CandidateQuery, parametersOf } from './search.store';

/**
 * Whether nearly every document that matches is of an article that is wanted, so that it is cheaper to rank them all
 * and look at the articles of the best: no more is asked for than published articles, of whatever time.
 */
export function wantsNearlyAll({ criteria }: ArticleQuery): boolean {
  const { kind, statuses, selections, languages } = criteria;
  const published = statuses.length > 0 && statuses.every((status) => status === 'PUBLISHED');
  return kind === 'ARTICLE' && published && languages === undefined && Object.keys(selections).length === 0;
}

/** The newest documents that match, whoever may see their articles, by their numbers, which fall. */
export function rankedDocuments(reader: Reader, query: CandidateQuery): Promise<Ranked[]> {
  const { match, low, high, limit } = parametersOf(reader, query);
  return documents(reader, { match, low, high, limit });
}

const documents = prepared<
  { match: string; low: number; high: number; limit: number },
  Pick<Tables['searchDocuments'], 'number' | 'length'> & { profile: SQL<string> }
>(({ tables: { searchDocuments: d }, portable }) => {
  const { from, number, where } = indexMatches(portable.engine);
  return {
    select: { number: d.number, length: d.length, profile: portable.hex(d.profile) },
    // The words first: on SQLite a cross join is one that is done in the order in which it stands.
    from: sql`${from} cross join ${d} where ${where} and ${d.number} = ${number} order by ${number} desc limit ${sql.placeholder('limit')}`,
  };
});

/** Those of the articles with these keys that the query is about. */
export function wantedAmong(
  reader: Reader,
  articles: ArticleQuery,
  ids: readonly number[],
): Promise<Omit<Candidate, 'number'>[]> {
  const statement = wanted(conditionShape(articles), (tools) => ({
    select: articleColumns(tools.tables),
    from: among(tools, articles),
  }));
  return statement(reader, { ...conditionParameters(articles), ids: [...ids] });
}

/** How many of the articles with these keys the query is about. */
export async function countWanted(
  reader: Reader,
  articles: ArticleQuery,
  ids: readonly number[],
): Promise<number> {
  const statement = totals(conditionShape(articles), (tools) => ({
    select: { total: sql<number>`count(*)`.mapWith(Number) },
    from: among(tools, articles),
  }));
  const [row] = await statement(reader, { ...conditionParameters(articles), ids: [...ids] });
  return row?.total ?? 0;
}

function among({ tables: { articles: a }, portable }: QueryTools, articles: ArticleQuery): SQL {
  return sql`${a} where ${portable.among(a.id, 'ids')} and ${articlesWhere(portable, articles, 'articles')}`;
}

const totals = preparedByShape<{ total: SQL<number> }>();
const wanted = preparedByShape<ReturnType<typeof articleColumns>>();

function articleColumns({ articles: a }: Tables) {
  return { id: a.id, publishedAt: a.publishedAt, language: a.language };
}
