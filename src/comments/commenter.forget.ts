/** How what is known of a person goes: from every table, and for good. */
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { type Tx, toJson } from '../database';
import { liftBan } from './commenter.marks';
import type { Person } from './commenter.store';

/** By what somebody is called from now on: what they did stays one person's, and nobody can tell whose. */
export function nobody(): string {
  return `erased:${randomUUID()}`;
}

/**
 * Takes away by what comments, and their author, could be recognised: private data, the name, what moderators wrote
 * about them, and in the change log who wrote them. Returns the keyed hashes of the networks that they came from.
 */
export async function forgetComments(
  tx: Tx,
  { account }: Person,
  becomes: string,
  comments: readonly number[],
): Promise<string[]> {
  const { changes: h, comments: c, commentEvents: e, commentPrivate: p } = tx.tables;
  const ids = { ids: [...comments] };
  const gone = await tx.rows<{ ip: string | null }>(
    sql`delete from comment_private where ${tx.portable.among(p.commentId, 'ids')} returning ip_hash as ip`,
    ids,
  );
  await tx.execute(sql`update comments set author_name = '' where ${tx.portable.among(c.id, 'ids')}`, ids);
  await tx.execute(
    sql`update comment_events set reason = null where ${tx.portable.among(e.commentId, 'ids')}`,
    ids,
  );
  if (account !== null)
    await tx.execute(
      sql`update changes set actor = ${becomes} where entity = 'COMMENT' and ${tx.portable.among(h.entityId, 'ids')} and actor = ${account}`,
      ids,
    );
  return [...new Set(gone.flatMap(({ ip }) => ip ?? []))];
}

/** What an account has reported. What somebody has done for the newsroom stays in its log. */
export async function forgetAccount(tx: Tx, { account }: Person, becomes: string): Promise<void> {
  if (account === null) return;
  await forgetReporters(tx, new Map([[account, becomes]]));
  await tx.execute(
    sql`update changes set actor = ${becomes} where actor = ${account} and entity = 'COMMENT' and op = 'REPORT'`,
  );
}

/**
 * Networks that a person has written from. Bans of them end: the person stays banned by their address or account, of
 * which only the keyed hash is kept. Others behind a network lose no more than what they had reported.
 */
export async function forgetNetworks(tx: Tx, networks: readonly string[]): Promise<void> {
  if (networks.length === 0) return;
  await liftBan(tx, networks);
  await forgetReporters(tx, new Map(networks.map((network) => [network, nobody()])));
}

/** A comment has one report of each: they stay apart. */
async function forgetReporters(tx: Tx, names: ReadonlyMap<string, string>): Promise<void> {
  await tx.execute(
    sql`update comment_reports set details = null, reporter = r.becomes from ${tx.portable.rows('rows', 'r', { reporter: 'text', becomes: 'text' })}
        where comment_reports.reporter = r.reporter`,
    { rows: toJson([...names].map(([reporter, becomes]) => ({ reporter, becomes }))) },
  );
}
