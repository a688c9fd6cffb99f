import fc from 'fast-check';
import { parseJsonText } from '../../../src/importers/wordpress-rest/json-text';

const WARNING =
  '<br />\n<b>Warning</b>:  Undefined array key "x[0]" in <b>/srv/www/wp-content/plugins/a/b.php</b> on line <b>12</b><br />\n';
const NOTICE = 'PHP Deprecated:  Function strftime() is deprecated in /srv/www/b.php on line 3\n';

describe('the data of an answer', () => {
  test.each([
    ['a byte order mark', '\ufeff[{"id":1}]', [{ id: 1 }]],
    ['messages of PHP before it', `${WARNING}${NOTICE}[{"id":1}]`, [{ id: 1 }]],
    ['messages of PHP behind it', `[{"id":1},{"id":2}]${WARNING}`, [{ id: 1 }, { id: 2 }]],
    ['an empty array in a message', `Array to string conversion []\n{"id":7,"a":[]}`, { id: 7, a: [] }],
    ['an empty list after a message', `${NOTICE}[]`, []],
  ])('is found with %s', (_, text, value) => {
    expect(parseJsonText(text)).toMatchObject({ value });
  });

  test('is told apart from what was mended', () => {
    expect(parseJsonText('{"a":1}')).toEqual({ value: { a: 1 }, mended: false });
    expect(parseJsonText(`${NOTICE}{"a":1}`)).toEqual({ value: { a: 1 }, mended: true });
  });

  test.each([
    ['nothing', ''],
    ['a page', '<!DOCTYPE html><html><body>[{"id":'],
    ['data that breaks off after a message', `${NOTICE}[{"id":1},{"id":2`],
    ['a whole item of a list that breaks off', '[{"id":1},{"id":2'],
  ])('is not there in %s', (_, text) => {
    expect(parseJsonText(text)).toBeUndefined();
  });

  const records = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), { minLength: 1 });

  test('is never a part of what was cut off, wherever that was', () => {
    fc.assert(
      fc.property(records, fc.nat(), fc.boolean(), (value, cut, warned) => {
        const text = JSON.stringify(value);
        const part = text.slice(0, 1 + (cut % (text.length - 1)));
        expect(parseJsonText((warned ? WARNING : '') + part)).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  test('is what it was, whatever PHP prints around it', () => {
    fc.assert(
      fc.property(
        records,
        fc.constantFrom('', WARNING, NOTICE),
        fc.constantFrom('', WARNING),
        (value, before, after) => {
          const plain: unknown = JSON.parse(JSON.stringify(value));
          expect(parseJsonText(before + JSON.stringify(value) + after)?.value).toEqual(plain);
        },
      ),
      { numRuns: 500 },
    );
  });
});
