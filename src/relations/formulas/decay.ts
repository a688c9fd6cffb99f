/** Weights are whole multiples of this share of one, so that a sum of them is exact and does not depend on the order. */
const UNITS = 2 ** 32;

/**
 * What an article counts that is `age` days old, where it counts half after `halfLife` days: 1 today.
 * In units of 2^-32; the sum of a million of them is exact.
 */
export function decayed(age: number, halfLife: number): number {
  return Math.round(UNITS * 2 ** (-age / halfLife));
}

/** The sum of counts by day, each decayed up to the last of the days. */
export function decayedSum(counts: ArrayLike<number>, halfLife: number): number {
  let sum = 0;
  for (let day = 0; day < counts.length; day++) {
    const count = counts[day] ?? 0;
    if (count > 0) sum += count * decayed(counts.length - 1 - day, halfLife);
  }
  return sum / UNITS;
}
