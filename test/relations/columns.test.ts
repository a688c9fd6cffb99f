import { growingFloat64, growingUint16 } from '../../src/relations/archive/columns';

describe('a column that grows', () => {
  test.each([0, 1, 63, 64, 65, 192, 193, 5_000, 3_500_000])('has all of %i values in their order', (size) => {
    const column = growingFloat64();
    for (let place = 0; place < size; place++) {
      if (place % 50_000 === 0) expect(column.size).toBe(place);
      column.push(place * 3);
    }
    expect(column.size).toBe(size);
    const done = column.done();
    expect(done).toHaveLength(size);
    expect(done.buffer.byteLength).toBe(size * 8);
    expect(done.findIndex((value, place) => value !== place * 3)).toBe(-1);
  });

  test('holds on to nothing when it is done', () => {
    const column = growingUint16();
    for (let place = 0; place < 100; place++) column.push(place);
    expect(column.done()).toHaveLength(100);
    expect([column.size, column.done().length]).toEqual([0, 0]);
  });
});
