import fc from 'fast-check';
import { type PostingList, PostingLists } from '../../src/relations/archive/postings';

/** Around the places where the upper half of a posting changes. */
const ROWS = 100_000;
const rows = fc.oneof(
  fc.integer({ min: 0, max: ROWS - 1 }),
  fc.integer({ min: 32_766, max: 32_769 }),
  fc.integer({ min: 65_534, max: 65_537 }),
);
const TOPICS = 4;

/** By topic, which rows carry it; whether directly. */
const carriers = fc.array(
  fc.uniqueArray(fc.tuple(rows, fc.boolean()), { maxLength: 60, selector: ([row]) => row }),
  { minLength: TOPICS, maxLength: TOPICS },
);

describe('the postings of a topic', () => {
  test('are its rows, all and those of a window, and are counted without being read', async () => {
    const window = fc.tuple(rows, rows).map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) }));
    await fc.assert(
      fc.asyncProperty(carriers, window, fc.integer({ min: 1, max: ROWS }), async (each, asked, size) => {
        const kept = each.map((topic) => topic.filter(([row]) => row < size).sort(([a], [b]) => a - b));
        const lists = await PostingLists.of(tiesOf(kept, size), TOPICS);
        expect(lists.topics).toBe(TOPICS);
        expect(lists.size).toBe(kept.flat().length);
        for (const [topic, ties] of kept.entries()) {
          const list = lists.list(topic);
          const expected = ties.map(([row, direct]) => row * 2 + Number(direct));
          const inside = expected.filter((one) => one >>> 1 >= asked.from && one >>> 1 < asked.to);
          expect(numbersOf(list)).toEqual(expected);
          expect(numbersOf(list.within(asked))).toEqual(inside);
          expect(lists.countIn(topic, asked)).toBe(inside.length);
          expect(list.firstFrom(asked.from)).toBe(expected.filter((one) => one >>> 1 < asked.from).length);
          // Piece by piece it is the same.
          const middle = Math.floor(inside.length / 2);
          const part = list.within(asked);
          expect([...part.part(0, middle).all(), ...part.part(middle, part.length).all()]).toEqual(inside);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are read in pieces that one another, and the event loop, go between', async () => {
    const size = 25_000;
    const ties = Array.from({ length: size }, (_, row) => [row * 3, row % 2 === 0] as const);
    const list = (await PostingLists.of(tiesOf([ties], size * 3), 1)).list(0);
    const [pieces, lengths]: [number[], number[]] = [[], []];
    await list.visitInSlices((some) => {
      lengths.push(some.length);
      pieces.push(...some);
    });
    expect(pieces).toEqual([...list.all()]);
    expect(pieces).toEqual(ties.map(([row, direct]) => row * 2 + Number(direct)));
    expect(Math.max(...lengths)).toBeLessThan(size);
  });

  test('are none of a topic that has another number than all that there are', async () => {
    const lists = await PostingLists.of(tiesOf([[[0, true]]], 1), 1);
    expect(numbersOf(lists.list(1))).toEqual([]);
    expect(lists.countIn(7, { from: 0, to: 1 })).toBe(0);
    expect(lists.list(7).within({ from: 0, to: 1 })).toHaveLength(0);
  });
});

function tiesOf(each: readonly (readonly (readonly [row: number, direct: boolean])[])[], size: number) {
  const byRow = new Map<number, number[]>();
  for (const [topic, ties] of each.entries()) {
    for (const [row, direct] of ties) {
      const known = byRow.get(row);
      if (known) known.push(topic * 2 + Number(direct));
      else byRow.set(row, [topic * 2 + Number(direct)]);
    }
  }
  const offsets = new Uint32Array(size + 1);
  const carried: number[] = [];
  for (let row = 0; row < size; row++) {
    offsets[row] = carried.length;
    carried.push(...(byRow.get(row) ?? []));
  }
  offsets[size] = carried.length;
  return { offsets, carried: Uint16Array.from(carried) };
}

/** Read at once and piece by piece. */
function numbersOf(list: PostingList): number[] {
  const all = [...list.all()];
  const pieces: number[] = [];
  list.visit((some) => {
    pieces.push(...some);
  });
  expect(pieces).toEqual(all);
  expect(list.length).toBe(all.length);
  return all;
}
