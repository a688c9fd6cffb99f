import fc from 'fast-check';
import { plainToHtml } from '../../src/comments/plain-html';
import { directionInHtml } from '../../src/core/text';

/** What comments are made of, so that it often comes close together. */
const PARTS = [
  ...['سلام', 'تتخمات', 'hello', 'שלום', 'Ä', '😀', '12', '٣', ' ', '\n', '\n\n', '…', '«', '»'],
  ...['http://', 'https://news.example/a', 'HTTP://x.example', 'www.', 'www.news.example', '/path?a=1&b='],
  ...[
    '<',
    '>',
    '&',
    '"',
    "'",
    '`',
    '&amp;',
    '&lt;b&gt;',
    '<b>',
    '<!--',
    '.',
    '؟',
    '[url',
    '\u200c',
    'h',
    'w',
  ],
];

/** Of a plain text, said in other words than the code does: the script of the first letter that is in no address. */
function directionOf(text: string): string {
  const [letter = ''] = /\p{L}/u.exec(text.replace(/(?:https?:\/\/|www\.)[^\s<>"'`]*/giu, ' ')) ?? [];
  return /[\p{Script=Arabic}\p{Script=Hebrew}]/u.test(letter) ? 'RTL' : 'LTR';
}

test('a comment runs in the direction of the text that it was written as', () => {
  const texts = fc.array(fc.constantFrom(...PARTS), { maxLength: 8 }).map((parts) => parts.join(''));
  let rightToLeft = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const direction = directionOf(text);
      if (direction === 'RTL') rightToLeft++;
      expect(directionInHtml(plainToHtml(text).html)).toBe(direction);
    }),
    { numRuns: 20_000 },
  );
  expect(rightToLeft).toBeGreaterThan(1_000);
});

test.each([
  ['<p dir="ltr" class="reply">سلام</p>', 'RTL'],
  ['<p>&nbsp;&laquo;سلام&raquo;</p>', 'RTL'],
  [
    '<blockquote><p><a href="https://news.example/a">https://news.example/a</a><br>سلام</p></blockquote>',
    'RTL',
  ],
  ['<p>AT&amp;T سلام</p>', 'LTR'],
  ['<p>1 &lt; 2</p>', 'LTR'],
  ['', 'LTR'],
])('%j runs %s', (html, direction) => {
  expect(directionInHtml(html)).toBe(direction);
});
