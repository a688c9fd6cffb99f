/** A score without its last digits: differences below 1e-9 are rounding, and decide nothing. */
export function steady(score: number): number {
  return Math.round(score * 1e9) / 1e9;
}

/**
 * Orders what is ranked by a score: the highest first, what has none last; equal ones by how many articles there are,
 * then by key.
 */
export function byRank(
  a: { readonly score: number | null; readonly articleCount: number; readonly topic: number },
  b: typeof a,
): number {
  if ((a.score === null) !== (b.score === null)) return a.score === null ? 1 : -1;
  return steady(b.score ?? 0) - steady(a.score ?? 0) || b.articleCount - a.articleCount || a.topic - b.topic;
}
