/**
 * Where Dateline reports what happens. Facts go into the object, the sentence is fixed, so that lines can be
 * counted and searched. Never put a variable of a query, a header or an address into either.
 */
export interface Log {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

/** For code that is run without anybody listening, e.g. in tests. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
