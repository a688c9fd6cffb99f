/**
 * The rows that tie articles to authors, categories and topics, and through which lists are read. An article
 * also carries the ancestors of its categories and topics, in rows that are not `direct`; every row repeats
 * when the article is listed; and every subject counts the listed articles that carry it. All three can be
 * recomputed from the articles, and a test says that they always equal that.
 */
import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import { type ArticleKind, type ArticleStatus, lock, type Reader, type Tx } from '../database';
import { listedAt } from './article';
import { MEMBERSHIPS } from './article.conditions';
import type { ArticleTies } from './article.content';
import { FACETS, type Facet } from './article.query';

/** The columns of an article that its ties repeat. */
export interface Listing {
  readonly id: number;
  readonly kind: ArticleKind;
  readonly status: ArticleStatus;
  readonly publishedAt: Instant | null;
  readonly embargoUntil: Instant | null;
  readonly expiresAt: Instant | null;
}

export type TiedArticle = Listing & Partial<ArticleTies>;

/** Replaces the ties that are given; an article without, say, `topics` keeps its topics. */
export async function replaceTies(tx: Tx, articles: readonly TiedArticle[]): Promise<void> {
  const having = (name: keyof ArticleTies) => articles.filter((article) => article[name]).map(({ id }) => id);
  await clear(tx, 'author', having('authorIds'));
  await clear(tx, 'category', having('categoryIds'));
  await clear(tx, 'topic', having('topics'));
  await addTies(tx, articles);
}

/** Ties articles that have no ties of these kinds yet. */
export async function addTies(tx: Tx, articles: readonly TiedArticle[]): Promise<void> {
  // What they are tied to stays where it is until they are seen.
  await lock(tx, 'SUBJECTS', 'SHARED');
  const { articleAuthors, articleCategories, articleTopics } = tx.tables;
  const categoryParents = await parentsOf(
    tx,
    'category',
    articles.flatMap((article) => article.categoryIds ?? []),
  );
  const topicParents = await parentsOf(
    tx,
    'topic',
    articles.flatMap((article) => (article.topics ?? []).map((mark) => mark.topicId)),
  );
  await tx.insertMany(
    articleAuthors,
    articles.flatMap((article) =>
      (article.authorIds ?? []).map((authorId, position) => ({ ...listingOf(article), authorId, position })),
    ),
  );
  await tx.insertMany(
    articleCategories,
    articles.flatMap((article) =>
      withAncestors(article.categoryIds ?? [], categoryParents).map(([categoryId, position]) => ({
        ...listingOf(article),
        categoryId,
        direct: position !== null,
        position: position ?? 0,
      })),
    ),
  );
  await tx.insertMany(
    articleTopics,
    articles.flatMap((article) => topicRows(article, topicParents)),
  );
}

/** Repeats in every tie of the articles when they are listed: after a publication, a withdrawal, an embargo. */
export async function refreshListings(tx: Tx, articles: readonly Listing[]): Promise<void> {
  const rows = articles.map((article) => {
    const { articleId, ...listing } = listingOf(article);
    return {
      id: articleId,
      listed_at: listing.listedAt,
      embargo_until: listing.embargoUntil,
      expires_at: listing.expiresAt,
    };
  });
  const listings = tx.portable.rows('listings', 'l', {
    id: 'int',
    listed_at: 'bigint',
    embargo_until: 'bigint',
    expires_at: 'bigint',
  });
  for (const facet of FACETS) {
    const table = sql.identifier(MEMBERSHIPS[facet].name);
    await tx.execute(
      sql`update ${table} set listed_at = l.listed_at, embargo_until = l.embargo_until, expires_at = l.expires_at from ${listings} where ${table}.article_id = l.id`,
      { listings: JSON.stringify(rows) },
    );
  }
}

