/** Milliseconds since 1970-01-01T00:00:00Z, the only form in which Dateline keeps an instant. */
export type Instant = number;

/** Where the time comes from. Everything that needs "now" is handed a clock, so that tests can hold it. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is told to move. */
export function heldClock(start: Instant): Clock & { advance(milliseconds: number): void } {
  let instant = start;
  return {
    now: () => instant,
    advance: (milliseconds) => {
      instant += milliseconds;
    },
  };
}
