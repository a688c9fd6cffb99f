import type { RowNumber } from './segment';
import type { Rows } from './view';

/** The postings of these rows. */
export function within(postings: Uint32Array, { from, to }: Rows): Uint32Array {
  return postings.subarray(firstPosting(postings, from), firstPosting(postings, to));
}

/** Where, among the postings of a topic, those of rows from this one on begin. */
export function firstPosting(
  postings: Uint32Array,
  row: RowNumber,
  start = 0,
  end = postings.length,
): number {
  // Most windows have an end that is that of the archive.
  if (row === 0 || start === end) return start;
  if ((postings[end - 1] ?? 0) >>> 1 < row) return end;
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((postings[middle] ?? 0) >>> 1 < row) low = middle + 1;
    else high = middle;
  }
  return low;
}
