import { types } from 'node:util';
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
  if (!isError(error)) return `${typeof error} was thrown`;
  // Drizzle's "Failed query: …\nparams: …": the parameters can be addresses and texts of people.
  return error.message.replace(/\nparams: [\s\S]*$/, '');
}

function reportOne(error: unknown): FaultReport {
  if (!isError(error)) return { type: typeof error, message: messageOf(error), frames: [] };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { type: error.constructor.name, message: messageOf(error), frames: framesOf(error), ...code };
}

/** Lines of the stack after the message, for lines of the message can look like frames. */
function framesOf({ stack = '', message }: Error): string[] {
  const start = stack.indexOf(message);
  const lines = stack.slice(start === -1 ? 0 : start + message.length).split('\n');
  return lines.filter((line) => /^\s+at /.test(line)).map((line) => line.trim());
}

/** Also for errors of another realm, and for those of libraries that only inherit from Error. */
function isError(value: unknown): value is Error {
  return types.isNativeError(value) || value instanceof Error;
}

/** `originalError` is what graphql-js calls the cause. */
function originOf(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return undefined;
  if ('originalError' in error && error.originalError) return error.originalError;
  return 'cause' in error ? error.cause : undefined;
}
