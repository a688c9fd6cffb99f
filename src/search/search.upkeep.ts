import { setTimeout as delay } from 'node:timers/promises';
import { recordChanges } from '../changes';
import { systemActor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { Reader, Tx } from '../database';
import { isIndexCurrent, type Rebuilding, rebuildIndex } from '../indexing';
import type { Job } from '../jobs';

/** Articles that are indexed at once in a process that answers requests: some 15 ms. */
const STEP = 10;
const REBUILDER = systemActor('rebuild');

/** Makes the index anew where it was made by another version, or never: once after an update, by one process. */
export function indexUpkeep(reader: Reader): Job {
  return {
    name: 'search-index',
    due: async (_last, now) => ((await isIndexCurrent(reader)) ? null : now),
    run: async ({ now, write, signal }) => {
      await rebuildIndex({ write: restingBetween(write), signal, step: STEP });
      await write(async (tx) => tellOfNewIndex(tx, now));
    },
  };
}

/** That articles may be found by other words now: what is kept of answers in which they resemble each other is not true. */
export function tellOfNewIndex(tx: Tx, at: Instant): void {
  recordChanges(tx, REBUILDER, at, [{ entity: 'TOPIC', entityId: 0, op: 'UPDATE', revision: 0 }]);
}

/** Leaves half of the time to the requests that the process answers. */
function restingBetween(write: Rebuilding['write']): Rebuilding['write'] {
  return async (work) => {
    const began = performance.now();
    const result = await write(work);
    await delay(performance.now() - began);
    return result;
  };
}
