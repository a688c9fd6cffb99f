/**
 * Normalised pointwise mutual information of m things, from -1 (never together) over 0 (by chance) to 1 (only
 * together): ln(p(all) / product of p(i)) / (-(m - 1) ln p(all)). Null where they are never together, and where
 * everything has all of them, which leaves 0/0.
 *
 * Gerlof Bouma, "Normalized (Pointwise) Mutual Information in Collocation Extraction", GSCL 2009; for more than two by
 * Tim Van de Cruys, "Two Multivariate Generalizations of Pointwise Mutual Information", DiSCo 2011.
 */
export function npmi(together: number, counts: readonly number[], total: number): number | null {
  if (together === 0 || together === total) return null;
  const joint = Math.log(together / total);
  const independent = counts.reduce((sum, count) => sum + Math.log(count / total), 0);
  return (joint - independent) / (-(counts.length - 1) * joint);
}
