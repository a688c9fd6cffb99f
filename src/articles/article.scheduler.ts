import type { Instant } from '../core/clock';
import type { Log } from '../core/log';
import type { AgendaOp, Database, Tx } from '../database';
import type { Job } from '../jobs';
import { type Appointment, articlesDue, nextDate, settleAgenda } from './article.agenda';
import { holdArticles } from './revisions/current';

/** Dates that one transaction looks at: others who write wait no longer than for that. */
const BATCH = 200;
/** Milliseconds from which on the log calls it late: then nobody was there when the date came. */
const LATE = 60_000;

export interface SchedulerParts {
  readonly database: Database;
  readonly log: Log;
}

/** Tells the change log of every date of an article that has come, also while no process was running. */
export function articleScheduler({ database, log }: SchedulerParts): Job {
  return {
    name: 'article-scheduler',
    due: async () => (await nextDate(database, {}))[0]?.dueAt ?? null,
    run: async ({ now, signal, write }) => {
      const tally = new Tally();
      let looked = BATCH;
      while (looked === BATCH && !signal.aborted) {
        const batch = await write((tx) => settleDue(tx, now));
        looked = batch.looked;
        tally.add(batch.told, now);
      }
      tally.tell(log);
    },
  };
}

/** What the earliest of the dates that have come make of their articles. Two that do it at once tell each once. */
async function settleDue(tx: Tx, now: Instant): Promise<{ looked: number; told: readonly Appointment[] }> {
  const due = await articlesDue(tx, { at: now, limit: BATCH });
  const ids = [...new Set(due.map(({ articleId }) => articleId))];
  const { told } = await settleAgenda(tx, now, await holdArticles(tx, ids));
  return { looked: due.length, told };
}

/** What one run has told. */
class Tally {
  private readonly counts: Record<AgendaOp, number> = { PUBLISH: 0, RELEASE: 0, EXPIRE: 0 };
  private late = 0;

  add(told: readonly Appointment[], now: Instant): void {
    for (const { op, dueAt } of told) {
      this.counts[op] += 1;
      this.late = Math.max(this.late, now - dueAt);
    }
  }

  tell(log: Log): void {
    const { PUBLISH: published, RELEASE: released, EXPIRE: expired } = this.counts;
    if (published + released + expired === 0) return;
    const facts = { published, released, expired, lateSeconds: Math.round(this.late / 1_000) };
    if (this.late < LATE) log.info(facts, 'Dates of articles have come');
    else log.warn(facts, 'Dates of articles have come while nobody was there: caught up');
  }
}
