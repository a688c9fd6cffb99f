/** A 2x2 table of counts: how often two things occur together, each without the other, and neither. */
export interface Contingency {
  readonly both: number;
  readonly onlyFirst: number;
  readonly onlySecond: number;
  readonly neither: number;
}

/** From this on, in absolute value, an association is significant: p < .001 of chi-square with one degree of freedom. */
export const SIGNIFICANT = 10.83;

/**
 * The log-likelihood ratio G2 = 2 sum O ln(O / E) over the table, with 0 ln 0 = 0, and with the sign of the
 * association: negative where the two occur together less often than by chance. 0 for an empty table.
 *
 * Ted Dunning, "Accurate Methods for the Statistics of Surprise and Coincidence", Computational Linguistics 19(1), 1993.
 */
export function logLikelihood({ both, onlyFirst, onlySecond, neither }: Contingency): number {
  const first = both + onlyFirst;
  const second = both + onlySecond;
  const total = first + onlySecond + neither;
  if (total === 0) return 0;
  const term = (observed: number, row: number, column: number) =>
    observed === 0 ? 0 : observed * Math.log((observed * total) / (row * column));
  const sum =
    term(both, first, second) +
    term(onlyFirst, first, total - second) +
    term(onlySecond, total - first, second) +
    term(neither, total - first, total - second);
  // Rounding can leave a hair below zero where nothing differs.
  const g2 = Math.max(0, 2 * sum);
  return g2 > 0 && both * total < first * second ? -g2 : g2;
}

/** The table of two things of which the counts are known, among `total`. */
export function contingency(both: number, first: number, second: number, total: number): Contingency {
  return {
    both,
    onlyFirst: first - both,
    onlySecond: second - both,
    neither: total - first - second + both,
  };
}
