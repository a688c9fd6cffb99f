import { SALIENCE_ROOM } from '../../src/relations/archive/facts';
import { SegmentBuilder } from '../../src/relations/archive/segment-builder';
import { TopicNumbers } from '../../src/relations/archive/topic-numbers';

test.each([
  [32_767, 2],
  [32_768, 2],
  [32_769, 4],
])('of %i topics the last is told apart from all others, in %i bytes', async (topics, bytes) => {
  const numbers = new TopicNumbers();
  for (let key = 1; key <= topics; key++) numbers.of(key);
  const builder = new SegmentBuilder(numbers);
  const ties = [
    [1, 0, 10_000],
    [topics, 1, 7],
    [topics - 1, 0, 0],
  ] as const;
  for (let id = 1; id <= 3; id++) {
    builder.add({
      ...{ id, listedAt: id, updatedAt: id, embargoUntil: null, expiresAt: null, copies: [] },
      ties: ties.map(([topic, direct, salience]) => (2 * topic + direct) * SALIENCE_ROOM + salience),
    });
  }
  const segment = await builder.done();
  expect(segment.carried.BYTES_PER_ELEMENT).toBe(bytes);
  const read = [...segment.carried].map((packed, tie) => [
    numbers.keyOf(packed >>> 1),
    packed & 1,
    segment.salience[tie],
  ]);
  expect(read).toEqual([...ties, ...ties, ...ties]);
  expect([...segment.postings(topics - 1).all()]).toEqual([1, 3, 5]);
  expect(segment.countCarriers(topics - 2, { from: 0, to: 2 })).toBe(2);
});
