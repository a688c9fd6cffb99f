/** Where half-pairs begin, and where what comes behind them does. */
const HALVES = 0xd800;
const BEHIND = 0xe000;

/**
 * The order of code points, which is that of UTF-8's bytes and so of both databases. JavaScript's own is that of UTF-16,
 * where characters beyond U+FFFF stand before some that they come after.
 */
export function compareTexts(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at++) {
    const [one, other] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (one !== other) return placeOf(one) - placeOf(other);
  }
  return a.length - b.length;
}

/** Half-pairs behind all else. */
function placeOf(unit: number): number {
  if (unit < HALVES) return unit;
  return unit < BEHIND ? unit + BEHIND : unit;
}
