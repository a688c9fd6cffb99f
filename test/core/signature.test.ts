import fc from 'fast-check';
import { areCopies, bucketsOf, likenessOf, signatureOf } from '../../src/core/text';
import { bounded } from '../support/bounded';

const hashes = fc.array(fc.nat({ max: 0xff_ffff }), { minLength: 60, maxLength: 400 });

/** The share of runs of three words that both have, of those that either has. */
function jaccard(a: readonly number[], b: readonly number[]): number {
  const runs = (words: readonly number[]) =>
    new Set(words.slice(2).map((_, at) => words.slice(at, at + 3).join(' ')));
  const [x, y] = [runs(a), runs(b)];
  const common = [...x].filter((run) => y.has(run)).length;
  return common / (x.size + y.size - common);
}

function signed(words: readonly number[]): Uint8Array {
  const signature = signatureOf(words);
  if (signature === null) throw new Error('Too short');
  return signature;
}

describe('the signature of a text', () => {
  test('tells which share of their wording two texts have in common', () => {
    const pairs = fc.record({
      words: hashes,
      other: hashes,
      kept: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    let error = 0;
    let runs = 0;
    fc.assert(
      fc.property(pairs, ({ words, other, kept }) => {
        const copy = [...words.slice(0, Math.ceil(kept * words.length)), ...other];
        const off = Math.abs(likenessOf(signed(words), signed(copy)) - jaccard(words, copy));
        // Four standard deviations of 128 bins, and as much again where a short text leaves bins empty.
        expect(off).toBeLessThan(0.3);
        error += off;
        runs++;
      }),
      bounded(100),
    );
    expect(error / runs).toBeLessThan(0.06);
  });

  test('is the same for the same words, and meets itself in every bucket', () => {
    fc.assert(
      fc.property(hashes, (words) => {
        expect(signed(words)).toEqual(signed([...words]));
        expect(likenessOf(signed(words), signed(words))).toBe(1);
        for (const bucket of bucketsOf(signed(words))) {
          expect(Number.isInteger(bucket) && bucket >= 0 && bucket < 2 ** 22).toBe(true);
        }
      }),
    );
  });

  test('is not made of a text of a few words, or of a sentence that is repeated', () => {
    const words = (count: number) => Array.from({ length: count }, (_, place) => place);
    expect(signatureOf([])).toBeNull();
    expect(signatureOf(words(17))).toBeNull();
    expect(signatureOf(words(30))).not.toBeNull();
    expect(signatureOf(words(300).map((word) => word % 12))).toBeNull();
  });

  test('copies share half of their wording; a text that goes on differently is none', () => {
    const words = Array.from({ length: 300 }, (_, place) => place * 31);
    const others = Array.from({ length: 300 }, (_, place) => 1_000_000 + place * 17);
    expect(areCopies(signed(words), signed(words.slice(0, 220)))).toBe(true);
    expect(areCopies(signed(words), signed([...words, ...others.slice(0, 60)]))).toBe(true);
    expect(areCopies(signed(words), signed([...words.slice(0, 100), ...others]))).toBe(false);
    expect(areCopies(signed(words), signed(others))).toBe(false);
  });
});
