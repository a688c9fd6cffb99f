import fc from 'fast-check';
import { association } from '../../src/relations/formulas/association';
import { bursts } from '../../src/relations/formulas/bursts';
import { decayed, decayedSum } from '../../src/relations/formulas/decay';
import { expectedTogether, lift } from '../../src/relations/formulas/lift';
import { contingency, logLikelihood } from '../../src/relations/formulas/log-likelihood';
import { momentum } from '../../src/relations/formulas/momentum';
import { npmi } from '../../src/relations/formulas/npmi';
import { Best, type Ranked, steady } from '../../src/relations/formulas/ranking';
import { surprise, surprises } from '../../src/relations/formulas/surprise';

const tables = fc
  .record({ total: fc.integer({ min: 1, max: 500 }), a: fc.nat(500), b: fc.nat(500), both: fc.nat(500) })
  .map(({ total, a, b, both }) => {
    const [first, second] = [Math.min(a, total), Math.min(b, total)];
    const least = Math.max(0, first + second - total);
    return { total, first, second, both: Math.max(least, Math.min(both, first, second)) };
  });

describe('the log-likelihood ratio', () => {
  test("is Dunning's: the first row of his table of bigrams, 110 of 31,777 words", () => {
    // "the swiss": together 110, "the" alone 2442, "swiss" alone 111, neither 29114; -2 log lambda = 270.72.
    const table = { both: 110, onlyFirst: 2442, onlySecond: 111, neither: 29_114 };
    expect(logLikelihood(table)).toBeCloseTo(270.72, 2);
  });

  test('of a table with digits: 10, 20, 30, 40', () => {
    // 2 (10 ln(10/12) + 20 ln(20/18) + 30 ln(30/28) + 40 ln(40/42)), below what is expected.
    const table = { both: 10, onlyFirst: 20, onlySecond: 30, neither: 40 };
    expect(logLikelihood(table)).toBeCloseTo(-0.804_348_646, 8);
  });

  test('is the difference of the likelihoods of two binomials and of one, with the sign of the association', () => {
    const binomial = (k: number, n: number, p: number) =>
      (k === 0 ? 0 : k * Math.log(p)) + (n === k ? 0 : (n - k) * Math.log(1 - p));
    fc.assert(
      fc.property(tables, ({ both, first, second, total }) => {
        const g2 = logLikelihood(contingency(both, first, second, total));
        const others = total - first;
        const [k1, k2] = [both, second - both];
        const apart =
          (first === 0 ? 0 : binomial(k1, first, k1 / first)) +
          (others === 0 ? 0 : binomial(k2, others, k2 / others));
        const as1 = binomial(k1, first, second / total) + binomial(k2, others, second / total);
        expect(Math.abs(g2)).toBeCloseTo(2 * (apart - as1), 6);
        if (Math.abs(g2) > 1e-6) expect(g2 > 0).toBe(both / total > (first / total) * (second / total));
      }),
    );
  });

  test('is 0 of nothing, and of what is as expected', () => {
    expect(logLikelihood(contingency(0, 0, 0, 0))).toBe(0);
    expect(logLikelihood(contingency(6, 10, 60, 100))).toBe(0);
  });
});

describe('lift and npmi', () => {
  test('with digits: 20 of 100 carry both, 40 and 25 carry one', () => {
    expect(expectedTogether([40, 25], 100)).toBeCloseTo(10, 12);
    expect(lift(20, [40, 25], 100)).toBeCloseTo(2, 12);
    // ln 2 / -ln 0.2
    expect(npmi(20, [40, 25], 100)).toBeCloseTo(0.430_676_558, 9);
  });

  test('of three: 8 of 100, 20 each', () => {
    // ln(.08 / .008) / (-2 ln .08)
    expect(npmi(8, [20, 20, 20], 100)).toBeCloseTo(0.455_825_906, 8);
  });

  test('npmi is 1 of what is only together, 0 by chance, and nothing where all or none are together', () => {
    expect(npmi(20, [20, 20], 100)).toBeCloseTo(1, 12);
    expect(npmi(20, [20, 20, 20], 100)).toBeCloseTo(1, 12);
    expect(npmi(10, [20, 50], 100)).toBeCloseTo(0, 12);
    expect(npmi(100, [100, 100], 100)).toBeNull();
    expect(npmi(0, [20, 50], 100)).toBeNull();
  });
});

