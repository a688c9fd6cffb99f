import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import type { Tx } from '../database';
import { every, type Job, type Turn } from '../jobs';

/** How long the change log keeps what, in milliseconds. */
export interface Retention {
  /** Of an entry its payload. */
  readonly details: number;
  /** The entries themselves, who did what when; null for ever. */
  readonly entries: number | null;
}

const HOUR = 3_600_000;
/** Entries that one transaction changes: others who write wait no longer than for that. */
const BATCH = 500;

/** Takes out of the change log what is older than it has to be. */
export function changeRetention({ details, entries }: Retention): Job {
  return {
    name: 'change-retention',
    due: every(HOUR),
    run: async (turn) => {
      await inBatches(turn, (tx) => dropDetails(tx, turn.now - details));
      if (entries !== null) await inBatches(turn, (tx) => dropEntries(tx, turn.now - entries));
    },
  };
}

/** Until a batch is not full: `work` returns how many entries it has changed. */
async function inBatches({ signal, write }: Turn, work: (tx: Tx) => Promise<number>): Promise<void> {
  while (!signal.aborted && (await write(work)) === BATCH);
}

async function dropDetails(tx: Tx, before: Instant): Promise<number> {
  const dropped = await tx.rows(
    sql`update changes set payload = null where seq in (select seq from changes where payload is not null and at < ${before} order by at limit ${BATCH}) returning seq`,
  );
  return dropped.length;
}

/**
 * From the first entry on, as long as they are old: the log has no gaps, so that a reader sees what it has missed.
 * An entry that a clock which was ahead has dated too late holds up those after it for as long.
 */
async function dropEntries(tx: Tx, before: Instant): Promise<number> {
  const { changes: c } = tx.tables;
  const oldest = await tx.select({ seq: c.seq, at: c.at }).from(c).orderBy(c.seq).limit(BATCH);
  const young = oldest.findIndex(({ at }) => at >= before);
  const old = young === -1 ? oldest : oldest.slice(0, young);
  const last = old.at(-1);
  if (last) await tx.delete(c).where(sql`${c.seq} <= ${last.seq}`);
  return old.length;
}
