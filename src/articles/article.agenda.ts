/**
 * What the clock alone will make of articles: a date of publication, the end of an embargo, the end of the rights.
 * Readers never wait for it, for `visibleArticle` looks at the clock itself. But followers of the change log do, so
 * every date that comes is told there, once and in its order.
 */
import { sql } from 'drizzle-orm';
import { recordChanges } from '../changes';
import type { Instant } from '../core/clock';
import { type AgendaOp, prepared, type Tx } from '../database';
import type { Standing } from './article';
import { SCHEDULER } from './article.content';
import type { CurrentArticle } from './revisions/current';

/** The columns of an article that its agenda follows from. */
export interface Dated extends Standing {
  readonly id: number;
  readonly embargoUntil: Instant | null;
  readonly expiresAt: Instant | null;
}

/** What happens to an article at an instant, by itself. */
export interface Appointment {
  readonly articleId: number;
  readonly op: AgendaOp;
  readonly dueAt: Instant;
}

/** The articles as they are once what was due is told, and what that was, in its order. */
export interface Settled {
  readonly articles: ReadonlyMap<number, CurrentArticle>;
  readonly told: readonly Appointment[];
}

/** Of what happens at the same instant, the order in which it is told. */
const ORDER: readonly AgendaOp[] = ['PUBLISH', 'RELEASE', 'EXPIRE'];

/**
 * What will happen to an article that is like this from `at` on. An embargo or rights that end before the article
 * is published end unnoticed.
 */
export function agendaOf({ id, status, publishedAt, embargoUntil, expiresAt }: Dated, at: Instant) {
  const agenda: Appointment[] = [];
  if (publishedAt === null || (status !== 'PUBLISHED' && status !== 'SCHEDULED')) return agenda;
  if (status === 'SCHEDULED') agenda.push({ articleId: id, op: 'PUBLISH', dueAt: publishedAt });
  for (const [op, dueAt] of [
    ['RELEASE', embargoUntil],
    ['EXPIRE', expiresAt],
  ] as const) {
    if (dueAt !== null && dueAt > at && dueAt > publishedAt) agenda.push({ articleId: id, op, dueAt });
  }
  return agenda;
}

/** Notes what will happen to articles that are new. */
export async function noteAgenda(tx: Tx, at: Instant, articles: readonly Dated[]): Promise<void> {
  await tx.insertMany(
    tx.tables.articleAgenda,
    articles.flatMap((article) => agendaOf(article, at)),
  );
}

/** Whether a change of an article may change its agenda. */
export function isRedated(before: Dated, after: Dated): boolean {
  return (['status', 'publishedAt', 'embargoUntil', 'expiresAt'] as const).some(
    (column) => before[column] !== after[column],
  );
}

/** Notes what will happen to articles that are dated otherwise now; what was due before `at` is settled. */
export async function noteAgendaAnew(tx: Tx, at: Instant, articles: readonly Dated[]): Promise<void> {
  if (articles.length === 0) return;
  const ids = articles.map(({ id }) => id);
  await tx.execute(
    sql`delete from article_agenda where ${tx.portable.among(tx.tables.articleAgenda.articleId, 'ids')}`,
    { ids },
  );
  await noteAgenda(tx, at, articles);
}

/**
 * Tells the change log what has come due for these articles, each once: whoever takes a row off the agenda tells of
 * it. Their revisions stay, for they say what they said before.
 * @param held by this transaction
 */
export async function settleAgenda(
  tx: Tx,
  at: Instant,
  held: ReadonlyMap<number, CurrentArticle>,
): Promise<Settled> {
  const due = await takeDue(tx, at, [...held.keys()]);
  recordChanges(
    tx,
    SCHEDULER,
    at,
    due.map(({ articleId, op, dueAt }) => ({
      ...{ entity: 'ARTICLE', entityId: articleId, op },
      revision: held.get(articleId)?.revision ?? 0,
      payload: { due: new Date(dueAt).toISOString() },
    })),
  );
  const settled = new Map(held);
  for (const id of await publish(tx, due)) {
    const article = held.get(id);
    if (article) settled.set(id, { ...article, status: 'PUBLISHED' });
  }
  return { articles: settled, told: due };
}

/** Takes what is due off the agenda, in the order in which it came due. */
async function takeDue(tx: Tx, at: Instant, ids: readonly number[]): Promise<Appointment[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<Appointment>(
    sql`delete from article_agenda where ${tx.portable.among(tx.tables.articleAgenda.articleId, 'ids')} and due_at <= ${at} returning article_id as "articleId", op, due_at as "dueAt"`,
    { ids },
  );
  return rows.sort(
    (a, b) => a.dueAt - b.dueAt || a.articleId - b.articleId || ORDER.indexOf(a.op) - ORDER.indexOf(b.op),
  );
}

/** Writes down of what was scheduled that it is published. Returns the keys. */
async function publish(tx: Tx, due: readonly Appointment[]): Promise<number[]> {
  const ids = due.flatMap(({ op, articleId }) => (op === 'PUBLISH' ? [articleId] : []));
  if (ids.length === 0) return [];
  await tx.execute(
    sql`update articles set status = 'PUBLISHED' where ${tx.portable.among(tx.tables.articles.id, 'ids')} and status = 'SCHEDULED'`,
    { ids },
  );
  return ids;
}

/** When the next date comes, or has come; no row where there is none. */
export const nextDate = prepared<Record<string, never>, { dueAt: Tx['tables']['articleAgenda']['dueAt'] }>(
  ({ tables: { articleAgenda: a } }) => ({
    select: { dueAt: a.dueAt },
    from: sql`${a} order by ${a.dueAt}, ${a.articleId} limit 1`,
  }),
);

/** Articles for which something has come due, those for which it was first before the others. */
export const articlesDue = prepared<
  { at: Instant; limit: number },
  { articleId: Tx['tables']['articleAgenda']['articleId'] }
>(({ tables: { articleAgenda: a } }) => ({
  select: { articleId: a.articleId },
  from: sql`${a} where ${a.dueAt} <= ${sql.placeholder('at')} order by ${a.dueAt}, ${a.articleId} limit ${sql.placeholder('limit')}`,
}));