/** Runs `work` and moves the coverage of every subject by what it has changed for the articles. */
export async function keepingCoverage<T>(
  tx: Tx,
  before: readonly number[],
  work: () => Promise<T>,
  after: (result: T) => readonly number[],
): Promise<T> {
  // A merger that comes in between would be counted twice.
  await lock(tx, 'SUBJECTS', 'SHARED');
  const had = await Promise.all(FACETS.map((facet) => coverageBy(tx, facet, before)));
  const result = await work();
  const touched = after(result);
  for (const [index, facet] of FACETS.entries()) {
    const deltas = new Map(await coverageBy(tx, facet, touched));
    for (const [subject, count] of had[index] ?? []) deltas.set(subject, (deltas.get(subject) ?? 0) - count);
    await addCoverage(tx, facet, deltas);
  }
  return result;
}

/**
 * Counts the coverage of every subject anew. For a whole archive in one transaction: to move it by every batch
 * would leave PostgreSQL with hundreds of versions of the same rows, through which each further tie has to look.
 */
export async function countCoverage(tx: Tx): Promise<void> {
  for (const facet of FACETS) {
    const { name, column } = MEMBERSHIPS[facet];
    const subject = sql.identifier(column);
    const table = sql.identifier(SUBJECT_TABLES[facet]);
    await tx.execute(
      sql`update ${table} set coverage = coalesce(c.total, 0) from (select s.id, t.total from ${table} as s left join (select ${subject} as id, count(*) as total from ${sql.identifier(name)} where listed_at is not null group by ${subject}) as t on t.id = s.id) as c where ${table}.id = c.id and ${table}.coverage <> coalesce(c.total, 0)`,
    );
  }
}

/** The ancestors of the subjects, and theirs: child -> parent. */
export async function parentsOf(
  reader: Reader,
  facet: 'category' | 'topic',
  subjects: readonly number[],
): Promise<Map<number, number>> {
  if (subjects.length === 0) return new Map();
  const table = sql.identifier(SUBJECT_TABLES[facet]);
  const rows = await reader.rows<{ id: number; parent: number }>(
    sql`with recursive line(id, parent) as (
      select id, parent_id from ${table} where ${reader.portable.among(sql`id`, 'subjects')}
      union select s.id, s.parent_id from ${table} as s join line on s.id = line.parent
    ) select id, parent from line where parent is not null`,
    { subjects: [...new Set(subjects)] },
  );
  return new Map(rows.map(({ id, parent }) => [id, parent]));
}

/** Each subject with its position, then each of their ancestors that is not among them, with null. */
function withAncestors(
  subjects: readonly number[],
  parents: ReadonlyMap<number, number>,
): [id: number, position: number | null][] {
  const carried = new Map<number, number | null>(subjects.map((id, position) => [id, position]));
  for (const subject of subjects) {
    for (let parent = parents.get(subject); parent !== undefined; parent = parents.get(parent)) {
      if (carried.has(parent) && carried.get(parent) === null) break;
      if (!carried.has(parent)) carried.set(parent, null);
    }
  }
  return [...carried];
}

function topicRows(article: TiedArticle, parents: ReadonlyMap<number, number>) {
  const marks = new Map((article.topics ?? []).map((mark) => [mark.topicId, mark]));
  const { articleId, listedAt, embargoUntil, expiresAt } = listingOf(article);
  return withAncestors([...marks.keys()], parents).map(([topicId, position]) => {
    const mark = marks.get(topicId);
    return {
      articleId,
      listedAt,
      embargoUntil,
      expiresAt,
      topicId,
      direct: position !== null,
      salience: mark?.salience ?? 0,
      mentions: mark?.mentions ?? 0,
      source: mark?.source ?? ('MACHINE' as const),
    };
  });
}

function listingOf(article: Listing) {
  return {
    articleId: article.id,
    listedAt: listedAt(article),
    embargoUntil: article.embargoUntil,
    expiresAt: article.expiresAt,
  };
}

export const SUBJECT_TABLES: Readonly<Record<Facet, string>> = {
  author: 'authors',
  category: 'categories',
  topic: 'topics',
};

async function clear(tx: Tx, facet: Facet, articles: readonly number[]): Promise<void> {
  if (articles.length === 0) return;
  const table = sql.identifier(MEMBERSHIPS[facet].name);
  await tx.execute(sql`delete from ${table} where ${tx.portable.among(sql`article_id`, 'articles')}`, {
    articles,
  });
}

