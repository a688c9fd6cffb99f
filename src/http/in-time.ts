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
  giveUp(): void;
}

/** One timer for all answers that have the same time: one for each would cost more than many an answer takes to wait for. */
class Deadlines {
  /** In the order in which they began, which is that in which they end. */
  private readonly waiting = new Set<Waiting>();
  private isTimed = false;

  constructor(private readonly timeout: number) {}

  hold<T>(answer: Promise<T>): Promise<T | typeof LATE> {
    return new Promise((resolve, reject) => {
      const one: Waiting = { until: performance.now() + this.timeout, giveUp: () => resolve(LATE) };
      this.waiting.add(one);
      answer.then(
        (value) => {
          this.waiting.delete(one);
          resolve(value);
        },
        (error: unknown) => {
          this.waiting.delete(one);
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
    const now = performance.now();
    for (const one of this.waiting) {
      // Timers may come a fraction of a millisecond early.
      if (one.until > now) {
        this.lookIn(Math.ceil(one.until - now));
        return;
      }
      this.waiting.delete(one);
      one.giveUp();
    }
  }
}

/** The settings know few: as many as there are servers in the process. */
const byTimeout = new Map<number, Deadlines>();
