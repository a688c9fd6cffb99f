import { createHash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Actor } from '../core/actor';
import { DatelineError, datelineErrorIn } from '../core/errors';
import { addressKey } from './address';
import type { Authenticate } from './authentication';

/** Seconds in which so many failures are too many, and after which an address may try again. */
const WINDOW = 60;
/** Credentials that are remembered to have been good. */
const MAX_PROVEN = 1_000;

/**
 * Who stands behind a credential that came from an address.
 * @throws DatelineError UNAUTHENTICATED; RATE_LIMITED where too many others from there were wrong; SERVICE_UNAVAILABLE
 */
export type CredentialCheck = (authorization: string, address: string) => Promise<Actor>;

/**
 * Looks at credentials, but from one address at no more than `failures` wrong ones a minute: what else comes from
 * there is refused without a look. A credential that was good before is looked at all the same, so that nobody is
 * locked out by who shares their address.
 */
export function limitedCheck(authenticate: Authenticate, failures: number): CredentialCheck {
  const limiter = new RateLimiterMemory({ points: failures, duration: WINDOW });
  const proven = new LRUCache<string, true>({ max: MAX_PROVEN });
  return async (authorization, address) => {
    const place = addressKey(address);
    const credential = createHash('sha256').update(authorization).digest('base64');
    const soFar = proven.has(credential) ? null : await limiter.get(place);
    if (soFar !== null && soFar.consumedPoints >= failures) throw tooMany(soFar);
    try {
      const actor = await authenticate(authorization);
      proven.set(credential, true);
      return actor;
    } catch (error) {
      if (datelineErrorIn(error)?.code !== 'UNAUTHENTICATED') throw error;
      proven.delete(credential);
      // The one that is one too many has been looked at: it is refused for what it is.
      await limiter.consume(place).catch((refusal: unknown) => {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
      });
      throw error;
    }
  };
}

function tooMany({ msBeforeNext }: RateLimiterRes): DatelineError {
  const retryAfterSeconds = Math.max(1, Math.ceil(msBeforeNext / 1_000));
  const message = 'Too many wrong credentials came from your address. Try again in a minute.';
  return new DatelineError('RATE_LIMITED', message, { retryAfterSeconds });
}
