import fc from 'fast-check';
import { isoOf } from '../../src/core/iso';

/** What a Date can hold, in milliseconds on either side of 1970. */
const MOST = 8_640_000_000_000_000;

test('writes every instant that a Date can hold as toISOString does', () => {
  const instants = fc.oneof(
    fc.integer({ min: -MOST, max: MOST }),
    fc.date({ noInvalidDate: true }).map((date) => date.getTime()),
    fc.constantFrom(-MOST, MOST, 0, -1, 1, 86_399_999, 86_400_000, -62_167_219_200_001, 253_402_300_800_000),
  );
  fc.assert(
    fc.property(instants, (instant) => {
      expect(isoOf(instant)).toBe(new Date(instant).toISOString());
    }),
    { numRuns: 5_000 },
  );
});

test('cuts off parts of milliseconds, as toISOString does', () => {
  for (const instant of [1.5, -1.5, 1_780_000_000_000.999]) {
    expect(isoOf(instant)).toBe(new Date(instant).toISOString());
  }
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, MOST + 1, -MOST - 1])('refuses %p', (instant) => {
  expect(() => isoOf(instant)).toThrow(RangeError);
});

test('still writes what it should when more days were asked for than it remembers', () => {
  const day = 86_400_000;
  for (let at = 0; at < 20_100; at++) isoOf(at * day);
  expect(isoOf(day + 1)).toBe('1970-01-02T00:00:00.001Z');
});
