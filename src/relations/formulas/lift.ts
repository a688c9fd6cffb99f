/**
 * How often things would occur together if they did not care for one another: N times the product of their shares.
 * 0 where there is nothing.
 */
export function expectedTogether(counts: readonly number[], total: number): number {
  return total === 0 ? 0 : counts.reduce((expected, count) => expected * (count / total), total);
}

/**
 * Observed over expected; null where nothing is expected.
 *
 * Sergey Brin et al., "Dynamic Itemset Counting and Implication Rules for Market Basket Data", SIGMOD 1997 (there
 * called interest).
 */
export function lift(together: number, counts: readonly number[], total: number): number | null {
  const expected = expectedTogether(counts, total);
  return expected === 0 ? null : together / expected;
}
