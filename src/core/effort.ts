import { AsyncLocalStorage } from 'node:async_hooks';

/** Statements and batches of one operation that are kept one by one. */
const MAX_STEPS = 300;

/** One thing that was done for an operation. */
export interface Step {
  readonly kind: 'statement' | 'batch';
  /** The text of the statement; the number of keys of a batch. */
  readonly what: string | number;
  /** By `performance.now()`. */
  readonly start: number;
  readonly milliseconds: number;
}

/** A statement, without the values that were bound to it: they may be private. */
export interface SlowStatement {
  readonly text: string;
  readonly milliseconds: number;
  /** How many values it takes. */
  readonly values: number;
}

/** What is done for one operation: statements, and batches of loaders. */
export class Effort {
  statements = 0;
  /** Milliseconds of all statements: more than the operation took where several were under way at a time. */
  statementTime = 0;
  slowest: SlowStatement | null = null;
  /** Null unless somebody wants to see each of them. */
  readonly steps: Step[] | null;

  constructor(private readonly options: { readonly inDetail: boolean }) {
    this.steps = options.inDetail ? [] : null;
  }

  /** Whether every statement has to be found, at any price: see `throughout`. */
  get inDetail(): boolean {
    return this.options.inDetail;
  }

  addStatement(text: string, values: number, start: number, milliseconds: number): void {
    this.statements++;
    this.statementTime += milliseconds;
    if (this.slowest === null || milliseconds > this.slowest.milliseconds)
      this.slowest = { text, values, milliseconds };
    if (this.steps) this.addStep({ kind: 'statement', what: text, start, milliseconds });
  }

  addBatch(keys: number, start: number, milliseconds: number): void {
    if (this.steps) this.addStep({ kind: 'batch', what: keys, start, milliseconds });
  }

  private addStep(step: Step): void {
    if (this.steps && this.steps.length < MAX_STEPS) this.steps.push(step);
  }
}

let current: Effort | null = null;
const storage = new AsyncLocalStorage<Effort>();
let inside = 0;

/** For whom a statement is sent that is sent now; null where nobody counts. */
export function presentEffort(): Effort | null {
  return current ?? (inside > 0 ? (storage.getStore() ?? null) : null);
}

/** Calls `work` for somebody. What it does after it has first waited for something is not counted: that needs `throughout`. */
export function onBehalfOf<T>(effort: Effort, work: () => T): T {
  const before = current;
  current = effort;
  try {
    return work();
  } finally {
    current = before;
  }
}

/**
 * Runs `work` for somebody, and whatever it begins. Until it ends every promise of the whole process costs some
 * more (some 5 % of a query with many of them, measured with Node 20), so that reads go by `onBehalfOf` as a rule.
 */
export async function throughout<T>(effort: Effort, work: () => Promise<T>): Promise<T> {
  inside++;
  try {
    return await storage.run(effort, work);
  } finally {
    if (--inside === 0) storage.disable();
  }
}
