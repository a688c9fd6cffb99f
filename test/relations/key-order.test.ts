import fc from 'fast-check';
import { rowsByKey } from '../../src/relations/archive/key-order';

const LARGEST = 2 ** 31 - 1;

const compared = (keys: Int32Array) =>
  [...keys.keys()].sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b);

describe('rows in the order of their keys', () => {
  test('are those that comparing finds, of few', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat({ max: LARGEST }), { maxLength: 200 }), async (all) => {
        const keys = Int32Array.from(all);
        expect([...(await rowsByKey(keys))]).toEqual(compared(keys));
      }),
    );
  });

  test('and of more than are compared, wherever their keys lie', async () => {
    // An odd factor goes through all keys, each once.
    const keys = Int32Array.from({ length: 70_000 }, (_, row) => Math.imul(row, 0x9e3779b1) & LARGEST);
    const unique = Int32Array.from(new Set(keys));
    expect(unique.length).toBeGreaterThan(66_000);
    expect([...(await rowsByKey(unique))]).toEqual(compared(unique));
  });
});
