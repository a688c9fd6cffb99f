/** What `inTime` says of an answer that does not come. */
export const LATE = Symbol('late');

/**
 * The answer, or LATE when it takes longer than `timeout` milliseconds; whoever asks for it sees to it that its work stops. Fastify's
 * handlerTimeout is no help: it stands down once the body of a POST is read.
 */
export function inTime<T>(answer: Promise<T>, timeout: number): Promise<T | typeof LATE> {
  let deadlines = byTimeout.get(timeout);
  if (deadlines === undefined) {
    deadlines = new Deadlines(timeout);
    byTimeout.set(timeout, deadlines);
  }
  return deadlines.hold(answer);
}

interface Waiting {
  /** By `performance.now()`. */
  readonly until: number;
  /** Null once it is over, so that nothing of the answer is held on to. */
  giveUp: ((late: typeof LATE) => void) | null;
}

/** Answers after which those that are over are swept out: to take each out as it ends costs more. */
const SWEEP = 64;

/** One timer for all answers that have the same time: one for each would cost more than many an answer takes to wait for. */
class Deadlines {
  /** In the order in which they began, which is that in which their time ends. */
  private waiting: Waiting[] = [];
  private sweepAt = SWEEP;
  private isTimed = false;

  constructor(private readonly timeout: number) {}

  hold<T>(answer: Promise<T>): Promise<T | typeof LATE> {
    return new Promise((resolve, reject) => {
      const one: Waiting = { until: performance.now() + this.timeout, giveUp: resolve };
      if (this.waiting.length >= this.sweepAt) this.sweep();
      this.waiting.push(one);
      answer.then(
        (value) => {
          one.giveUp = null;
          resolve(value);
        },
        (error: unknown) => {
          one.giveUp = null;
          reject(error);
        },
      );
      if (!this.isTimed) this.lookIn(this.timeout);
    });
  }

  /** The timer is left to run where nothing waits any more: it is found out then, and keeps no process alive. */
  private lookIn(milliseconds: number): void {
    this.isTimed = true;
    setTimeout(() => this.look(), milliseconds).unref();
  }

  private look(): void {
    this.isTimed = false;
    this.sweep();
    const now = performance.now();
    // Timers may come a fraction of a millisecond early.
    const due = this.waiting.filter(({ until }) => until <= now);
    this.waiting = this.waiting.slice(due.length);
    for (const { giveUp } of due) giveUp?.(LATE);
    const [next] = this.waiting;
    if (next) this.lookIn(Math.ceil(next.until - now));
  }

  private sweep(): void {
    this.waiting = this.waiting.filter(({ giveUp }) => giveUp !== null);
    this.sweepAt = Math.max(SWEEP, this.waiting.length * 2);
  }
}

/** The settings know few: as many as there are servers in the process. */
const byTimeout = new Map<number, Deadlines>();
