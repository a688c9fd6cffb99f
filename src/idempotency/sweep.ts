import { sql } from 'drizzle-orm';
import { every, type Job } from '../jobs';

const HOUR = 3_600_000;
/** Keys that one transaction forgets: others who write wait no longer than for that. */
const BATCH = 500;

/** Forgets the keys whose time is over. */
export function idempotencySweep(): Job {
  return {
    name: 'idempotency-sweep',
    due: every(HOUR),
    run: async ({ now, signal, write }) => {
      let forgotten = BATCH;
      while (forgotten === BATCH && !signal.aborted) {
        const rows = await write((tx) =>
          tx.rows(
            sql`delete from idempotency_keys where hash in (select hash from idempotency_keys where expires_at <= ${now} order by expires_at limit ${BATCH}) returning hash`,
          ),
        );
        forgotten = rows.length;
      }
    },
  };
}
