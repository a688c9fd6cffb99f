import fc from 'fast-check';
import { keysIn } from '../../src/database/key-list';

test('keys are read out of a list as JSON.parse reads them', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.constantFrom(undefined, 1), (keys, space) => {
      expect(keysIn(JSON.stringify(keys, null, space))).toEqual(keys);
    }),
  );
});
