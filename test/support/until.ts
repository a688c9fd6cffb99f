import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds after which what was waited for is taken never to come. */
const PATIENCE = 20_000;

/** Waits until something holds. @throws when it does not come to hold */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + PATIENCE;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`It never came to hold: ${holds}`);
    await delay(2);
  }
}
