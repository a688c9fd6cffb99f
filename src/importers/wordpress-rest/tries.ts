import { setTimeout } from 'node:timers/promises';
import { backOff } from 'exponential-backoff';
import { SiteFault } from './site-fault';

/** Times in milliseconds. */
export interface TryLimits {
  /** How often the same is asked before it is given up. */
  readonly tries: number;
  /** The longest wait before the second try; it doubles with each, and the real one is random. */
  readonly firstDelay: number;
  readonly longestDelay: number;
  /** The longest that a site may ask to be left alone for; who asks for more gets the run ended. */
  readonly longestRetryAfter: number;
}

export const TRY_LIMITS: TryLimits = {
  tries: 6,
  firstDelay: 1_000,
  longestDelay: 60_000,
  longestRetryAfter: 15 * 60_000,
};

/**
 * Asks again while that may help: after exponentially growing, random waits, and not before the site wants it.
 * @throws what the last try threw; SiteFault where the site wants to be left alone for too long
 */
export function withTries<T>(
  ask: () => Promise<T>,
  { tries, firstDelay, longestDelay, longestRetryAfter }: TryLimits,
  signal: AbortSignal,
): Promise<T> {
  return backOff(ask, {
    numOfAttempts: tries,
    startingDelay: firstDelay,
    maxDelay: longestDelay,
    jitter: 'full',
    retry: async (error: unknown, tried: number) => {
      if (signal.aborted || !(error instanceof SiteFault) || !error.transient) return false;
      const wait = error.retryAfter ?? 0;
      if (wait > longestRetryAfter) throw tooLong(error, wait);
      if (tried < tries && wait > 0) await setTimeout(wait, undefined, { signal });
      return true;
    },
  });
}

function tooLong(fault: SiteFault, wait: number): SiteFault {
  const minutes = Math.ceil(wait / 60_000);
  const message = `${fault.message} It asks to be left alone for ${minutes} minutes: run the import again then.`;
  return new SiteFault('refused', message, { code: fault.code, cause: fault });
}
