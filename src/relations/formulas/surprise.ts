/** A count among all, in the bucket of a timeline. */
export interface Bucketed {
  readonly count: number;
  readonly total: number;
}

/** What was to be expected of a bucket by those before it, and how far it is from that. */
export interface Surprise {
  readonly baseline: number;
  /** In standard deviations of a Poisson process, with one added so that the first mention is no sensation. */
  readonly z: number;
}

/**
 * The baseline is the bucket's total times the share over all buckets before it, and z = (count - baseline) /
 * sqrt(baseline + 1). With nothing at all before it the share is 0.
 */
export function surprise({ count, total }: Bucketed, before: Bucketed): Surprise {
  const baseline = before.total === 0 ? 0 : total * (before.count / before.total);
  return { baseline, z: (count - baseline) / Math.sqrt(baseline + 1) };
}

/** Of each bucket but the first, which has none before it: null. */
export function surprises(buckets: readonly Bucketed[]): (Surprise | null)[] {
  const before = { count: 0, total: 0 };
  return buckets.map((bucket, index) => {
    const found = index === 0 ? null : surprise(bucket, before);
    before.count += bucket.count;
    before.total += bucket.total;
    return found;
  });
}
