import fc from 'fast-check';
import { type Mark, MOST_BY_MACHINE, retagged } from '../../src/tagging';
import { bounded } from '../support/bounded';

const key = fc.nat({ max: 40 });
const salience = fc.integer({ min: 0, max: 10_000 }).map((each) => each / 10_000);
const mark: fc.Arbitrary<Mark> = fc.record({
  topicId: key,
  salience,
  mentions: fc.nat({ max: 9 }),
  source: fc.constantFrom('EDITOR' as const, 'IMPORT' as const, 'MACHINE' as const),
});
const distinct = <T extends { topicId: number }>(each: fc.Arbitrary<T>) =>
  fc.uniqueArray(each, { maxLength: 40, selector: ({ topicId }) => topicId });
const found = fc.record({ topicId: key, salience, mentions: fc.integer({ min: 1, max: 9 }) });

const cases = fc.record({
  marks: distinct(mark),
  removed: fc.uniqueArray(key).map((keys) => new Set(keys)),
  found: distinct(found),
  most: fc.constant(100),
});

test('a machine overrides nobody: what people gave stays as they gave it, what they took stays away', () => {
  fc.assert(
    fc.property(cases, (tagged) => {
      const after = retagged(tagged);
      const people = (marks: readonly Mark[]) =>
        marks
          .filter(({ source }) => source !== 'MACHINE')
          .map(({ topicId, salience: given, source }) => ({ topicId, salience: given, source }));
      expect(people(after)).toEqual(people(tagged.marks));
      const machine = after.filter(({ source }) => source === 'MACHINE');
      expect(machine.filter(({ topicId }) => tagged.removed.has(topicId))).toEqual([]);
      expect(new Set(after.map(({ topicId }) => topicId)).size).toBe(after.length);
      expect(machine.length).toBeLessThanOrEqual(MOST_BY_MACHINE);
    }),
    bounded(300),
  );
});

test('to do it again changes nothing', () => {
  fc.assert(
    fc.property(cases, (tagged) => {
      const once = retagged(tagged);
      expect(retagged({ ...tagged, marks: once })).toEqual(once);
    }),
    bounded(300),
  );
});

test('a machine leaves no more than an article may carry', () => {
  const many = Array.from({ length: 5 }, (_, topicId) => ({ topicId, salience: 0.1, mentions: 1 }));
  const given: Mark[] = [{ topicId: 9, salience: 1, mentions: 0, source: 'EDITOR' }];
  expect(retagged({ marks: given, removed: new Set(), found: many, most: 3 })).toHaveLength(3);
});
