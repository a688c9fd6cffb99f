import { type ChangeFeed, ChangesLost } from '../../changes';

/** How often it is looked whether somebody waits still, in milliseconds. */
const LOOK = 1_000;

/**
 * Resolves when the change log goes on after an entry, in whatever process it was written; when `milliseconds` are over,
 * when nobody waits any more, or when the server is about to stop. However many wait, the log is looked at once.
 */
export async function waitForChange(
  changes: ChangeFeed,
  after: number,
  { milliseconds, ended }: { readonly milliseconds: number; readonly ended: () => boolean },
): Promise<void> {
  const stream = changes.follow(after);
  const stop = () => void stream.return();
  const timer = setTimeout(stop, milliseconds);
  const look = setInterval(() => {
    if (ended()) stop();
  }, LOOK);
  try {
    await stream.next();
  } catch (error) {
    // Whoever reads the log next is told.
    if (!(error instanceof ChangesLost)) throw error;
  } finally {
    clearTimeout(timer);
    clearInterval(look);
    stop();
  }
}
