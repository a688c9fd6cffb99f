import { LRUCache } from 'lru-cache';
import type { ChangeEntry } from '../changes';
import type { Clock, Instant } from '../core/clock';
import { type AnswerOrigin, signals } from '../core/signals';
import type { Database } from '../database';
import { tagsOfChange } from './change-tags';
import { EVERYTHING, Footprint } from './footprint';
import { KeptAnswer } from './kept-answer';
import { LogReader } from './log-reader';
import { nextDateAfter } from './next-date';

/** Of all the room there is, one answer takes no more than this part. */
const LARGEST = 1 / 8;
/** How often somebody waits for an answer that another is making, before they make their own. */
const MAX_WAITS = 3;

export interface AnswerCacheParts {
  readonly database: Database;
  readonly clock: Clock;
  /** Bytes, of all answers together. */
  readonly maxBytes: number;
}

/** What is said of an answer to keep. */
export interface MadeAnswer {
  readonly text: string;
  readonly contentType: string;
  readonly operationName: string | null;
  /** What else is said with it to whoever gets it; nothing when absent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** From then on it may be another by itself, beside the dates that its footprint knows; never when absent. */
  readonly until?: Instant;
}

/** The right, and the duty, to make an answer that others may be waiting for. */
export interface Making {
  /** To be filled in by whoever reads for the answer. */
  readonly footprint: Footprint;
  /** Null where it may not be kept, or has become untrue already: it is as good as any other answer then. */
  keep(answer: MadeAnswer): Promise<KeptAnswer | null>;
  /** There will be no answer to keep: `REFUSED` if nobody else would get one, either. Harmless after `keep`. */
  end(why: 'REFUSED' | 'GONE'): void;
}

/**
 * Answers that are the same for everybody who has not said who they are, each with the tags of what it was read
 * from. An answer is true as long as the change log has no entry with one of its tags, and none of its dates has
 * come; before one is given out the log is read, if anything may have been written since it last was. So what was
 * acknowledged in this process is seen at once, and what others have written as soon as the database tells of it.
 * While one makes an answer, others who ask the same wait for it.
 */
export class AnswerCache {
  private readonly answers: LRUCache<string, KeptAnswer>;
  private readonly byTag = new Map<string, Set<KeptAnswer>>();
  /** The latest of each key: who may be waited for. */
  private readonly makings = new Map<string, Flight>();
  /** All that go on: an older one may still be told to somebody. */
  private readonly flights = new Set<Flight>();
  private readonly log: LogReader;
  private readonly maxSize: number;

  constructor(private readonly parts: AnswerCacheParts) {
    const { database, maxBytes } = parts;
    this.maxSize = Math.floor(maxBytes * LARGEST);
    this.answers = new LRUCache({
      maxSize: maxBytes,
      sizeCalculation: ({ size }) => size,
      dispose: (answer) => this.untag(answer),
    });
    this.log = new LogReader(database, {
      changed: (entries) => this.drop(entries),
      lost: () => this.dropAll(),
    });
  }

  /** The answer at once, where it is certain to be true. */
  get(key: string): KeptAnswer | null {
    const kept = this.log.isUpToDate ? this.trueAnswer(key) : null;
    if (kept) tell('hit');
    return kept;
  }

  /** An answer; or the right to make it; or null: then it has to be made, and cannot be kept. */
  async find(key: string): Promise<KeptAnswer | Making | null> {
    const found = await this.look(key);
    if (found === null) tell('unkept');
    return found;
  }

  private async look(key: string): Promise<KeptAnswer | Making | null> {
    for (let waits = 0; waits <= MAX_WAITS; waits++) {
      if (!(await this.caughtUp())) return null;
      const kept = this.trueAnswer(key);
      if (kept) tell(waits === 0 ? 'hit' : 'joined');
      if (kept) return kept;
      const other = this.makings.get(key);
      // What was written since another began may not be in its answer.
      if (other?.from !== this.log.position) return this.begin(key);
      const outcome = await other.outcome;
      if (outcome === 'REFUSED') return null;
      if (outcome === 'GONE' || !outcome.isTrueAt(this.parts.clock.now())) continue;
      tell('joined');
      return outcome;
    }
    return null;
  }

  /** Milliseconds until it may be another by itself; Infinity for never. */
  timeLeft({ validUntil }: Pick<KeptAnswer, 'validUntil'>): number {
    return validUntil - this.parts.clock.now();
  }

  /** The number of the last entry of the change log that was read; null before the first. */
  get position(): number | null {
    return this.log.position;
  }

  /** Bytes that are taken, about. */
  get size(): number {
    return this.answers.calculatedSize;
  }

