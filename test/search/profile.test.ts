import fc from 'fast-check';
import { entriesOf, hashOf, profileWith, sharedWeight, weightIn } from '../../src/indexing';

const documents = fc.dictionary(fc.string({ minLength: 1, maxLength: 2 }), fc.integer({ min: 1, max: 90 }));

const profileOf = (weights: Readonly<Record<string, number>>) =>
  profileWith(
    new Uint32Array(0),
    Object.entries(weights).map(([term, weight]) => ({ hash: hashOf(term), weight })),
  );

const entries = (weights: Readonly<Record<string, number>>) => entriesOf(profileOf(weights).toString('hex'));

const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

describe('the weight of a term in a profile', () => {
  test('is found in the digits of either engine, and is 0 for what the document does not have', () => {
    fc.assert(
      fc.property(documents, fc.boolean(), (weights, isUpper) => {
        const hex = profileOf(weights).toString('hex');
        const digits = isUpper ? hex.toUpperCase() : hex;
        for (const [term, weight] of Object.entries(weights))
          expect(weightIn(digits, hashOf(term))).toBe(weight);
        expect(weightIn(digits, hashOf('longer than any of them'))).toBe(0);
      }),
    );
  });
});

describe('what the profiles of two documents have in common', () => {
  test('is the sum of the lower weights by that of the higher ones', () => {
    fc.assert(
      fc.property(documents, documents, (a, b) => {
        const terms = [...new Set([...Object.keys(a), ...Object.keys(b)])];
        const both = terms.map((term) => [a[term] ?? 0, b[term] ?? 0] as const);
        const higher = sum(both.map((pair) => Math.max(...pair)));
        const expected = higher === 0 ? 0 : sum(both.map((pair) => Math.min(...pair))) / higher;
        expect(sharedWeight(entries(a), entries(b))).toBeCloseTo(expected, 12);
      }),
    );
  });

  test('is everything of the same document, and nothing of others, or where there are no words', () => {
    const document = entries({ karachi: 5, port: 1 });
    expect(sharedWeight(document, document)).toBe(1);
    expect(sharedWeight(document, entries({ lahore: 3 }))).toBe(0);
    expect(sharedWeight(entries({}), entries({}))).toBe(0);
  });
});