describe('the association of several topics', () => {
  test('is counted from sets as it is from the articles one by one', () => {
    const archives = fc
      .integer({ min: 2, max: 5 })
      .chain((topics) =>
        fc.tuple(fc.constant(topics), fc.array(fc.nat((1 << topics) - 1), { maxLength: 60 })),
      );
    fc.assert(
      fc.property(archives, ([topics, articles]) => {
        const bySet = Array.from(
          { length: 1 << topics },
          (_, set) => articles.filter((each) => each === set).length,
        );
        const found = association({ topics, total: articles.length, bySet });
        const having = (...places: number[]) =>
          articles.filter((set) => places.every((place) => set & (1 << place))).length;
        const places = Array.from({ length: topics }, (_, place) => place);
        const together = having(...places);
        expect(found).toMatchObject({
          together,
          total: articles.length,
          each: places.map((place) => having(place)),
        });
        const union = articles.filter((set) => set !== 0).length;
        expect(found.jaccard).toEqual(together < 3 ? null : together / union);
        for (const { given, topic, share } of found.conditional) {
          expect(share).toBe(having(given) === 0 ? null : having(given, topic) / having(given));
        }
        expect(found.conditional).toHaveLength(topics * (topics - 1));
        if (topics > 2 || together < 3) expect(found.logLikelihood).toBeNull();
      }),
    );
  });

  test('of many is significant when that of every two is', () => {
    const bySet = [100, 5, 5, 5, 5, 5, 5, 40];
    const two = (a: number, b: number) => {
      const all = bySet.reduce((sum, count) => sum + count, 0);
      const both = bySet.reduce((sum, count, set) => (set & a && set & b ? sum + count : sum), 0);
      const one = (bit: number) => bySet.reduce((sum, count, set) => (set & bit ? sum + count : sum), 0);
      return logLikelihood(contingency(both, one(a), one(b), all));
    };
    expect([two(1, 2), two(1, 4), two(2, 4)].every((g2) => g2 >= 10.83)).toBe(true);
    expect(association({ topics: 3, total: 170, bySet }).significant).toBe(true);
    const independent = [100, 100, 10, 10, 10, 10, 1, 20];
    expect(association({ topics: 3, total: 261, bySet: independent }).significant).toBe(false);
  });
});

describe('what is surprising', () => {
  test('with digits: 2 of 10, then 4 of 10, then 9 of 20', () => {
    const found = surprises([
      { count: 2, total: 10 },
      { count: 4, total: 10 },
      { count: 9, total: 20 },
    ]);
    expect(found[0]).toBeNull();
    // (4 - 2) / sqrt 3, and (9 - 20 * 6/20) / sqrt 7
    expect(found[1]).toEqual({ baseline: 2, z: expect.closeTo(1.154_700_538, 9) });
    expect(found[2]).toEqual({ baseline: 6, z: expect.closeTo(1.133_893_419, 9) });
  });

  test('is measured by nothing where nothing was before', () => {
    expect(surprise({ count: 3, total: 5 }, { count: 0, total: 0 })).toEqual({ baseline: 0, z: 3 });
  });
});

describe('decay', () => {
  test('halves in its half-life', () => {
    expect(decayed(0, 60)).toBe(2 ** 32);
    expect(decayed(60, 60)).toBe(2 ** 31);
    expect(decayed(6, 3)).toBe(2 ** 30);
  });

  test('adds up alike in any order, and to what the powers do', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1_000), { minLength: 1, maxLength: 400 }), (counts) => {
        const last = counts.length - 1;
        const plain = counts.reduce((sum, count, day) => sum + count * 0.5 ** ((last - day) / 60), 0);
        expect(decayedSum(counts, 60)).toBeCloseTo(plain, 3);
        const terms = counts.map((count, day) => count * decayed(last - day, 60));
        const [forth, back] = [terms, terms.toReversed()].map((all) =>
          all.reduce((sum, term) => sum + term, 0),
        );
        expect(forth).toBe(back);
      }),
    );
  });

  test('momentum is 1 of what is covered like everything, above it of what is fresh, and nothing of nothing', () => {
    expect(momentum([1, 2, 3], [10, 20, 30])).toBeCloseTo(1, 9);
    expect(momentum([0, 0, 0], [10, 20, 30])).toBeNull();
    expect(momentum([], [])).toBeNull();
    // Fresh: 4 + 1/2; usual: 4 + 2^-(3/60); of all: 10 (1 + 2^-1/3 + 2^-2/3 + 2^-1) over the same by 60.
    const counts = [1, 0, 0, 4];
    const all = [10, 10, 10, 10];
    const sum = (values: number[], days: number) =>
      values.reduce((total, value, day) => total + value * 2 ** (-(3 - day) / days), 0);
    const expected = sum(counts, 3) / sum(counts, 60) / (sum(all, 3) / sum(all, 60));
    expect(momentum(counts, all)).toBeCloseTo(expected, 8);
    expect(momentum(counts, all)).toBeCloseTo(1.218_582_146, 7);
  });
});

