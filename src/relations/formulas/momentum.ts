import { decayedSum } from './decay';

/** Half-lives in days: what is fresh, and what it is measured by. */
const FRESH = 3;
const USUAL = 60;

/**
 * Whether something gains (above 1) or loses: its fresh coverage over its usual coverage, divided by the same of all
 * articles, so that a busy week of the newsroom is no momentum of every topic. Counts by day; the last of the days is
 * that of the newest article. Null where nothing was counted.
 */
export function momentum(counts: ArrayLike<number>, totals: ArrayLike<number>): number | null {
  const usual = decayedSum(counts, USUAL);
  const fresh = decayedSum(totals, FRESH);
  if (usual === 0 || fresh === 0) return null;
  return decayedSum(counts, FRESH) / usual / (fresh / decayedSum(totals, USUAL));
}
