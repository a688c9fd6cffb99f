import type { Segment, TopicNumber } from './archive/segment';

/** How much an article is about all of the topics together, in ten-thousandths. */
export function summedSalience(
  segment: Segment,
  row: number,
  topics: readonly (TopicNumber | null)[],
): number {
  const { offsets, carried, salience } = segment;
  const end = offsets[row + 1] ?? 0;
  let sum = 0;
  for (let tie = offsets[row] ?? 0; tie < end; tie++) {
    if (topics.includes((carried[tie] ?? 0) >>> 1)) sum += salience[tie] ?? 0;
  }
  return sum;
}
