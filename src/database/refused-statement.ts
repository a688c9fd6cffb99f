/**
 * A statement that SQLite refuses, with its code, e.g. "SQLITE_CONSTRAINT_UNIQUE". Thrown in place of
 * better-sqlite3's own error, whose class is no Error to a module that was loaded after another copy of it.
 */
export class RefusedStatement extends Error {
  override readonly name = 'RefusedStatement';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const UNIQUE_VIOLATIONS = new Set(['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY', '23505']);

/** Whether `error`, or what caused it, is that a value is taken which only one row may have. Either engine. */
export function isUniqueViolation(error: unknown): boolean {
  let each = error;
  for (let depth = 0; depth < 10 && each instanceof Error; depth++) {
    if ('code' in each && UNIQUE_VIOLATIONS.has(String(each.code))) return true;
    each = each.cause;
  }
  return false;
}
