import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds for which work may hold the event loop before others have their turn. */
const LONGEST = 8;

/**
 * Does `work` on [from, to) in pieces of `step`, and lets the event loop go round when the time for one turn is up.
 * What it works on must not change meanwhile.
 */
export async function inSlices(
  from: number,
  to: number,
  step: number,
  work: (from: number, to: number) => void,
): Promise<void> {
  let began = performance.now();
  for (let at = from; at < to; at += step) {
    work(at, Math.min(at + step, to));
    if (performance.now() - began < LONGEST) continue;
    await nextTurn();
    began = performance.now();
  }
}

/** The same for things one by one. */
export function eachInSlices<T>(things: readonly T[], work: (thing: T) => void): Promise<void> {
  return inSlices(0, things.length, 1, (from, to) => things.slice(from, to).forEach(work));
}
