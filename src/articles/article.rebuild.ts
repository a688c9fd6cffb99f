/** What ties repeat and inherit, and what articles repeat of them, made anew out of the articles, their own ties and the trees. */
import { isDeepStrictEqual } from 'node:util';
import { type SQL, sql } from 'drizzle-orm';
import { lock, type Tx } from '../database';
import { MEMBERSHIPS } from './article.conditions';
import { FACETS, type Facet } from './article.query';
import { countCoverage, inheritAnew, keepingCoverage, refreshListings, SUBJECT_TABLES } from './article.ties';
import { writeTies, writtenAnew } from './article.written';
import { type CurrentArticle, holdArticles } from './revisions/current';

export interface TiesRebuilt {
  /** Ties that said otherwise than their articles when these are listed. */
  readonly listings: number;
  /** Ties to ancestors that were missing, or were there without a reason. */
  readonly inherited: number;
  /** Articles whose row repeated other ties than they have. */
  readonly written: number;
  /** All articles of which any of that differed. */
  readonly articles: readonly { readonly id: number; readonly revision: number }[];
}

/** Puts right the ties of some articles, and tells what was wrong with them. */
export async function rebuildTies(tx: Tx, ids: readonly number[]): Promise<TiesRebuilt> {
  await lock(tx, 'SUBJECTS', 'SHARED');
  const held = await holdArticles(tx, ids);
  const listings = new Map<number, number>();
  const inherited = new Map<number, number>();
  for (const facet of FACETS) add(listings, await staleListings(tx, facet, ids));
  for (const facet of TREES) add(inherited, await wrongAncestors(tx, facet, ids));
  const written = await wronglyWritten(tx, held);
  const wrong = [...new Set([...listings.keys(), ...inherited.keys(), ...written])];
  const articles = wrong.flatMap((id) => held.get(id) ?? []);
  if (wrong.length > 0) {
    await keepingCoverage(
      tx,
      wrong,
      async () => {
        await refreshListings(tx, articles);
        for (const facet of TREES) await inheritAnew(tx, facet, wrong);
        await writeTies(tx, written);
      },
      () => wrong,
    );
  }
  return {
    listings: sum(listings),
    inherited: sum(inherited),
    written: written.length,
    articles: articles.map(({ id, revision }) => ({ id, revision })),
  };
}

/** Counts the coverage of every subject anew. @returns how many had another one */
export async function rebuildCoverage(tx: Tx): Promise<number> {
  await lock(tx, 'SUBJECTS', 'EXCLUSIVE');
  let wrong = 0;
  for (const facet of FACETS) {
    const { name, column } = MEMBERSHIPS[facet];
    const subject = sql.identifier(column);
    const [row] = await tx.rows<{ total: number }>(
      sql`select count(*) as total from ${sql.identifier(SUBJECT_TABLES[facet])} as s left join (select ${subject} as id, count(*) as total from ${sql.identifier(name)} where listed_at is not null group by ${subject}) as t on t.id = s.id where s.coverage <> coalesce(t.total, 0)`,
    );
    wrong += Number(row?.total ?? 0);
  }
  if (wrong > 0) await countCoverage(tx);
  return wrong;
}

/** `listedAt` of an article, as SQL. */
const LISTED_AT = sql`case when a.kind = 'ARTICLE' and a.status in ('PUBLISHED', 'SCHEDULED') then a.published_at end`;

const TREES = ['category', 'topic'] as const satisfies readonly Facet[];

interface Difference {
  readonly id: number;
  readonly total: number;
}

function staleListings(tx: Tx, facet: Facet, ids: readonly number[]): Promise<Difference[]> {
  const table = sql.identifier(MEMBERSHIPS[facet].name);
  return tx.rows<Difference>(
    sql`select a.id as id, count(*) as total from articles as a join ${table} as t on t.article_id = a.id
      where ${tx.portable.among(sql`a.id`, 'ids')} and (t.listed_at is distinct from ${LISTED_AT}
        or t.embargo_until is distinct from a.embargo_until or t.expires_at is distinct from a.expires_at)
      group by a.id`,
    { ids },
  );
}

function wrongAncestors(
  tx: Tx,
  facet: (typeof TREES)[number],
  ids: readonly number[],
): Promise<Difference[]> {
  const { name, column } = MEMBERSHIPS[facet];
  const table = sql.identifier(name);
  const subject = sql.identifier(column);
  const tree = sql.identifier(SUBJECT_TABLES[facet]);
  const asInherited: SQL =
    facet === 'topic' ? sql`and t.salience = 0 and t.mentions = 0 and t.source = 'MACHINE'` : sql``;
  return tx.rows<Difference>(
    sql`with recursive own(article_id, subject_id) as (
      select t.article_id, t.${subject} from ${table} as t where ${tx.portable.among(sql`t.article_id`, 'ids')} and t.direct
    ), line(article_id, subject_id) as (
      select own.article_id, s.parent_id from own join ${tree} as s on s.id = own.subject_id where s.parent_id is not null
      union
      select line.article_id, s.parent_id from line join ${tree} as s on s.id = line.subject_id where s.parent_id is not null
    ), due(article_id, subject_id) as (
      select article_id, subject_id from line except select article_id, subject_id from own
    ), found(article_id, subject_id) as (
      select t.article_id, t.${subject} from ${table} as t where ${tx.portable.among(sql`t.article_id`, 'ids')} and not t.direct ${asInherited}
    ), missing as (
      select article_id, subject_id from due except select article_id, subject_id from found
    ), surplus as (
      select article_id, subject_id from found except select article_id, subject_id from due
    )
    select article_id as id, count(*) as total
      from (select article_id, subject_id from missing union all select article_id, subject_id from surplus) as d
      group by article_id`,
    { ids },
  );
}

async function wronglyWritten(tx: Tx, held: ReadonlyMap<number, CurrentArticle>): Promise<number[]> {
  const anew = await writtenAnew(tx, [...held.keys()]);
  return [...held.values()].flatMap(({ id, authorIds, categoryIds, topicMarks }) =>
    isDeepStrictEqual({ authorIds, categoryIds, topicMarks }, anew.get(id)) ? [] : [id],
  );
}

function add(counts: Map<number, number>, differences: readonly Difference[]): void {
  for (const { id, total } of differences) counts.set(id, (counts.get(id) ?? 0) + Number(total));
}

function sum(counts: ReadonlyMap<number, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
