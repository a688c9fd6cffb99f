/**
 * What happens inside, for whoever watches over the process: those who send know nobody who listens, and do nothing while
 * nobody does.
 */
import type { Instant } from './clock';
import type { Effort } from './effort';

export class Signal<T extends object> {
  private readonly listeners = new Set<(message: T) => void>();

  /** To be asked before a message is made. */
  get isHeard(): boolean {
    return this.listeners.size > 0;
  }

  send(message: T): void {
    for (const listener of this.listeners) listener(message);
  }

  /** Calls `listener`, which must not throw, with every message. Returns what ends it. */
  hear(listener: (message: T) => void): () => void {
    const mine = (message: T) => listener(message);
    this.listeners.add(mine);
    return () => void this.listeners.delete(mine);
  }
}

export type OperationType = 'query' | 'mutation' | 'subscription';

/** `refused`: by a limit, or for a mistake in it; `failed`: by a fault of ours, or because there was no time for it. */
export type OperationOutcome = 'ok' | 'refused' | 'failed';

/** What is looked up only of the few operations that somebody wants to know more of. */
export interface OperationFacts {
  /** Hexadecimal SHA-256 of the document. */
  readonly document: string;
  /** What it was reckoned to cost; null where its variables were not understood. */
  readonly cost: number | null;
}

/** An operation that was answered, by whatever way it came. */
export interface EndedOperation {
  readonly requestId: string;
  /** Null where it has none, or was refused before it was read. */
  readonly name: string | null;
  readonly type: OperationType | null;
  readonly outcome: OperationOutcome;
  /** From the request until the answer was sent. */
  readonly milliseconds: number;
  readonly effort: Effort | null;
  readonly facts: (() => OperationFacts) | null;
}

/**
 * How an anonymous request came to its answer: it was kept; another was making it; it was made and kept; it was made, and
 * cannot be kept. `known` is an answer of one of the first three kinds that the client had already.
 */
export type AnswerOrigin = 'hit' | 'joined' | 'made' | 'unkept' | 'known';

/** Who reads the change log as it grows: for those who listen, and for relations. */
export type LogFollower = 'feed' | 'relations';

export const signals = {
  operationEnded: new Signal<EndedOperation>(),
  statementAnswered: new Signal<{ readonly engine: string; readonly milliseconds: number }>(),
  batchLoaded: new Signal<{ readonly keys: number }>(),
  answerFound: new Signal<{ readonly origin: AnswerOrigin }>(),
  rateExceeded: new Signal<{ readonly who: 'anonymous' | 'known' }>(),
  /** Somebody who follows the change log has read on: the first of the new entries was written at `since`. */
  changesSeen: new Signal<{ readonly reader: LogFollower; readonly since: Instant }>(),
};
