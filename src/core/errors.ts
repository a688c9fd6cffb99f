/**
 * Errors that a client may read. Anything else that is thrown is a fault: its message stays in the log
 * and the client gets a reference id.
 */
export type ErrorCode =
  | 'BAD_USER_INPUT'
  | 'BAD_CURSOR'
  | 'CURSOR_EXPIRED'
  | 'BAD_PAGE_SIZE'
  | 'NOT_FOUND'
  | 'FORBIDDEN'
  | 'UNAUTHENTICATED'
  | 'PREVIEW_INVALID'
  | 'PREVIEW_ENDED'
  | 'CONFLICT'
  | 'RATE_LIMITED'
  | 'SERVICE_UNAVAILABLE';

export class DatelineError extends Error {
  override readonly name = 'DatelineError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Facts for machines, e.g. `{ argument: 'first', max: 100 }`. Never anything private. */
    readonly details: Readonly<Record<string, string | number | boolean | null>> = {},
  ) {
    super(message);
  }
}

/** How many causes are looked through: an error may, by mistake, be its own. */
const MAX_CAUSES = 10;

/**
 * The DatelineError that `error` is or was caused by, else null. Drizzle wraps what goes wrong under its
 * query builder in an error whose message holds the statement and its parameters: never show that one.
 */
export function datelineErrorIn(error: unknown): DatelineError | null {
  let each = error;
  for (let depth = 0; depth < MAX_CAUSES && each instanceof Error; depth++) {
    if (each instanceof DatelineError) return each;
    each = each.cause;
  }
  return null;
}

/** A client's argument is wrong; `argument` is the name that the client knows it by. */
export function badInput(argument: string, message: string): DatelineError {
  return new DatelineError('BAD_USER_INPUT', message, { argument });
}

/**
 * Another process held the write lock, or the database did not answer, for longer than we are ready to
 * wait. Nothing was written; the same request may be sent again.
 */
export class DatabaseUnavailable extends DatelineError {
  constructor(reason: string) {
    super('SERVICE_UNAVAILABLE', `The database is not available: ${reason}. Nothing was changed; try again.`);
  }
}

/** The connection broke while a change was being committed: it may have been made or not. */
export class OutcomeUnknown extends DatelineError {
  constructor() {
    super(
      'SERVICE_UNAVAILABLE',
      'The database went away at the last moment. The change may have been made: look before you try again.',
      { outcome: 'unknown' },
    );
  }
}

/** The database file or its content cannot be trusted. The message names no path and no SQL. */
export class DatabaseDamaged extends DatelineError {
  constructor(reason: string) {
    super('SERVICE_UNAVAILABLE', `The database is damaged: ${reason}. Restore it from a backup.`);
  }
}
