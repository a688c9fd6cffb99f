/**
 * How much was published. Everything is counted in the indexes that lists are read through, and no article is read:
 * what is listed in a period lies side by side in them.
 */
import { type SQL, sql } from 'drizzle-orm';
import { type Facet, isPublished, MEMBERSHIPS, visibleListing } from '../articles';
import type { Period } from '../core/calendar';
import type { Instant } from '../core/clock';
import { type PortableSql, type Reader, toJson } from '../database';

/** How many articles there are of something in a bucket, told by its place; none are not told. */
export interface Count<K> {
  readonly key: K;
  readonly place: number;
  readonly total: number;
}

/** What was published by `now`, in each of the buckets. */
export async function countByBucket(
  reader: Reader,
  now: Instant,
  buckets: readonly Period[],
): Promise<{ place: number; total: number }[]> {
  return reader.rows(
    sql`select b.place as place, (select count(*) from articles as x where ${articleIn(sql`b`)}) as total from ${bucketTable(reader.portable)}`,
    { now, buckets: toJson(placed(buckets)) },
  );
}

/** The same by language. The languages that there are are the steps of an index. */
export async function countByLanguage(
  reader: Reader,
  now: Instant,
  buckets: readonly Period[],
): Promise<Count<string>[]> {
  const next = (after: SQL) =>
    sql`select min(x.language) from articles as x where x.status in ('PUBLISHED', 'SCHEDULED') ${after}`;
  return reader.rows(
    sql`with recursive languages (language) as (
      select * from (${next(sql``)}) as first
      union all select (${next(sql`and x.language > languages.language`)}) from languages where languages.language is not null
    ), counted as materialized (
      select l.language as key, b.place as place, (select count(*) from articles as x where x.language = l.language and ${articleIn(sql`b`)}) as total
      from languages as l cross join ${bucketTable(reader.portable)} where l.language is not null
    ) select key, place, total from counted where total > 0`,
    { now, buckets: toJson(placed(buckets)) },
  );
}

/** The subjects under which most was listed, themselves or through something below them, with how much. */
export async function mostListed(
  reader: Reader,
  now: Instant,
  facet: Facet,
  { from, to }: Period,
  limit: number,
): Promise<{ id: number; total: number }[]> {
  const { subjects } = TABLES[facet];
  return reader.rows(
    sql`with counted as materialized (
      select s.id as id, (select count(*) from ${listedIn(facet, sql`s.id`, sql`${from}`, sql`${to}`)}) as total
      from ${sql.identifier(subjects)} as s where s.coverage > 0
    ) select id, total from counted where total > 0 order by total desc, id limit ${limit}`,
    { now },
  );
}

/** How much was listed under each of the subjects in each of the buckets. */
export async function countBySubject(
  reader: Reader,
  now: Instant,
  facet: Facet,
  subjects: readonly number[],
  buckets: readonly Period[],
): Promise<Count<number>[]> {
  const { portable } = reader;
  return reader.rows(
    sql`with counted as materialized (
      select s.value as key, b.place as place, (select count(*) from ${listedIn(facet, sql`s.value`, sql`b.start`, sql`b.until`)}) as total
      from ${portable.each('subjects', 's', 'int')} cross join ${bucketTable(portable)}
    ) select key, place, total from counted where total > 0`,
    { now, subjects, buckets: toJson(placed(buckets)) },
  );
}

const TABLES: Readonly<Record<Facet, { readonly subjects: string }>> = {
  author: { subjects: 'authors' },
  category: { subjects: 'categories' },
  topic: { subjects: 'topics' },
};

/** Buckets as `bucketTable` reads them. */
export function placed(buckets: readonly Period[]) {
  return buckets.map(({ from, to }, place) => ({ place, start: from, until: to }));
}

export function bucketTable(portable: PortableSql): SQL {
  return portable.rows('buckets', 'b', { place: 'int', start: 'bigint', until: 'bigint' });
}

/** An article under the name x that was published in the bucket under the other. Binds `now`. */
function articleIn(bucket: SQL): SQL {
  return sql`${isPublished(sql.identifier('x'))} and x.kind = 'ARTICLE' and x.published_at >= ${bucket}.start and x.published_at < ${bucket}.until`;
}

/** The rows that list articles under a subject, as far as they were published then. Binds `now`. */
function listedIn(facet: Facet, subject: SQL, from: SQL, to: SQL): SQL {
  const { name, column } = MEMBERSHIPS[facet];
  return sql`${sql.identifier(name)} as x where x.${sql.identifier(column)} = ${subject} and ${visibleListing('NEWSROOM', 'x')} and x.listed_at >= ${from} and x.listed_at < ${to}`;
}
