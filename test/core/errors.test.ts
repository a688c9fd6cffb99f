import { DrizzleQueryError } from 'drizzle-orm/errors';
import { badInput, DatabaseDamaged, DatabaseUnavailable, datelineErrorIn } from '../../src/core/errors';

describe('datelineErrorIn', () => {
  test('finds an error of ours however deep it is wrapped', () => {
    const fault = new DatabaseDamaged('somewhere');
    const wrapped = new DrizzleQueryError('select secrets', ['private'], fault);
    expect(datelineErrorIn(fault)).toBe(fault);
    expect(datelineErrorIn(wrapped)).toBe(fault);
    expect(datelineErrorIn(new Error('outer', { cause: wrapped }))).toBe(fault);
  });

  test('prefers the outermost', () => {
    const inner = new DatabaseUnavailable('somehow');
    const outer = badInput('first', 'too many');
    outer.cause = inner;
    expect(datelineErrorIn(outer)).toBe(outer);
  });

  test.each([null, undefined, 'text', 5, {}, new Error('a fault'), new Error('x', { cause: 'text' })])(
    'finds nothing in %p',
    (error) => expect(datelineErrorIn(error)).toBeNull(),
  );

  test('comes to an end when an error is its own cause', () => {
    const error = new Error('round');
    error.cause = new Error('and round', { cause: error });
    expect(datelineErrorIn(error)).toBeNull();
  });
});