describe("Kleinberg's bursts", () => {
  /** The cost of a sequence of states, with the binomial coefficients, as the paper writes it. */
  const costOf = (states: readonly number[], counts: readonly number[], totals: readonly number[]) => {
    const all = totals.reduce((sum, total) => sum + total, 0);
    const usual = counts.reduce((sum, count) => sum + count, 0) / all;
    const rates = [usual, Math.min(2 * usual, 0.9999)];
    let cost = 0;
    for (const [day, state] of states.entries()) {
      const [count, total, rate] = [counts[day] ?? 0, totals[day] ?? 0, rates[state] ?? 0];
      if (state === 1 && (states[day - 1] ?? 0) === 0) cost += Math.log(counts.length);
      cost -= lnChoose(total, count) + count * Math.log(rate) + (total - count) * Math.log(1 - rate);
    }
    return cost;
  };

  const lnChoose = (n: number, k: number) => {
    let sum = 0;
    for (let each = 1; each <= k; each++) sum += Math.log((n - k + each) / each);
    return sum;
  };

  const days = fc.array(
    fc.record({ total: fc.integer({ min: 0, max: 12 }), count: fc.nat(12) }).map(({ total, count }) => ({
      total,
      count: Math.min(total, count),
    })),
    { minLength: 1, maxLength: 9 },
  );

  test('are the cheapest of all sequences of states', () => {
    fc.assert(
      fc.property(days, (each) => {
        const counts = each.map(({ count }) => count);
        const totals = each.map(({ total }) => total);
        const relevant = counts.reduce((sum, count) => sum + count, 0);
        fc.pre(relevant > 0 && relevant < totals.reduce((sum, total) => sum + total, 0));
        const sequences = Array.from({ length: 1 << counts.length }, (_, bits) =>
          counts.map((_count, day) => (bits >> day) & 1),
        );
        const cheapest = Math.min(...sequences.map((states) => costOf(states, counts, totals)));
        const found = bursts(counts, totals);
        const states = counts.map((_, day) =>
          found.some(({ from, to }) => from <= day && day < to) ? 1 : 0,
        );
        expect(costOf(states, counts, totals)).toBeCloseTo(cheapest, 8);
        for (const { from, to, weight } of found) {
          const flat = states.map((state, day) => (from <= day && day < to ? 0 : state));
          const entering = Math.log(counts.length);
          expect(weight).toBeCloseTo(
            costOf(flat, counts, totals) - costOf(states, counts, totals) + entering,
            8,
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  test('with digits: one busy day among ten', () => {
    const counts = [1, 1, 1, 1, 10, 1, 1, 1, 1, 1];
    const totals = counts.map(() => 20);
    // p0 = 19/200, p1 = 19/100: 10 ln 2 + 10 ln(.81/.905), against ln 10.
    expect(bursts(counts, totals)).toEqual([{ from: 4, to: 5, weight: expect.closeTo(5.822_464_845, 8) }]);
  });

  test('are none where nothing was covered, or everything', () => {
    expect(bursts([], [])).toEqual([]);
    expect(bursts([0, 0], [5, 5])).toEqual([]);
    expect(bursts([5, 5], [5, 5])).toEqual([]);
    expect(bursts([0, 0], [0, 0])).toEqual([]);
  });
});

describe('the best of many', () => {
  const score = fc.oneof(
    fc.constant(null),
    fc.constantFrom(-1, 0, 0.1, 0.1 + 1e-12, 2.5),
    fc.double({ noNaN: true }),
  );
  const ranked = fc.record({ score, articleCount: fc.nat(3), topic: fc.nat() });
  const many = fc.uniqueArray(ranked, { selector: ({ topic }) => topic, maxLength: 60 });

  const sorted = (all: readonly Ranked[]) =>
    [...all].sort(
      (a, b) =>
        Number(a.score === null) - Number(b.score === null) ||
        steady(b.score ?? 0) - steady(a.score ?? 0) ||
        b.articleCount - a.articleCount ||
        a.topic - b.topic,
    );

  test('are the first of all in their order, however they come, and no other is taken', () => {
    fc.assert(
      fc.property(many, fc.nat(20), (all, most) => {
        const best = new Best<Ranked>(most);
        for (const each of all) {
          const before = best.all().length;
          if (best.takes(each.score, each.articleCount, each.topic)) best.add(each);
          else expect(before).toBe(most);
        }
        expect(best.all()).toEqual(sorted(all).slice(0, most));
      }),
      { numRuns: 1_000 },
    );
  });
});
