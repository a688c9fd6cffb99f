/**
 * How much it tells that an article carries something that `count` of `total` articles carry: ln(1 + (N - n + 0.5) /
 * (n + 0.5)), as BM25 has it; next to nothing of what stands on everything.
 *
 * Stephen Robertson and Hugo Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009; with the 1 that
 * Lucene adds, so that nothing counts against.
 */
export function inverseFrequency(count: number, total: number): number {
  return Math.log(1 + (total - count + 0.5) / (count + 0.5));
}
