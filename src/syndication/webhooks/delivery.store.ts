import { type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock';
import { type Page, type Slice, toSlice } from '../../core/paging';
import {
  type DeliveryState,
  prepared,
  preparedByShape,
  type Reader,
  type Tables,
  type Tx,
} from '../../database';
import type { Told } from '../partners/partner-log';
import type { DeliveryRow } from './webhook';

function columns({ webhookDeliveries: d }: Tables) {
  return {
    id: d.id,
    webhookId: d.webhookId,
    sequence: d.sequence,
    articleId: d.articleId,
    revision: d.revision,
    op: d.op,
    action: d.action,
    at: d.at,
    note: d.note,
    state: d.state,
    attempts: d.attempts,
    nextAt: d.nextAt,
    lastStatus: d.lastStatus,
    lastError: d.lastError,
    createdAt: d.createdAt,
    finishedAt: d.finishedAt,
  };
}

export async function insertDeliveries(
  tx: Tx,
  webhookId: number,
  told: readonly Told[],
  now: Instant,
): Promise<void> {
  await tx.insertMany(
    tx.tables.webhookDeliveries,
    told.map(({ articleId, revision, op, action, at, note, position }) => ({
      ...{ webhookId, sequence: position.seq, articleId, revision, op, action, at, note },
      ...{ state: 'PENDING' as const, nextAt: now, createdAt: now },
    })),
  );
}

/** How many wait, up to `limit`. */
export async function countPending(reader: Reader, webhookId: number, limit: number): Promise<number> {
  const [row] = await reader.rows<{ count: number }>(
    sql`select count(*) as count from (select 1 from webhook_deliveries where webhook_id = ${webhookId} and state = 'PENDING' limit ${limit}) as waiting`,
  );
  return Number(row?.count ?? 0);
}

/** Webhooks at work for which something is due and free. */
export const dueWebhooks = prepared<{ now: Instant }, Pick<Tables['webhooks'], 'id' | 'failures'>>(
  ({ tables: { webhooks: w } }) => ({
    select: { id: w.id, failures: w.failures },
    from: sql`${w} where ${w.status} = 'ACTIVE' and ${w.notBefore} <= ${sql.placeholder('now')} and exists (select 1 from webhook_deliveries as d where d.webhook_id = ${w.id} and d.state = 'PENDING' and d.next_at <= ${sql.placeholder('now')} and d.leased_until <= ${sql.placeholder('now')})`,
  }),
);

/** What is due first to each of the webhooks, at most `limit` each. */
const firstDue = prepared<{ webhooks: readonly number[]; now: Instant; limit: number }, { id: SQL<number> }>(
  ({ tables, portable }) => {
    const inside = sql`webhook_deliveries as x where x.webhook_id = w.value and x.state = 'PENDING' and x.next_at <= ${sql.placeholder('now')} and x.leased_until <= ${sql.placeholder('now')} order by x.next_at, x.id limit ${sql.placeholder('limit')}`;
    const table = sql`${tables.webhookDeliveries}`;
    return {
      select: { id: sql<number>`d.id` },
      from: sql`${portable.each('webhooks', 'w', 'int')} ${portable.joinTop(table, 'd', 'x', inside)}`,
    };
  },
);

/**
 * Takes what is due and free for a while, so that no other process sends it meanwhile.
 * @param until from then on it is free again, unless it is done with
 * @param limit at most so many to each webhook
 */
export async function takeDue(
  tx: Tx,
  webhooks: readonly number[],
  { now, until, limit }: { readonly now: Instant; readonly until: Instant; readonly limit: number },
): Promise<DeliveryRow[]> {
  const { webhookDeliveries: d } = tx.tables;
  const ids = (await firstDue(tx, { webhooks, now, limit })).map(({ id }) => id);
  if (ids.length === 0) return [];
  return tx
    .update(d)
    .set({ leasedUntil: until, attempts: sql`${d.attempts} + 1` })
    .where(sql`${d.state} = 'PENDING' and ${d.leasedUntil} <= ${now} and ${d.id} in ${ids}`)
    .returning(columns(tx.tables));
}

/** What came of an attempt: done with, or to be tried again. Nothing where somebody else has decided meanwhile. */
export async function noteAttempt(
  tx: Tx,
  id: number,
  outcome: {
    readonly state: DeliveryState;
    readonly nextAt?: Instant;
    readonly lastStatus: number | null;
    readonly lastError: string | null;
    readonly finishedAt: Instant | null;
  },
): Promise<void> {
  const { webhookDeliveries: d } = tx.tables;
  await tx
    .update(d)
    .set({ ...outcome, leasedUntil: 0 })
    .where(sql`${d.id} = ${id} and ${d.state} = 'PENDING'`);
}

/** Before the log is read again from there, so that nothing is told twice. */
export async function forgetPending(tx: Tx, webhookId: number, from: number): Promise<void> {
  await tx.execute(
    sql`delete from webhook_deliveries where webhook_id = ${webhookId} and state = 'PENDING' and sequence >= ${from}`,
  );
}

/** Deletes what was done with before, at most `limit`. Returns how many. */
export async function deleteFinished(tx: Tx, before: Instant, limit: number): Promise<number> {
  const gone = await tx.rows<{ id: number }>(
    sql`delete from webhook_deliveries where id in (select id from webhook_deliveries where finished_at < ${before} order by finished_at limit ${limit}) returning id`,
  );
  return gone.length;
}

const pages = preparedByShape<ReturnType<typeof columns>>();

/** What a webhook was told, the latest first. */
export async function deliveriesOf(
  reader: Reader,
  webhookId: number,
  state: DeliveryState | null,
  page: Page,
): Promise<Slice<DeliveryRow>> {
  const { direction, from, size } = page;
  const isForward = direction === 'FORWARD';
  const read = pages(`${direction} ${from !== null} ${state !== null}`, ({ tables }) => {
    const { webhookDeliveries: d } = tables;
    const beyond = isForward ? sql`<` : sql`>`;
    const after = from === null ? sql`` : sql`and ${d.id} ${beyond} ${sql.placeholder('from')}`;
    const only = state === null ? sql`` : sql`and ${d.state} = ${sql.placeholder('state')}`;
    return {
      select: columns(tables),
      from: sql`${d} where ${d.webhookId} = ${sql.placeholder('webhook')} ${only} ${after} order by ${d.id} ${isForward ? sql`desc` : sql`asc`} limit ${sql.placeholder('limit')}`,
    };
  });
  const rows = await read(reader, {
    ...{ webhook: webhookId, limit: size + 1 },
    ...(from === null ? {} : { from: from.key }),
    ...(state === null ? {} : { state }),
  });
  return toSlice(rows, page);
}

export async function countDeliveries(
  reader: Reader,
  webhookId: number,
  state: DeliveryState | null,
): Promise<number> {
  const only = state === null ? sql`` : sql`and state = ${state}`;
  const [row] = await reader.rows<{ count: number }>(
    sql`select count(*) as count from webhook_deliveries where webhook_id = ${webhookId} ${only}`,
  );
  return Number(row?.count ?? 0);
}
