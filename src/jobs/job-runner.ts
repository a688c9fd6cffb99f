import { randomUUID } from 'node:crypto';
import type { Clock, Instant } from '../core/clock';
import { faultReport } from '../core/faults';
import type { Log } from '../core/log';
import { Rest } from '../core/rest';
import type { Database } from '../database';
import { type Job, type Turn, TurnLost } from './job';
import { endTurn, type HeldTurn, isHeld, type JobState, jobStates, keepTurn, takeTurn } from './turn.store';

/** Milliseconds after which all jobs are looked at again. */
const LOOK = 1_000;
/** Milliseconds between two runs of a job that always has something to do. */
const REST = 100;
/** Milliseconds after which a process that does not say that it is there has lost its turn. */
const LEASE = 30_000;
/** Milliseconds after which a job is late, and the log says so. */
const LATE = 60_000;
/** Milliseconds before a job that has failed once, and at most, is tried again. */
const RETRY = 1_000;
const LONGEST_RETRY = 300_000;

/** A job that should have been done long ago, and by no process is. */
export interface OverdueJob {
  readonly job: string;
  /** Since it was due. */
  readonly seconds: number;
}

export interface JobRunnerParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly jobs: readonly Job[];
  /** Milliseconds; by default one second. */
  readonly look?: number;
  /** Milliseconds; by default half a minute. */
  readonly lease?: number;
}

/**
 * Does jobs when they are due, each in one process at a time. Whose turn it is stands in the database: a process
 * takes the turn, says every few seconds that it is still there, and gives it back. One that was killed is given
 * up after the lease, and its work is done again from where its last transaction left it.
 */
export class JobRunner {
  private readonly holder = randomUUID();
  private readonly running = new Map<string, Promise<void>>();
  private readonly stopping = new AbortController();
  private watching: Promise<void> = Promise.resolve();
  private readonly rest = new Rest();
  private complainedAt: Instant;
  private readonly look: number;
  private readonly lease: number;

  constructor(private readonly parts: JobRunnerParts) {
    this.look = parts.look ?? LOOK;
    this.lease = parts.lease ?? LEASE;
    this.complainedAt = parts.clock.now();
  }

  start(): void {
    this.watching = this.watch();
  }

  /** Looks at once whether something is due. */
  wake(): void {
    this.rest.cutShort();
  }

  /** Jobs that are a minute late or more, whichever process ought to do them: they have stalled. */
  async overdue(): Promise<OverdueJob[]> {
    const { jobs, database, clock } = this.parts;
    const states = await jobStates(database, { names: jobs.map(({ name }) => name) });
    const now = clock.now();
    const found = await Promise.all(
      jobs.map(async ({ name: job, due }) => {
        const state = states.find(({ name }) => name === job);
        const late = now - ((await due(state?.lastRun ?? null, now)) ?? now);
        return late >= LATE ? [{ job, seconds: Math.round(late / 1_000) }] : [];
      }),
    );
    return found.flat();
  }

  /** Tells the runs of this process to break off, and waits for them. Their turns are free then. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.rest.cutShort();
    await this.watching;
    await Promise.all(this.running.values());
  }

  private async watch(): Promise<void> {
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      let pause = this.look;
      try {
        await this.complain();
        pause = Math.min(pause, await this.lookAtAll());
        failures = 0;
      } catch (error) {
        // Every process says so every second otherwise, as long as the database is away.
        if (failures++ === 0)
          this.parts.log.error({ fault: faultReport(error) }, 'Jobs cannot be looked after');
      }
      await this.rest.take(pause, this.stopping.signal);
    }
  }

  /** Says every minute of what has stalled that it has: a run that hangs would go unnoticed otherwise. */
  private async complain(): Promise<void> {
    const { clock, log } = this.parts;
    if (Math.abs(clock.now() - this.complainedAt) < LATE) return;
    this.complainedAt = clock.now();
    for (const overdue of await this.overdue()) log.error(overdue, 'A job has stalled: nobody gets it done');
  }

