import { setImmediate as afterThisTurn } from 'node:timers';
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds for which work may hold the event loop before others have their turn. */
const LONGEST = 8;

/** When the work of this turn of the event loop began, of whoever works in slices; null where nobody has. */
let began: number | null = null;

/** What is done in many short pieces of work holds the event loop as one long piece does, so that the turn is timed and not the work. */
function timeOfTurn(): number {
  if (began === null) {
    began = performance.now();
    afterThisTurn(() => {
      began = null;
    });
  }
  return performance.now() - began;
}

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
  for (let at = from; at < to; at += step) {
    if (timeOfTurn() >= LONGEST) await nextTurn();
    work(at, Math.min(at + step, to));
  }
}

/** The same for things one by one. */
export function eachInSlices<T>(things: readonly T[], work: (thing: T) => void): Promise<void> {
  return inSlices(0, things.length, 1, (from, to) => things.slice(from, to).forEach(work));
}
