import type { Instant } from '../core/clock';
import type { Tx } from '../database';

/** Work that is done from time to time, by one process at a time however many there are. */
export interface Job {
  /** The same in every process and every version: its turns are kept under it. */
  readonly name: string;
  /**
   * When there is something to do next: `now` or earlier is at once, null is not before something happens. It
   * is asked every second, so it has to be a cheap read. `last` is when the last run began that ended well;
   * null before the first.
   */
  due(last: Instant | null, now: Instant): Promise<Instant | null>;
  /**
   * Does what is due, in pieces that are harmless to do again: a process may be gone after any of them. When
   * it throws it is tried again later.
   */
  run(turn: Turn): Promise<void>;
}

/** The right to do a job, for as long as it is held. */
export interface Turn {
  /** When it began. */
  readonly now: Instant;
  /** Aborted when the process is about to stop, and when another one has taken the job over. */
  readonly signal: AbortSignal;
  /**
   * `database.write`, which succeeds only while the turn is held: what another process has taken over cannot be
   * done by two. @throws TurnLost; nothing was written then
   */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** Another process took the job over, because this one did not say in time that it is there. */
export class TurnLost extends Error {
  override readonly name = 'TurnLost';

  constructor(readonly job: string) {
    super(`Another process has taken over the job ${job}`);
  }
}

/** `due` of a job that is done every so many milliseconds. */
export function every(period: number): Job['due'] {
  return async (last, now) => {
    // A clock that was set back must not put the job off until it has caught up.
    if (last === null || last > now + period) return now;
    return last + period;
  };
}