  /** Takes what is due and free. Returns the milliseconds until something else will be. */
  private async lookAtAll(): Promise<number> {
    const { jobs, database } = this.parts;
    const idle = jobs.filter(({ name }) => !this.running.has(name));
    if (idle.length === 0) return Infinity;
    const states = await jobStates(database, { names: idle.map(({ name }) => name) });
    const waits = idle.map((job) =>
      this.consider(
        job,
        states.find(({ name }) => name === job.name),
      ),
    );
    // Not before all are through: what fails must not leave another to begin a run when this has been stopped.
    const outcomes = await Promise.allSettled(waits);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    return Math.min(
      ...outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : Infinity)),
    );
  }

  private async consider(job: Job, state: JobState | undefined): Promise<number> {
    const now = this.parts.clock.now();
    if (state && isHeld(state, now, this.lease)) return Infinity;
    const wanted = await job.due(state?.lastRun ?? null, now);
    if (wanted === null) return Infinity;
    const retryAt = Math.min(state?.retryAt ?? 0, now + LONGEST_RETRY);
    if (Math.max(wanted, retryAt) > now) return Math.max(wanted, retryAt) - now;
    const until = now + this.lease;
    const held = await this.parts.database.write((tx) =>
      takeTurn(tx, job.name, state, { holder: this.holder, until }),
    );
    if (held) this.begin(job, held, { now, late: now - wanted, failures: state?.failures ?? 0 });
    return Infinity;
  }

  private begin(job: Job, held: HeldTurn, { now, late, failures }: Begun): void {
    if (late >= LATE) {
      const facts = { job: job.name, lateSeconds: Math.round(late / 1_000) };
      this.parts.log.warn(facts, 'A job is late: nobody did it when it was due. It is done now');
    }
    const run = this.perform(job, held, now, failures).finally(() => {
      this.running.delete(job.name);
      setTimeout(() => this.rest.cutShort(), REST).unref();
    });
    this.running.set(job.name, run);
  }

  private async perform(job: Job, held: HeldTurn, now: Instant, failures: number): Promise<void> {
    const lost = new AbortController();
    const over = new AbortController();
    const { signal } = over;
    const breakOff = () => over.abort();
    for (const each of [lost.signal, this.stopping.signal]) each.addEventListener('abort', breakOff);
    if (this.stopping.signal.aborted) breakOff();
    const renewal = setInterval(() => this.renew(held, lost), this.lease / 3);
    try {
      await job.run(this.turnOf(held, now, signal));
      await this.end(held, signal.aborted ? null : { done: now });
    } catch (error) {
      if (error instanceof TurnLost) lost.abort();
      if (!signal.aborted) await this.fail(held, error, failures + 1);
      else if (!lost.signal.aborted) await this.end(held, null);
    } finally {
      clearInterval(renewal);
      this.stopping.signal.removeEventListener('abort', breakOff);
    }
    if (lost.signal.aborted) this.parts.log.warn({ job: job.name }, 'Another process has taken over a job');
  }

  private turnOf(held: HeldTurn, now: Instant, signal: AbortSignal): Turn {
    const { database, clock } = this.parts;
    return {
      now,
      signal,
      write: (work) =>
        database.write(async (tx) => {
          await keepTurn(tx, held, clock.now() + this.lease);
          return work(tx);
        }),
    };
  }

  private async renew(held: HeldTurn, lost: AbortController): Promise<void> {
    try {
      await this.parts.database.write((tx) => keepTurn(tx, held, this.parts.clock.now() + this.lease));
    } catch (error) {
      // Of anything else the next renewal may know better.
      if (error instanceof TurnLost) lost.abort();
    }
  }

  private async fail(held: HeldTurn, error: unknown, failures: number): Promise<void> {
    const pause = Math.min(RETRY * 2 ** (failures - 1), LONGEST_RETRY);
    const facts = { job: held.job, failures, retrySeconds: pause / 1_000, fault: faultReport(error) };
    this.parts.log.error(facts, 'A job failed');
    await this.end(held, { failures, retryAt: this.parts.clock.now() + pause });
  }

  /** Where the turn cannot be given back it runs out. */
  private async end(held: HeldTurn, outcome: Parameters<typeof endTurn>[2]): Promise<void> {
    try {
      await this.parts.database.write((tx) => endTurn(tx, held, outcome));
    } catch (error) {
      this.parts.log.error({ job: held.job, fault: faultReport(error) }, 'A turn could not be given back');
    }
  }
}

interface Begun {
  readonly now: Instant;
  /** Milliseconds since the work was due. */
  readonly late: number;
  readonly failures: number;
}
