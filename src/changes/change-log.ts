import { sql } from 'drizzle-orm';
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { ChangeEntity, ChangeOp, Found, Tx } from '../database';
import { indexChanges } from '../indexing';

/** One thing that happened to one entity. */
export interface Change {
  readonly entity: ChangeEntity;
  readonly entityId: number;
  readonly op: ChangeOp;
  /** The entity's revision after the change; 0 for an entity that has none. */
  readonly revision: number;
  /** What a reader of the log cannot find out later, e.g. where a moved thing was before. Nothing private. */
  readonly payload?: Readonly<Record<string, unknown>>;
  /** That it was stored in this transaction. Not for the log, which has other words for it. */
  readonly isNew?: true;
}

/** The entries of what was inserted, out of what was found or inserted; each once. */
export function creations(entity: ChangeEntity, found: readonly Found[]): Change[] {
  const made = new Set(found.flatMap(({ id, isNew }) => (isNew ? [id] : [])));
  return [...made].map((entityId) => ({ entity, entityId, op: 'CREATE', revision: 1 }));
}

interface Entry extends Omit<Change, 'payload' | 'isNew'> {
  readonly at: Instant;
  readonly actor: string;
  readonly payload: Record<string, unknown> | null;
}

/** An entry that waits for its number. */
interface PendingEntry extends Entry {
  readonly isNew: boolean;
}

/** An entry as it was made in another database. */
export interface LoggedChange extends Entry {
  readonly seq: number;
}

const pending = new WeakMap<Tx, PendingEntry[]>();
const takenOver = new WeakSet<Tx>();

/**
 * Appends to the change log, in the transaction of the changes themselves. The numbers are taken as the last
 * step before the commit: from one row that every writer locks, so that they rise in the order of commits on
 * both engines and a reader that has seen number n will never be surprised by a lower one. A plain sequence
 * gives numbers in the order of writing, and a slow transaction's would appear behind the reader's back.
 */
export function recordChanges(tx: Tx, actor: Actor, at: Instant, changes: readonly Change[]): void {
  if (changes.length === 0 || takenOver.has(tx)) return;
  const earlier = pending.get(tx);
  const entries = earlier ?? [];
  for (const { entity, entityId, op, revision, payload = null, isNew = false } of changes) {
    entries.push({ entity, entityId, op, revision, payload, isNew, at, actor: actor.name });
  }
  if (earlier) return;
  pending.set(tx, entries);
  tx.beforeCommit(index);
  tx.beforeCommit(append);
  tx.announce();
}

/** Before the numbers are taken, for it is more work. */
async function index(tx: Tx): Promise<void> {
  await indexChanges(tx, pending.get(tx) ?? []);
}

async function append(tx: Tx): Promise<void> {
  const entries = pending.get(tx) ?? [];
  const count = entries.length;
  const [head] = await tx.rows<{ seq: number }>(
    sql`insert into feed_head (id, seq) values (1, ${count}) on conflict (id) do update set seq = feed_head.seq + ${count} returning seq`,
  );
  if (!head) throw new Error('The head of the change log is gone');
  const first = head.seq - count + 1;
  await tx.insertMany(
    tx.tables.changes,
    // Written out, here and above: an import makes six entries an article, and a spread takes some ten times as long.
    entries.map(({ at, entity, entityId, op, revision, actor, payload }, index) => {
      const seq = first + index;
      return { seq, at, entity, entityId, op, revision, actor, payload };
    }),
  );
}

/**
 * For a transaction that brings a whole newsroom together with its log: nothing that it stores is appended, for
 * all of it is in the log that comes along (`restoreChanges`), and what happens next has the number after `last`.
 * Until it commits, everybody else who changes something waits for it. False, and nothing is done, where there is
 * or ever was a log.
 */
export async function takeOverLog(tx: Tx, last: number): Promise<boolean> {
  const [head] = await tx.rows<{ seq: number }>(
    sql`insert into feed_head (id, seq) values (1, ${last}) on conflict (id) do nothing returning seq`,
  );
  if (!head) return false;
  takenOver.add(tx);
  tx.announce();
  return true;
}

/** Stores entries of the log that was taken over. */
export async function restoreChanges(tx: Tx, entries: readonly LoggedChange[]): Promise<void> {
  if (!takenOver.has(tx)) throw new Error('Entries with numbers of their own, and no log taken over');
  await tx.insertMany(tx.tables.changes, entries);
}
