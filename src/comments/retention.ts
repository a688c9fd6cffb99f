import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import { type Tx, toJson } from '../database';
import { every, type Job, type Turn } from '../jobs';
import type { CommentSettings } from './comment.settings';
import { sweepBans } from './commenter.marks';
import { sweepRates } from './rates';

const HOUR = 3_600_000;
/** Rows that one transaction changes: others who write wait no longer than for that. */
const BATCH = 500;

/**
 * Takes away addresses, network addresses, what reporters said and which guests they were once they are old, and bans
 * that are over. The keyed hash of an address stays, so that a person can still be found, to be told what is kept of them or to be forgotten.
 */
export function commentRetention({ privateRetention }: Pick<CommentSettings, 'privateRetention'>): Job {
  return {
    name: 'comment-retention',
    due: every(HOUR),
    run: async (turn) => {
      await inBatches(turn, (tx) => sweepRates(tx, turn.now, BATCH));
      await inBatches(turn, (tx) => sweepBans(tx, turn.now, BATCH));
      if (privateRetention === null) return;
      const before = turn.now - privateRetention;
      await inBatches(turn, (tx) => purgeAddresses(tx, before));
      await inBatches(turn, (tx) => purgeReports(tx, before));
    },
  };
}

/** Until a batch is not full: `work` returns how many rows it has changed. */
async function inBatches({ signal, write }: Turn, work: (tx: Tx) => Promise<number>): Promise<void> {
  while (!signal.aborted && (await write(work)) === BATCH);
}

async function purgeAddresses(tx: Tx, before: Instant): Promise<number> {
  const purged = await tx.rows(
    sql`update comment_private set email_sealed = null, ip_hash = null where comment_id in (
          select comment_id from comment_private
          where (email_sealed is not null or ip_hash is not null) and written_at < ${before} order by written_at limit ${BATCH})
        returning comment_id`,
  );
  return purged.length;
}

/** Guests who have reported become nobody, each another one; accounts stay. */
async function purgeReports(tx: Tx, before: Instant): Promise<number> {
  const old = await tx.rows<{ id: number; reporter: string }>(
    sql`select comment_id as id, reporter from comment_reports
        where (details is not null or reporter not like '%:%') and at < ${before} order by at limit ${BATCH}`,
  );
  if (old.length === 0) return 0;
  const purged = old.map(({ id, reporter }) => ({
    ...{ id, reporter, becomes: reporter.includes(':') ? reporter : `guest:${randomUUID()}` },
  }));
  await tx.execute(
    sql`update comment_reports set details = null, reporter = r.becomes from ${tx.portable.rows('rows', 'r', { id: 'int', reporter: 'text', becomes: 'text' })}
        where comment_reports.comment_id = r.id and comment_reports.reporter = r.reporter`,
    { rows: toJson(purged) },
  );
  return old.length;
}