  close(): void {
    this.log.close();
    this.dropAll();
  }

  private trueAnswer(key: string): KeptAnswer | null {
    const kept = this.answers.get(key);
    if (kept === undefined) return null;
    if (kept.isTrueAt(this.parts.clock.now())) return kept;
    this.answers.delete(key);
    return null;
  }

  private begin(key: string): Flight {
    const flight = new Flight(this.log.position, this.parts.clock.now(), {
      keep: (answer) => this.keep(key, flight, answer),
      ended: () => {
        this.flights.delete(flight);
        if (this.makings.get(key) === flight) this.makings.delete(key);
      },
    });
    this.flights.add(flight);
    this.makings.set(key, flight);
    return flight;
  }

  private async keep(key: string, flight: Flight, made: MadeAnswer): Promise<Outcome> {
    const { footprint, madeAt } = flight;
    const date = await nextDateAfter(this.parts.database, madeAt).catch(() => madeAt);
    footprint.until(date, madeAt);
    footprint.until(made.until ?? null, madeAt);
    if (date === madeAt || !(await this.caughtUp())) return 'GONE';
    // From here on nothing can come in between.
    const answer = new KeptAnswer({
      ...{ ...made, key, madeAt, tags: footprint.tags() },
      validUntil: footprint.validUntil,
    });
    if (answer.size > this.maxSize) return 'REFUSED';
    if (flight.isTouched(answer.tags)) return 'GONE';
    this.answers.set(key, answer);
    this.tag(answer);
    return answer;
  }

  private async caughtUp(): Promise<boolean> {
    try {
      await this.log.catchUp();
      return true;
    } catch {
      // Why the database does not answer, whoever makes the answer says.
      return false;
    }
  }

  private drop(entries: readonly ChangeEntry[]): void {
    const tags = new Set(entries.flatMap(tagsOfChange));
    if (tags.has(EVERYTHING)) this.dropAll();
    for (const flight of this.flights) flight.touch(tags);
    for (const tag of tags) {
      for (const answer of [...(this.byTag.get(tag) ?? [])]) this.answers.delete(answer.key);
    }
  }

  private dropAll(): void {
    for (const flight of this.flights) flight.touch(new Set([EVERYTHING]));
    this.answers.clear();
  }

  private tag(answer: KeptAnswer): void {
    for (const tag of answer.tags) {
      const tagged = this.byTag.get(tag);
      if (tagged) tagged.add(answer);
      else this.byTag.set(tag, new Set([answer]));
    }
  }

  private untag(answer: KeptAnswer): void {
    for (const tag of answer.tags) {
      const tagged = this.byTag.get(tag);
      tagged?.delete(answer);
      if (tagged?.size === 0) this.byTag.delete(tag);
    }
  }
}

function tell(origin: AnswerOrigin): void {
  if (signals.answerFound.isHeard) signals.answerFound.send({ origin });
}

type Outcome = KeptAnswer | 'REFUSED' | 'GONE';

interface FlightParts {
  keep(answer: MadeAnswer): Promise<Outcome>;
  ended(): void;
}

/** One execution, and those who wait for its answer. */
class Flight implements Making {
  readonly footprint = new Footprint(() => this.end('REFUSED'));
  readonly outcome: Promise<Outcome>;
  private readonly touched = new Set<string>();
  private settle: ((outcome: Outcome) => void) | null = null;
  private isEnding = false;

  constructor(
    /** Of the log, when it began. */
    readonly from: number | null,
    readonly madeAt: number,
    private readonly parts: FlightParts,
  ) {
    this.outcome = new Promise((resolve) => {
      this.settle = resolve;
    });
  }

  async keep(answer: MadeAnswer): Promise<KeptAnswer | null> {
    if (this.settle === null || this.isEnding) return null;
    this.isEnding = true;
    const outcome = await this.parts.keep(answer);
    this.finish(outcome);
    return outcome instanceof KeptAnswer ? outcome : null;
  }

  end(why: 'REFUSED' | 'GONE'): void {
    if (!this.isEnding) this.finish(why);
  }

  /** Something with these tags was written while it went on. */
  touch(tags: ReadonlySet<string>): void {
    for (const tag of tags) this.touched.add(tag);
  }

  isTouched(tags: readonly string[]): boolean {
    return this.touched.has(EVERYTHING) || tags.some((tag) => this.touched.has(tag));
  }

  private finish(outcome: Outcome): void {
    if (this.settle !== null) tell(outcome instanceof KeptAnswer ? 'made' : 'unkept');
    this.settle?.(outcome);
    this.settle = null;
    this.parts.ended();
  }
}
