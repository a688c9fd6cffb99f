import { DatelineError } from './errors';

/** Causes that are followed before a chain is taken for a loop. */
const MAX_CAUSES = 8;

/** What a log line says about an error: enough to find the place, nothing that a client has sent. */
export interface FaultReport {
  readonly type: string;
  readonly message: string;
  /** The frames alone: the first lines of `Error.stack` repeat the message, with whatever it holds. */
  readonly frames: readonly string[];
  readonly code?: string;
  readonly cause?: FaultReport;
}

/** The error itself and everything that it says it was caused by, outermost first. */
export function causes(error: unknown): unknown[] {
  const chain: unknown[] = [];
  for (let next = error; next !== undefined && next !== null && chain.length < MAX_CAUSES; ) {
    chain.push(next);
    next = originOf(next);
  }
  return chain;
}

/** The error that a client may read, wherever in the chain it stands; undefined for a fault. */
export function publicError(error: unknown): DatelineError | undefined {
  return causes(error).find((each) => each instanceof DatelineError);
}

/** An error as the log may keep it: without SQL parameters, and without any property but its code. */
export function faultReport(error: unknown): FaultReport {
  const [first, ...origins] = causes(error);
  const report = reportOne(first);
  const origin = origins[0];
  return origin === undefined ? report : { ...report, cause: faultReport(origin) };
}

/** The error's message without the values that were bound to a failed statement. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : `${typeof error} was thrown`;
  // Drizzle's "Failed query: …\nparams: …": the parameters can be addresses and texts of people.
  return message.replace(/\n?params:[\s\S]*$/, '');
}

function reportOne(error: unknown): FaultReport {
  if (!(error instanceof Error)) return { type: typeof error, message: messageOf(error), frames: [] };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { type: error.constructor.name, message: messageOf(error), frames: framesOf(error), ...code };
}

function framesOf(error: Error): string[] {
  const lines = error.stack?.split('\n') ?? [];
  return lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim());
}

/** `originalError` is what graphql-js calls the cause. */
function originOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('originalError' in error && error.originalError) return error.originalError;
  return 'cause' in error ? error.cause : undefined;
}
