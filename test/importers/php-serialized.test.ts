import fc from 'fast-check';
import { parsePhpSerialized } from '../../src/importers/wordpress';

it.each([
  ['i:-5;', -5],
  ['d:0.5;', 0.5],
  ['d:1.0E+25;', 1e25],
  ['d:INF;', Number.POSITIVE_INFINITY],
  ['b:1;', true],
  ['b:0;', false],
  ['N;', null],
  ['s:13:"¯\\_(ツ)_/¯";', '¯\\_(ツ)_/¯'],
  ['s:3:"a"b";', 'a"b'],
])('%s is %p', (text, value) => {
  expect(parsePhpSerialized(text)).toBe(value);
});

it('reads arrays and objects as maps, private names without their class', () => {
  const text = 'a:2:{i:0;s:1:"x";s:1:"o";O:3:"Foo":2:{s:6:"\0Foo\0a";i:1;s:1:"b";a:0:{}}}';
  expect(parsePhpSerialized(text)).toEqual(
    new Map<unknown, unknown>([
      [0, 'x'],
      [
        'o',
        new Map<unknown, unknown>([
          ['a', 1],
          ['b', new Map()],
        ]),
      ],
    ]),
  );
});

it.each([
  '',
  'plain text',
  's:5:"abc";',
  's:2:"abc";',
  'i:5',
  'i:x;',
  'a:1:{i:0;}',
  'a:9999999999:{}',
  'a:2:{i:0;i:1;}',
  'i:1;i:2;',
  's:99999:"x";',
  'O:3:"Foo":1:{',
  'C:3:"Foo":1:{x}',
  'r:1;',
  'a:1:{a:0:{}i:1;}',
  'b:2;',
  'd:;',
  's:-1:"";',
])('%p is no value', (text) => {
  expect(parsePhpSerialized(text)).toBeNull();
});

it('refuses what is nested too deeply', () => {
  const nested = (depth: number) => `${'a:1:{i:0;'.repeat(depth)}i:1;${'}'.repeat(depth)}`;
  expect(parsePhpSerialized(nested(32))).not.toBeNull();
  expect(parsePhpSerialized(nested(33))).toBeNull();
  expect(parsePhpSerialized(nested(100_000))).toBeNull();
});

it('keeps names that JavaScript gives a meaning apart', () => {
  const value = parsePhpSerialized('a:1:{s:9:"__proto__";s:1:"x";}');
  expect(value).toEqual(new Map([['__proto__', 'x']]));
});

it('reads back whatever is written', () => {
  const { value } = fc.letrec<{ value: unknown; map: Map<string | number, unknown> }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'grapheme' }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      tie('map'),
    ),
    map: fc
      .array(
        fc.tuple(
          fc.oneof(
            fc.string().filter((key) => !key.includes('\0')),
            fc.nat(),
          ),
          tie('value'),
        ),
        { maxLength: 5 },
      )
      .map((entries) => new Map(entries)),
  }));
  fc.assert(fc.property(value, (written) => expect(parsePhpSerialized(serialize(written))).toEqual(written)));
});

it('never throws', () => {
  const piece = fc.constantFrom(
    'a:',
    's:',
    'i:',
    'O:',
    '1',
    '2',
    ':',
    ';',
    '{',
    '}',
    '"',
    'x',
    'N;',
    'b:1;',
    '9999',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => void parsePhpSerialized(pieces.join(''))),
  );
});

function serialize(value: unknown): string {
  if (value === null) return 'N;';
  if (typeof value === 'boolean') return `b:${value ? 1 : 0};`;
  if (typeof value === 'number') return `i:${value};`;
  if (typeof value === 'string') return `s:${Buffer.byteLength(value)}:"${value}";`;
  if (!(value instanceof Map)) throw new TypeError('not serialisable');
  const entries = [...value].map(([key, entry]) => serialize(key) + serialize(entry));
  return `a:${value.size}:{${entries.join('')}}`;
}