async function coverageBy(
  tx: Tx,
  facet: Facet,
  articles: readonly number[],
): Promise<[subject: number, count: number][]> {
  if (articles.length === 0) return [];
  const { name, column } = MEMBERSHIPS[facet];
  const subject = sql.identifier(column);
  const rows = await tx.rows<{ subject: number; count: number }>(
    sql`select ${subject} as subject, count(*) as count from ${sql.identifier(name)} where ${tx.portable.among(sql`article_id`, 'articles')} and listed_at is not null group by ${subject}`,
    { articles },
  );
  return rows.map(({ subject: id, count }) => [id, count]);
}

async function addCoverage(tx: Tx, facet: Facet, deltas: ReadonlyMap<number, number>): Promise<void> {
  const rows = [...deltas]
    .filter(([, delta]) => delta !== 0)
    .map(([id, delta]) => ({ id, delta }))
    // In one order, so that transactions on PostgreSQL seldom wait for one another in a circle.
    .sort((a, b) => a.id - b.id);
  if (rows.length === 0) return;
  const table = sql.identifier(SUBJECT_TABLES[facet]);
  await tx.execute(
    sql`update ${table} set coverage = ${table}.coverage + d.delta from ${tx.portable.rows('deltas', 'd', { id: 'int', delta: 'int' })} where ${table}.id = d.id`,
    { deltas: JSON.stringify(rows) },
  );
}

/**
 * Works out anew which ancestors the articles carry, for all articles that carry one of the subjects: after a
 * category or topic has moved to another place in its tree.
 */
export async function rebuildAncestors(
  tx: Tx,
  facet: 'category' | 'topic',
  subjects: readonly number[],
): Promise<void> {
  const { name, column } = MEMBERSHIPS[facet];
  const table = sql.identifier(name);
  const subject = sql.identifier(column);
  const affected = sql`select article_id from ${table} where ${tx.portable.among(sql`${subject}`, 'subjects')}`;
  const before = await tx.rows<{ id: number }>(
    sql`select distinct article_id as id from (${affected}) as a`,
    { subjects },
  );
  const articles = before.map(({ id }) => id);
  await keepingCoverage(
    tx,
    articles,
    () => inheritAnew(tx, facet, articles),
    () => articles,
  );
}

/** Works out anew which ancestors the articles carry; whoever calls it sees to the coverage of these. */
export async function inheritAnew(
  tx: Tx,
  facet: 'category' | 'topic',
  articles: readonly number[],
): Promise<void> {
  const { name, column } = MEMBERSHIPS[facet];
  const table = sql.identifier(name);
  const subject = sql.identifier(column);
  const subjects = sql.identifier(SUBJECT_TABLES[facet]);
  // What an inherited row has beside its listing.
  const [columns, values] =
    facet === 'category' ? [sql`position`, sql`0`] : [sql`salience, mentions, source`, sql`0, 0, 'MACHINE'`];
  await tx.execute(
    sql`delete from ${table} where ${tx.portable.among(sql`article_id`, 'articles')} and not direct`,
    { articles },
  );
  // The parent of everything that is carried, and its parent, unless it is carried already.
  await tx.execute(
    sql`with recursive line(article_id, subject_id, listed_at, embargo_until, expires_at) as (
      select t.article_id, s.parent_id, t.listed_at, t.embargo_until, t.expires_at
        from ${table} as t join ${subjects} as s on s.id = t.${subject}
        where ${tx.portable.among(sql`t.article_id`, 'articles')} and s.parent_id is not null
      union
      select line.article_id, s.parent_id, line.listed_at, line.embargo_until, line.expires_at
        from line join ${subjects} as s on s.id = line.subject_id
        where s.parent_id is not null
    )
    insert into ${table} (article_id, ${subject}, direct, listed_at, embargo_until, expires_at, ${columns})
    select article_id, subject_id, false, listed_at, embargo_until, expires_at, ${values} from line where true
    on conflict (article_id, ${subject}) do nothing`,
    { articles },
  );
}
