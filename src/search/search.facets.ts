/** What the matches have in common. */
import { type SQL, sql } from 'drizzle-orm';
import { prepared, type Reader } from '../database';
import type { Matches } from './search.relevance';

export interface Count<T> {
  readonly value: T;
  readonly count: number;
}

/** How many values a facet has. */
export const MAX_VALUES = 20;

const FACET_TABLES = {
  author: ['article_authors', 'author_id'],
  category: ['article_categories', 'category_id'],
  topic: ['article_topics', 'topic_id'],
} as const;

/** The subjects that most of the articles carry, themselves or through something below, and how many. */
export async function countSubjects(
  reader: Reader,
  facet: keyof typeof FACET_TABLES,
  { found }: Matches,
): Promise<Count<number>[]> {
  if (found.length === 0) return [];
  return subjectCounts[facet](reader, { articles: found.map(({ id }) => id) });
}

const subjectCounts = {
  author: subjectCount('author'),
  category: subjectCount('category'),
  topic: subjectCount('topic'),
};

function subjectCount(facet: keyof typeof FACET_TABLES) {
  const [table, column] = FACET_TABLES[facet];
  return prepared<{ articles: readonly number[] }, { value: SQL<number>; count: SQL<number> }>(
    ({ portable }) => ({
      select: { value: sql<number>`${sql.identifier(column)}`, count: sql<number>`count(*)`.mapWith(Number) },
      from: sql`${sql.identifier(table)} where ${portable.among(sql`article_id`, 'articles')} group by ${sql.identifier(column)} order by count(*) desc, ${sql.identifier(column)} limit ${sql.raw(String(MAX_VALUES))}`,
    }),
  );
}

export function countLanguages({ found }: Matches): Count<string>[] {
  return mostFrequent(found.map(({ language }) => language));
}

/** Of publication, in UTC; the newest first. */
export function countYears({ found }: Matches): Count<string>[] {
  const years = found.flatMap(({ publishedAt }) =>
    publishedAt === null ? [] : String(new Date(publishedAt).getUTCFullYear()),
  );
  return counted(years).sort((a, b) => Number(b.value) - Number(a.value));
}

function mostFrequent(values: readonly string[]): Count<string>[] {
  return counted(values)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    .slice(0, MAX_VALUES);
}

function counted(values: readonly string[]): Count<string>[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}
