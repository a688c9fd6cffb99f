/** What becomes of articles when an author, a category or a topic of theirs becomes part of another. */
import { type SQL, sql } from 'drizzle-orm';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { ChangeOp, Tx } from '../database';
import { MEMBERSHIPS } from './article.conditions';
import type { Facet } from './article.query';
import { type Revised, raiseRevisions } from './article.revisions';
import { inheritAnew, keepingCoverage } from './article.ties';
import { writeTies } from './article.written';

/** One subject that becomes part of another of its kind. */
export interface Merger {
  readonly facet: Facet;
  readonly from: { readonly id: number; readonly slug: string };
  readonly into: { readonly id: number; readonly slug: string };
}

/** What is done to the articles, as the change log calls it, and what clients see otherwise of them. */
const MERGED: Readonly<Record<Facet, { readonly op: ChangeOp; readonly changed: readonly string[] }>> = {
  author: { op: 'UPDATE', changed: ['authors'] },
  category: { op: 'MOVE', changed: ['categories'] },
  topic: { op: 'RETAG', changed: ['topics'] },
};

/**
 * Ties every article that carries `from` to `into` instead, once: an article that carries both keeps the better of
 * its two ties. Afterwards nothing refers to `from` but what stands below it.
 * @param regrow moves what stands below `from` elsewhere, before the articles' ancestors are worked out anew
 * @returns the articles that carried `from` themselves, under their new revisions
 */
export async function mergeSubject(
  tx: Tx,
  actor: Actor,
  at: Instant,
  merger: Merger,
  regrow: () => Promise<void>,
): Promise<readonly Revised[]> {
  const { facet, from, into } = merger;
  const carriers = await carriersOf(tx, facet, from.id);
  const ids = carriers.map(({ id }) => id);
  const own = carriers.filter(({ direct }) => direct).map(({ id }) => id);
  const revised = await raiseRevisions(tx, actor, at, own, {
    ...MERGED[facet],
    payload: { merged: { facet, from, into } },
  });
  await keepImportsInStep(tx, revised);
  await keepingCoverage(
    tx,
    ids,
    async () => {
      await moveTies(tx, merger);
      await writeTies(tx, own);
      await regrow();
      if (facet !== 'author') await inheritAnew(tx, facet, ids);
    },
    () => ids,
  );
  return revised;
}

interface Carrier {
  readonly id: number;
  /** Not only through something below the subject. */
  readonly direct: boolean;
}

async function carriersOf(tx: Tx, facet: Facet, subject: number): Promise<Carrier[]> {
  const { name, column, inherits } = MEMBERSHIPS[facet];
  const ties = await tx.rows<{ id: number; direct: number | boolean }>(
    sql`select article_id as id, ${inherits ? sql`direct` : sql`true as direct`} from ${sql.identifier(name)} where ${sql.identifier(column)} = ${subject}`,
  );
  const carriers = new Map(ties.map(({ id, direct }) => [id, Boolean(direct)]));
  if (facet === 'category') {
    const primary = await tx.rows<{ id: number }>(
      sql`select id from articles where primary_category_id = ${subject}`,
    );
    for (const { id } of primary) carriers.set(id, true);
  }
  return [...carriers].map(([id, direct]) => ({ id, direct }));
}

/** An import that comes again shall not take the merger for an edit of the article. */
export async function keepImportsInStep(tx: Tx, revised: readonly Revised[]): Promise<void> {
  const rows = tx.portable.rows('revised', 'r', { id: 'int', revision: 'int' });
  await tx.execute(
    sql`update import_keys set revision = r.revision from ${rows} where import_keys.kind = 'article' and import_keys.local_id = r.id and import_keys.revision = r.revision - 1`,
    { revised: JSON.stringify(revised) },
  );
}

async function moveTies(tx: Tx, { facet, from, into }: Merger): Promise<void> {
  const { name, column } = MEMBERSHIPS[facet];
  const table = sql.identifier(name);
  const subject = sql.identifier(column);
  const { columns, better } = TIES[facet];
  const names = sql.raw(columns.join(', '));
  const own = facet === 'author' ? sql`` : sql`and direct`;
  await tx.execute(
    sql`insert into ${table} (article_id, ${subject}, listed_at, embargo_until, expires_at, ${names})
      select article_id, ${into.id}, listed_at, embargo_until, expires_at, ${names} from ${table} where ${subject} = ${from.id} ${own}
      on conflict (article_id, ${subject}) do update set ${better}`,
  );
  await tx.execute(sql`delete from ${table} where ${subject} = ${from.id}`);
  if (facet === 'topic') await moveRemoved(tx, from.id, into.id);
  if (facet === 'category') {
    await tx.execute(
      sql`update articles set primary_category_id = ${into.id} where primary_category_id = ${from.id}`,
    );
  }
}

/** What was taken from an article stays away under its new name, unless the article carries that. */
async function moveRemoved(tx: Tx, from: number, into: number): Promise<void> {
  await tx.execute(
    sql`insert into removed_topics (article_id, topic_id)
      select article_id, ${into} from removed_topics where topic_id = ${from}
      on conflict (article_id, topic_id) do nothing`,
  );
  await tx.execute(
    sql`delete from removed_topics where topic_id = ${from} or (topic_id = ${into} and exists (select 1 from article_topics as t where t.article_id = removed_topics.article_id and t.topic_id = ${into} and t.direct))`,
  );
}

/**
 * The columns of a tie beside its listing, and what an article that is tied to both keeps. An inherited tie has the
 * salience 0, no mentions and the source MACHINE, and so never wins.
 */
const TIES: Readonly<Record<Facet, { readonly columns: readonly string[]; readonly better: SQL }>> = {
  author: {
    columns: ['position'],
    better: sql`position = case when excluded.position < article_authors.position then excluded.position else article_authors.position end`,
  },
  category: {
    columns: ['direct', 'position'],
    better: sql`direct = excluded.direct, position = case when article_categories.direct and article_categories.position < excluded.position then article_categories.position else excluded.position end`,
  },
  topic: {
    columns: ['direct', 'salience', 'mentions', 'source'],
    better: sql`direct = excluded.direct,
      salience = case when excluded.salience > article_topics.salience then excluded.salience else article_topics.salience end,
      mentions = article_topics.mentions + excluded.mentions,
      source = case when 'EDITOR' in (article_topics.source, excluded.source) then 'EDITOR'
        when 'IMPORT' in (article_topics.source, excluded.source) then 'IMPORT' else 'MACHINE' end`,
  },
};
