import type { Parameters } from 'fast-check';

/**
 * Milliseconds after which a property stops looking for a smaller example of what it has found. Much more than a property
 * needs: one that has not been tried once by then fails, and a disk that is busy with something else can take 15 seconds.
 */
const PATIENCE = 30_000;

/**
 * How often a property that uses a database is tried. A failure is reported with the smallest example that is
 * found within the time; fast-check prints the seed with which to go on.
 */
export function bounded<T>(numRuns: number): Parameters<T> {
  return { numRuns, interruptAfterTimeLimit: PATIENCE };
}
