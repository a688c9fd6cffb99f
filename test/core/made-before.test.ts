import fc from 'fast-check';
import { globalId, parseGlobalId } from '../../src/core/ids';
import { MadeBefore } from '../../src/core/made-before';
import { toCursor, toPage } from '../../src/core/paging';

/** Far apart, and in each other's places. */
const keys = fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  fc.integer({ min: 0, max: 40 }).map((n) => n * 16_384 + 7),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
);

test('a text is the same whether it was made before or not', () => {
  const pairs = fc.array(fc.tuple(keys, fc.oneof(fc.constantFrom(-1, 0, 1), fc.maxSafeInteger())), {
    maxLength: 200,
  });
  let made = 0;
  let asked = 0;
  fc.assert(
    fc.property(pairs, (sequence) => {
      const before = new MadeBefore();
      const make = (key: number, other: number) => {
        made++;
        return `${key}/${other}`;
      };
      for (const [key, other] of [...sequence, ...sequence]) {
        asked++;
        expect(before.text(key, other, make)).toBe(`${key}/${other}`);
      }
    }),
  );
  expect(made).toBeLessThan(asked * 0.9);
});

test('ids and cursors of keys that share a place are told apart', () => {
  const order = { name: 'NEWEST', sort: 'number' } as const;
  for (const key of [1, 16_385, 32_769, 1, 16_385]) {
    for (const type of ['Article', 'Comment'] as const)
      expect(parseGlobalId(globalId(type, key))).toEqual({ type, key });
    for (const sort of [5, -5]) {
      expect(toPage({ first: 1, after: toCursor(order, { sort, key }) }, order).from).toEqual({ sort, key });
    }
  }
});
