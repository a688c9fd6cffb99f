import type { Instant } from '../../core/clock';
import type { DeliveryState, WebhookStatus } from '../../database';
import type { FeedPosition } from '../partners/position';

/** Where a partner wants to be told of changes. */
export interface WebhookRow {
  readonly id: number;
  /** The first of the partner's keys. */
  readonly keyId: number;
  readonly url: string;
  /** Sealed, as is the one below. */
  readonly secret: string;
  /** What is signed with as well until `formerUntil`. */
  readonly formerSecret: string | null;
  readonly formerUntil: Instant | null;
  readonly status: WebhookStatus;
  readonly reason: string | null;
  readonly position: FeedPosition;
  /** Rises by one each time that the position is set. */
  readonly moves: number;
  readonly failures: number;
  readonly notBefore: Instant;
  readonly createdAt: Instant;
}

/** One thing that a webhook is told of. */
export interface DeliveryRow {
  readonly id: number;
  readonly webhookId: number;
  /** Of the entry of the change log. */
  readonly sequence: number;
  readonly articleId: number;
  readonly revision: number;
  readonly op: string;
  readonly action: string;
  readonly at: Instant;
  readonly note: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAt: Instant;
  readonly lastStatus: number | null;
  readonly lastError: string | null;
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
}

/** Of all partners: each has room for what is under way, whatever the others' receivers do. */
export const MAX_WEBHOOKS = 200;
/** Of one partner. */
export const MAX_WEBHOOKS_OF_A_PARTNER = 5;
/** What waits to be sent to one webhook: beyond it the change log is read no further for it. */
export const MAX_PENDING = 1_000;
/** What is under way to one receiver at once; one at a time to one that did not answer last. */
export const PARALLEL = 2;

/** Milliseconds. */
const FIRST_RETRY = 5_000;
const LONGEST_RETRY = 6 * 3_600_000;
export const TRIED_FOR = 3 * 86_400_000;

/**
 * When to try again after so many attempts, or null for never: five seconds, three times as much after each, at most six
 * hours, and a receiver that asks for more time gets it. The jitter spreads what failed together.
 * @param chance from 0 to 1
 * @param asked milliseconds that the receiver has asked for with Retry-After; 0 for none
 */
export function retryAt(
  { attempts, createdAt }: Pick<DeliveryRow, 'attempts' | 'createdAt'>,
  now: Instant,
  chance: number,
  asked = 0,
): Instant | null {
  const end = createdAt + TRIED_FOR;
  if (now >= end) return null;
  const pause = Math.min(FIRST_RETRY * 3 ** Math.max(0, attempts - 1), LONGEST_RETRY) * (0.5 + chance);
  // The last try is at the end, so that three days are three days.
  return Math.min(now + Math.max(pause, asked), end);
}

/** What a receiver knows a delivery by, however often it comes. */
export function messageId({ id, createdAt }: Pick<DeliveryRow, 'id' | 'createdAt'>): string {
  return `msg_${createdAt.toString(36)}_${id.toString(36)}`;
}

/** What sealed secrets of a webhook are signed with now, the newest first. */
export function secretsAt(
  { secret, formerSecret, formerUntil }: Pick<WebhookRow, 'secret' | 'formerSecret' | 'formerUntil'>,
  now: Instant,
): readonly string[] {
  return formerSecret !== null && formerUntil !== null && now < formerUntil
    ? [secret, formerSecret]
    : [secret];
}
