import { type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock';
import { prepared, type Reader, type StoredPosition, type Tables, type Tx } from '../../database';
import type { FeedPosition } from '../partners/position';
import type { WebhookRow } from './webhook';

function columns({ webhooks: w }: Tables) {
  return {
    id: w.id,
    keyId: w.keyId,
    url: w.url,
    secret: w.secret,
    formerSecret: w.formerSecret,
    formerUntil: w.formerUntil,
    status: w.status,
    reason: w.reason,
    position: w.position,
    moves: w.moves,
    failures: w.failures,
    notBefore: w.notBefore,
    createdAt: w.createdAt,
  };
}

type Stored = Omit<WebhookRow, 'position'> & { readonly position: StoredPosition };

/** What is not there of a position, of an older version, is none. */
function restored({ position, ...row }: Stored): WebhookRow {
  return { ...row, position: { hostedUntil: row.createdAt, sweep: null, ...position } };
}

const byId = prepared<{ ids: readonly number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.webhooks} where ${portable.among(tables.webhooks.id, 'ids')}`,
}));

const inOrder = prepared<{ limit: number }, ReturnType<typeof columns>>(({ tables }) => ({
  select: columns(tables),
  from: sql`${tables.webhooks} order by ${tables.webhooks.id} limit ${sql.placeholder('limit')}`,
}));

const byKey = prepared<{ keys: readonly number[] }, ReturnType<typeof columns>>(({ tables, portable }) => ({
  select: columns(tables),
  from: sql`${tables.webhooks} where ${portable.among(tables.webhooks.keyId, 'keys')} order by ${tables.webhooks.id}`,
}));

export async function webhooksById(reader: Reader, ids: readonly number[]): Promise<WebhookRow[]> {
  return (await byId(reader, { ids })).map(restored);
}

/** Of all partners; the first one first. */
export async function allWebhooks(reader: Reader, limit: number): Promise<WebhookRow[]> {
  return (await inOrder(reader, { limit })).map(restored);
}

export async function webhooksOfKey(reader: Reader, key: number): Promise<WebhookRow[]> {
  return (await byKey(reader, { keys: [key] })).map(restored);
}

export async function insertWebhook(
  tx: Tx,
  row: Pick<WebhookRow, 'keyId' | 'url' | 'secret' | 'position' | 'createdAt'>,
): Promise<number> {
  const { webhooks } = tx.tables;
  const [made] = await tx
    .insert(webhooks)
    .values({ ...row, status: 'ACTIVE', seq: row.position.seq })
    .returning({ id: webhooks.id });
  if (!made) throw new Error('An insert returns its row');
  return made.id;
}

export async function changeWebhook(
  tx: Tx,
  id: number,
  change: Partial<Omit<WebhookRow, 'id' | 'keyId' | 'createdAt' | 'position' | 'moves'>>,
): Promise<void> {
  const { webhooks: w } = tx.tables;
  await tx.update(w).set(change).where(sql`${w.id} = ${id}`);
}

/** Sets from where the change log is read on. */
export async function moveWebhook(tx: Tx, id: number, position: FeedPosition): Promise<void> {
  await move(tx, position, sql`${tx.tables.webhooks.id} = ${id}`);
}

/** The same for who has read on: false, and nothing is done, where somebody has moved or stopped it meanwhile. */
export async function advanceWebhook(
  tx: Tx,
  { id, moves }: Pick<WebhookRow, 'id' | 'moves'>,
  position: FeedPosition,
): Promise<boolean> {
  const { webhooks: w } = tx.tables;
  return move(tx, position, sql`${w.id} = ${id} and ${w.moves} = ${moves} and ${w.status} = 'ACTIVE'`);
}

async function move(tx: Tx, position: FeedPosition, which: SQL): Promise<boolean> {
  const { webhooks: w } = tx.tables;
  const change = { position, seq: position.seq, moves: sql`${w.moves} + 1` };
  return (await tx.update(w).set(change).where(which).returning({ id: w.id })).length > 0;
}

export async function deleteWebhook(tx: Tx, id: number): Promise<void> {
  await tx.execute(sql`delete from webhooks where id = ${id}`);
}

/** Up to where the change log is read for each webhook at work. */
export const webhooksAtWork = prepared<
  Record<never, never>,
  { id: Tables['webhooks']['id']; seq: Tables['webhooks']['seq'] }
>(({ tables: { webhooks: w } }) => ({
  select: { id: w.id, seq: w.seq },
  from: sql`${w} where ${w.status} = 'ACTIVE' order by ${w.id}`,
}));

/** The first entry of the log that there is after a number; null where there is none. */
export async function oldestEntry(
  reader: Reader,
  after: number,
): Promise<{ readonly seq: number; readonly at: Instant } | null> {
  const [row] = await reader.rows<{ seq: number; at: Instant }>(
    sql`select seq, at from changes where seq > ${after} order by seq limit 1`,
  );
  return row ? { seq: Number(row.seq), at: Number(row.at) } : null;
}

/** One more attempt has failed; nothing is sent before `notBefore`. */
export async function countFailure(tx: Tx, id: number, notBefore: Instant): Promise<void> {
  const { webhooks: w } = tx.tables;
  await tx
    .update(w)
    .set({ failures: sql`${w.failures} + 1`, ...(notBefore > 0 ? { notBefore } : {}) })
    .where(sql`${w.id} = ${id}`);
}
