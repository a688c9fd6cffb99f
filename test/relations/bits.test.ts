import fc from 'fast-check';
import {
  andBits,
  clearBit,
  countBits,
  hasBit,
  intersection,
  nextBit,
  noBits,
  orBits,
  previousBit,
  setBit,
  setRows,
  withoutBits,
} from '../../src/relations/archive/bits';

/** Rows of a segment of some words, the last one not full, and two places in it. */
const cases = fc.integer({ min: 1, max: 150 }).chain((size) =>
  fc.record({
    size: fc.constant(size),
    rows: fc.uniqueArray(fc.nat({ max: size - 1 })),
    others: fc.uniqueArray(fc.nat({ max: size - 1 })),
    from: fc.nat({ max: size }),
    to: fc.nat({ max: size }),
  }),
);

function bitsOf(size: number, rows: readonly number[]) {
  const bits = noBits(size);
  for (const row of rows) setBit(bits, row);
  return bits;
}

const rowsIn = (bits: Int32Array, size: number) =>
  Array.from({ length: size }, (_, row) => row).filter((row) => hasBit(bits, row));

describe('rows as bits', () => {
  test('are counted, found and cut as the same rows in a list are', () => {
    fc.assert(
      fc.property(cases, ({ size, rows, others, from, to }) => {
        const bits = bitsOf(size, rows);
        const sorted = [...rows].sort((a, b) => a - b);
        const inside = sorted.filter((row) => row >= from && row < to);
        expect(rowsIn(bits, size)).toEqual(sorted);
        expect(countBits(bits, from, to)).toBe(inside.length);
        const set = bits.slice();
        setRows(set, { from, to });
        expect(rowsIn(set, size)).toEqual(
          Array.from({ length: Math.max(0, to - from) }, (_, place) => from + place),
        );
        expect(nextBit(bits, from)).toBe(sorted.find((row) => row >= from) ?? -1);
        expect(previousBit(bits, to - 1)).toBe(sorted.findLast((row) => row < to) ?? -1);
        const both = intersection(bits, bitsOf(size, others));
        expect(rowsIn(both, size)).toEqual(sorted.filter((row) => others.includes(row)));
        expect(rowsIn(andBits(bits.slice(), bitsOf(size, others)), size)).toEqual(rowsIn(both, size));
        const either = bits.slice();
        orBits(either, bitsOf(size, others));
        expect(rowsIn(either, size)).toEqual([...new Set([...rows, ...others])].sort((a, b) => a - b));
        withoutBits(either, bitsOf(size, others));
        expect(rowsIn(either, size)).toEqual(sorted.filter((row) => !others.includes(row)));
        for (const row of others) clearBit(bits, row);
        expect(rowsIn(bits, size)).toEqual(sorted.filter((row) => !others.includes(row)));
      }),
      { numRuns: 500 },
    );
  });
});
