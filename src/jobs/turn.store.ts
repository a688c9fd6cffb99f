import { sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import { prepared, type RowOf, type Tables, type Tx } from '../database';
import { TurnLost } from './job';

const columns = ({ jobs: j }: Tables) => ({
  name: j.name,
  turn: j.turn,
  holder: j.holder,
  heldUntil: j.heldUntil,
  lastRun: j.lastRun,
  failures: j.failures,
  retryAt: j.retryAt,
});

export type JobState = RowOf<ReturnType<typeof columns>>;

/** What there is to know of jobs; nothing of those that were never taken. */
export const jobStates = prepared<{ names: readonly string[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.jobs} where ${portable.among(tables.jobs.name, 'names')}`,
  }),
);

/** A turn that was taken: whose it is, and the number that no other turn of the job has. */
export interface HeldTurn {
  readonly job: string;
  readonly holder: string;
  readonly turn: number;
}

/** What becomes of a job at the end of a turn; without either it is as if the turn had not been. */
export type Outcome =
  | { readonly done: Instant }
  | { readonly failures: number; readonly retryAt: Instant }
  | null;

/**
 * Whether somebody is at it. A time that is too far off is nobody's: the clock was set back since, and nobody
 * should wait for it.
 * @param lease milliseconds that a turn is held without a word
 */
export function isHeld(
  { holder, heldUntil }: Pick<JobState, 'holder' | 'heldUntil'>,
  now: Instant,
  lease: number,
): boolean {
  return holder !== null && heldUntil !== null && heldUntil > now && heldUntil <= now + 2 * lease;
}

/** Takes the next turn of a job that is as `seen` says, undefined where it never was; null where another was faster. */
export async function takeTurn(
  tx: Tx,
  job: string,
  seen: JobState | undefined,
  { holder, until }: { holder: string; until: Instant },
): Promise<HeldTurn | null> {
  const [taken] = await tx.rows<{ turn: number }>(
    sql`insert into jobs (name, turn, holder, held_until) values (${job}, 1, ${holder}, ${until})
        on conflict (name) do update set turn = jobs.turn + 1, holder = excluded.holder, held_until = excluded.held_until
        where jobs.turn = ${seen?.turn ?? 0} and jobs.held_until is not distinct from ${seen?.heldUntil ?? null}
        returning turn`,
  );
  return taken ? { job, holder, turn: taken.turn } : null;
}

/** Says that the holder is there. @throws TurnLost when another process has the job */
export async function keepTurn(tx: Tx, { job, holder, turn }: HeldTurn, until: Instant): Promise<void> {
  const { jobs: j } = tx.tables;
  const kept = await tx
    .update(j)
    .set({ heldUntil: until })
    .where(sql`${j.name} = ${job} and ${j.holder} = ${holder} and ${j.turn} = ${turn}`)
    .returning({ turn: j.turn });
  if (kept.length === 0) throw new TurnLost(job);
}

/** Gives the turn back; where another process has the job nothing happens. */
export async function endTurn(tx: Tx, { job, holder, turn }: HeldTurn, outcome: Outcome): Promise<void> {
  const { jobs: j } = tx.tables;
  const result =
    outcome !== null && 'done' in outcome
      ? { lastRun: outcome.done, failures: 0, retryAt: null }
      : (outcome ?? {});
  await tx
    .update(j)
    .set({ holder: null, heldUntil: null, ...result })
    .where(sql`${j.name} = ${job} and ${j.holder} = ${holder} and ${j.turn} = ${turn}`);
}
