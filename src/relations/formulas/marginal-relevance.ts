/** How two candidates compare. */
export interface Likeness<C> {
  /** Whether both are the same, so that a list has one of them at most. */
  areSame(a: C, b: C): boolean;
  /** How alike they are, from 0 to 1. */
  alike(a: C, b: C): number;
}

/**
 * Chooses `most` of the candidates one after the other: each time the one with the greatest
 * lambda relevance - (1 - lambda) likeness to the most alike that was chosen, of those that are the same as none of
 * these. Relevance is the score by the highest score. Of equal ones the first is taken, so the candidates come in the
 * order of preference.
 *
 * Jaime Carbonell and Jade Goldstein, "The Use of MMR, Diversity-Based Reranking", SIGIR 1998.
 * @param lambda from 0 to 1: how much relevance counts against being unlike what is in the list already
 */
export function diversify<C extends { readonly score: number }>(
  candidates: readonly C[],
  most: number,
  lambda: number,
  { areSame, alike }: Likeness<C>,
): C[] {
  const highest = Math.max(Number.MIN_VALUE, ...candidates.map(({ score }) => score));
  let left = candidates.map((candidate) => ({ candidate, likeness: 0 }));
  const chosen: C[] = [];
  while (chosen.length < most && left.length > 0) {
    let best = 0;
    for (let place = 1; place < left.length; place++)
      if (worth(left[place]) > worth(left[best])) best = place;
    const [next] = left.splice(best, 1);
    if (next === undefined) break;
    chosen.push(next.candidate);
    left = left.filter((other) => !areSame(other.candidate, next.candidate));
    for (const other of left)
      other.likeness = Math.max(other.likeness, alike(other.candidate, next.candidate));
  }
  return chosen;

  function worth(each: { candidate: C; likeness: number } | undefined): number {
    if (each === undefined) return -Infinity;
    return (lambda * each.candidate.score) / highest - (1 - lambda) * each.likeness;
  }
}
