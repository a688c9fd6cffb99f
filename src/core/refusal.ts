import { DatelineError, type ErrorCode } from './errors';

/** Why a change that somebody asked for is not made: what its client may handle by code. */
export type RefusalReason =
  | 'VALIDATION'
  | 'NOT_FOUND'
  | 'DUPLICATE'
  | 'SLUG_TAKEN'
  | 'VERSION_CONFLICT'
  | 'IDEMPOTENCY_KEY_REUSED'
  | 'RATE_LIMITED'
  | 'FORBIDDEN'
  | 'COMMENTS_CLOSED'
  | 'PARENT_UNAVAILABLE'
  | 'EDIT_WINDOW_EXPIRED'
  | 'NOT_ALLOWED_IN_STATE';

/** What the same thing is called where no mutation has asked. */
const CODES: Readonly<Partial<Record<RefusalReason, ErrorCode>>> = {
  VALIDATION: 'BAD_USER_INPUT',
  NOT_FOUND: 'NOT_FOUND',
  FORBIDDEN: 'FORBIDDEN',
};

/**
 * A change that is not made, for a reason that its client can do something about. Nothing was written. Faults
 * and outages are other errors.
 */
export class Refusal extends DatelineError {
  constructor(
    readonly reason: RefusalReason,
    message: string,
    /** The input field that is to blame, e.g. "title" or "topics.2"; null where it is none of them. */
    readonly field: string | null = null,
    details: DatelineError['details'] = {},
  ) {
    super(CODES[reason] ?? 'CONFLICT', message, details);
  }
}

/** Somebody else was faster: `current` is the revision or version that the thing has now. */
export class VersionConflict extends Refusal {
  constructor(
    readonly current: number,
    message: string,
  ) {
    super('VERSION_CONFLICT', message, null, { current });
  }
}

/** Too many in too short a time; the same may be tried again after a while. */
export class RateLimited extends Refusal {
  constructor(
    /** Whole seconds, at least 1. */
    readonly retryAfterSeconds: number,
    message: string,
  ) {
    super('RATE_LIMITED', message, null, { retryAfterSeconds });
  }
}

/**
 * The refusal behind an error, or null for anything else. Services throw `badInput` for a wrong argument, and
 * NOT_FOUND and FORBIDDEN by their codes: of a mutation, these are refusals too.
 */
export function refusalOf(error: DatelineError | null): Refusal | null {
  if (error === null || error instanceof Refusal) return error;
  const argument = error.details.argument;
  const field = typeof argument === 'string' ? argument : null;
  switch (error.code) {
    case 'BAD_USER_INPUT':
      return new Refusal('VALIDATION', error.message, field);
    case 'NOT_FOUND':
    case 'FORBIDDEN':
      return new Refusal(error.code, error.message, field);
    default:
      return null;
  }
}
