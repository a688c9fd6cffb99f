import { LRUCache } from 'lru-cache';
import { faultReport } from '../core/faults';
import type { Log } from '../core/log';
import { type EndedOperation, signals } from '../core/signals';

/** Characters of a statement that are logged. */
const MAX_TEXT = 4_000;
/** Statements whose plans are remembered: under load the same ones are slow. */
const MAX_PLANS = 100;

export interface SlowOperationsParts {
  /** Milliseconds from which on an operation is slow. */
  readonly from: number;
  readonly log: Log;
  /** How the database would go about a statement. @throws where that cannot be told */
  readonly plan: (statement: { text: string; values: number }) => Promise<string[]>;
}

/**
 * Writes a line for each operation that took too long: what it was, what was done for it, and how the database goes about
 * its slowest statement. Never a variable or a value that was bound: they may be private.
 */
export class SlowOperations {
  private readonly plans = new LRUCache<string, readonly string[]>({ max: MAX_PLANS });
  private readonly end: () => void;
  private writing: Promise<void> = Promise.resolve();

  constructor(private readonly parts: SlowOperationsParts) {
    this.end = signals.operationEnded.hear((operation) => {
      if (operation.milliseconds < this.parts.from) return;
      // One after the other: many are slow when the database has most to do.
      this.writing = this.writing.then(() => this.write(operation));
    });
  }

  /** Resolves when what was slow is written. */
  async close(): Promise<void> {
    this.end();
    await this.writing;
  }

  private async write({ requestId, name, type, outcome, milliseconds, effort, facts }: EndedOperation) {
    const { document, cost } = facts?.() ?? {};
    const slowest = effort?.slowest;
    this.parts.log.warn(
      {
        ...{ requestId, operation: name ?? undefined, type: type ?? undefined, outcome, document, cost },
        ...{ ms: Math.round(milliseconds), statements: effort?.statements },
        ...(effort && { statementMs: Math.round(effort.statementTime) }),
        ...(slowest && {
          slowest: {
            sql: slowest.text.slice(0, MAX_TEXT),
            ms: Math.round(slowest.milliseconds),
            plan: await this.planOf(slowest),
          },
        }),
      },
      'An operation was slow',
    );
  }

  private async planOf({ text, values }: { text: string; values: number }): Promise<readonly string[]> {
    const known = this.plans.get(text);
    if (known) return known;
    try {
      const plan = await this.parts.plan({ text, values });
      this.plans.set(text, plan);
      return plan;
    } catch (error) {
      this.parts.log.debug({ fault: faultReport(error) }, 'The plan of a statement cannot be told');
      return [];
    }
  }
}
