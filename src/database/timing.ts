import { type Effort, presentEffort } from '../core/effort';
import { signals } from '../core/signals';
import type { Engine } from './portable-sql';

/** A statement that is under way, and of which somebody wants to know how long it takes. */
export class TimedStatement {
  private readonly start = performance.now();

  constructor(
    private readonly engine: Engine,
    private readonly effort: Effort | null,
  ) {}

  end(text: string, values: number): void {
    const milliseconds = performance.now() - this.start;
    this.effort?.addStatement(text, values, this.start, milliseconds);
    if (signals.statementAnswered.isHeard)
      signals.statementAnswered.send({ engine: this.engine, milliseconds });
  }
}

/** To be called where a statement is sent. Null where nobody wants to know. */
export function timeStatement(engine: Engine): TimedStatement | null {
  const effort = presentEffort();
  return effort === null && !signals.statementAnswered.isHeard ? null : new TimedStatement(engine, effort);
}
