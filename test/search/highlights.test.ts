/** Highlights are safe HTML, cut from the text as it is written. */
import fc from 'fast-check';
import { analyse } from '../../src/core/text';
import { Highlighter } from '../../src/search/highlight';
import { planOf } from '../../src/search/search.plan';
import { parseQuery } from '../../src/search/search.query';

function highlighterOf(query: string): Highlighter {
  const plan = planOf(parseQuery(query), () => []);
  if (plan === null) throw new Error('asks for nothing');
  return new Highlighter(plan.match);
}

test.each([
  ['talks', 'Talks & <b>talking</b>', '<mark>Talks</mark> &amp; &lt;b&gt;<mark>talking</mark>&lt;/b&gt;'],
  ['میشود', 'او می‌شود', 'او <mark>می‌شود</mark>'],
  ['می‌شود', 'او می شود', 'او <mark>می شود</mark>'],
  ['محمد', 'قال مُحَمَّدٌ', 'قال <mark>مُحَمَّدٌ</mark>'],
  ['1403', 'سال ۱۴۰۳', 'سال <mark>۱۴۰۳</mark>'],
  ['کتاب', 'كِتــاب كتاب', '<mark>كِتــاب</mark> <mark>كتاب</mark>'],
  ['"border crossing"', 'The border: crossing the border', 'The <mark>border: crossing</mark> the border'],
  ['governm*', 'Governments', '<mark>Governments</mark>'],
  ['cafe', 'Le Café 🙂 x', 'Le <mark>Café</mark> 🙂 x'],
  ['peace -war', 'war and peace', 'war and <mark>peace</mark>'],
  ['pakistan', "Pakistan's 'own'", '<mark>Pakistan</mark>&#39;s &#39;own&#39;'],
  ['nothing', 'something', null],
])('%j in %j', (query, text, expected) => {
  expect(highlighterOf(query).whole(text)).toBe(expected);
});

const PIECES = [
  'alpha',
  'beta',
  'می‌شود',
  'Ünïcode',
  '<script>',
  '&amp;',
  '"',
  "'",
  '🙂',
  '\n\n',
  'مُحَمَّد',
  '…',
  'word',
  '­',
];
const texts = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom(' ', '', ', ')), { maxLength: 120 })
  .map((pieces) => pieces.flat().join(''));

test('whatever the text, nothing but <mark> is markup, every mark is a word that was looked for, and the rest is the text', () => {
  const highlighter = highlighterOf('alpha beta میشود unicode محمد');
  const looked = new Set(['alpha', 'beta', 'میشود', 'unicode', 'محمد'].map((word) => analyse(word)[0]?.term));
  fc.assert(
    fc.property(texts, (text) => {
      const flat = text.replace(/\s+/g, ' ').trim();
      const whole = highlighter.whole(text);
      if (whole !== null) expect(decoded(whole)).toBe(flat);
      const fragments = highlighter.fragments(text);
      expect(fragments.length).toBeLessThanOrEqual(3);
      expect(fragments.length > 0).toBe(whole !== null);
      for (const fragment of fragments) {
        expect(flat).toContain(decoded(fragment.replace(/^… | …$/g, '')));
        const marks = Array.from(fragment.matchAll(/<mark>(.*?)<\/mark>/g), ([, marked = '']) => marked);
        expect(marks.length).toBeGreaterThan(0);
        for (const marked of marks) {
          const [token] = analyse(decoded(marked));
          expect(looked).toContain(token?.term);
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('of a long text the pieces that have most of the words, in their order', () => {
  const filler = 'nothing of interest here '.repeat(40);
  const text = `${filler}one apple ${filler}apple and pear ${filler}a pear ${filler}`;
  const fragments = highlighterOf('apple pear').fragments(text);
  expect(fragments.map((fragment) => fragment.match(/<mark>\w+<\/mark>/g))).toEqual([
    ['<mark>apple</mark>'],
    ['<mark>apple</mark>', '<mark>pear</mark>'],
    ['<mark>pear</mark>'],
  ]);
  for (const fragment of fragments) {
    expect(fragment.length).toBeLessThan(260);
    expect(fragment).toMatch(/^… .* …$/);
  }
});

/** What a browser would show of it; fails where there is any other markup. */
function decoded(html: string): string {
  const text = html.replace(/<\/?mark>/g, '');
  expect(text).not.toMatch(/[<>"']/);
  return text
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&amp;/g, '&');
}
