/** How much relevance counts against being unlike what is in the list already. */
const RELEVANCE = 0.7;

/**
 * Chooses `most` of the candidates one after the other: each time the one with the greatest
 * 0.7 relevance - 0.3 likeness to the most alike that was chosen. Relevance is the score by the highest score. Of equal
 * ones the first is taken, so the candidates come in the order of preference.
 *
 * Jaime Carbonell and Jade Goldstein, "The Use of MMR, Diversity-Based Reranking", SIGIR 1998.
 * @param alike from 0 to 1
 */
export function diversify<C extends { readonly score: number }>(
  candidates: readonly C[],
  most: number,
  alike: (a: C, b: C) => number,
): C[] {
  const highest = Math.max(...candidates.map(({ score }) => score));
  const left = candidates.map((candidate) => ({ candidate, likeness: 0 }));
  const chosen: C[] = [];
  while (chosen.length < most && left.length > 0) {
    let best = 0;
    for (let place = 1; place < left.length; place++)
      if (worth(left[place]) > worth(left[best])) best = place;
    const [next] = left.splice(best, 1);
    if (next === undefined) break;
    chosen.push(next.candidate);
    for (const other of left)
      other.likeness = Math.max(other.likeness, alike(other.candidate, next.candidate));
  }
  return chosen;

  function worth(each: { candidate: C; likeness: number } | undefined): number {
    if (each === undefined) return -Infinity;
    return (RELEVANCE * each.candidate.score) / highest - (1 - RELEVANCE) * each.likeness;
  }
}
