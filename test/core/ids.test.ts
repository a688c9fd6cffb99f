import fc from 'fast-check';
import { globalId, keyOf, type NodeType, parseGlobalId } from '../../src/core/ids';

const types: NodeType[] = ['Article', 'Category', 'Topic', 'Author', 'Comment'];
const type = fc.constantFrom(...types);
const key = fc.integer({ min: 1, max: 2_147_483_647 });

const encoded = (text: string) => Buffer.from(text).toString('base64url');

describe('a global id', () => {
  test('leads back to its type and key', () => {
    fc.assert(
      fc.property(type, key, (type, key) => {
        const id = globalId(type, key);
        expect(parseGlobalId(id)).toEqual({ type, key });
        for (const other of types) expect(keyOf(other, id)).toBe(other === type ? key : null);
      }),
    );
  });

  test('needs no escaping in a URL', () => {
    fc.assert(fc.property(type, key, (type, key) => expect(globalId(type, key)).toMatch(/^[\w-]+$/)));
  });

  test('stays what it is: clients keep it', () => {
    expect(globalId('Article', 1)).toBe('QXJ0aWNsZTox');
    expect(globalId('Comment', 2_147_483_647)).toBe('Q29tbWVudDoyMTQ3NDgzNjQ3');
  });

  test('has one spelling: any other text that decodes to it is refused', () => {
    fc.assert(
      fc.property(
        type,
        key,
        fc.nat(),
        fc.constantFrom('=', '+', ' ', '\n', '-', 'A', '/', '%3D'),
        (type, key, at, extra) => {
          const id = globalId(type, key);
          const position = at % (id.length + 1);
          const other = id.slice(0, position) + extra + id.slice(position);
          const parsed = parseGlobalId(other);
          // An insertion may happen to spell the id of something else, never of the same.
          expect(parsed).not.toEqual({ type, key });
          if (parsed) expect(globalId(parsed.type, parsed.key)).toBe(other);
        },
      ),
    );
  });

  test('is nothing that globalId does not write', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const parsed = parseGlobalId(text);
        expect(parsed === null || globalId(parsed.type, parsed.key) === text).toBe(true);
      }),
    );
  });

  test.each([
    ['a standard base64 padding', `${Buffer.from('Article:12').toString('base64')}`],
    ['a leading zero', encoded('Article:01')],
    ['a sign', encoded('Article:+1')],
    ['an exponent', encoded('Article:1e3')],
    ['hexadecimal', encoded('Article:0x10')],
    ['white space', encoded('Article: 1')],
    ['a fraction', encoded('Article:1.0')],
    ['zero', encoded('Article:0')],
    ['a negative key', encoded('Article:-1')],
    ['a key beyond four bytes', encoded('Article:2147483648')],
    ['no key', encoded('Article:')],
    ['no type', encoded(':1')],
    ['no colon', encoded('Article1')],
    ['an unknown type', encoded('Change:1')],
    ['a type of JavaScript', encoded('constructor:1')],
    ['another case', encoded('article:1')],
    ['Arabic digits', encoded('Article:١')],
    ['nothing', ''],
    ['a megabyte', 'QXJ0aWNsZTox'.repeat(100_000)],
    ['the plain text', 'Article:1'],
  ])('is not %s', (_, id) => {
    expect(parseGlobalId(id)).toBeNull();
    expect(keyOf('Article', id)).toBeNull();
  });
});
