import { sentLine, utf8Line } from '../../src/http/utf8';

test.each([
  ['nothing', ''],
  ['Latin', 'Reconstruction of the pass begins'],
  ['Persian and Pashto', 'بازسازی گذرگاه آغاز شد — د لارې بیا رغونه'],
  ['what takes four bytes, and half a pair', '🏔️ \ud800 end'],
  ['as much as a slab has room for', 'ې'.repeat(87_381)],
  ['more than a slab has room for', 'ې'.repeat(87_382)],
])('%s is the bytes that Node makes of it', (_name, text) => {
  expect(utf8Line(text).equals(Buffer.from(`${text}\n`))).toBe(true);
});

test('bytes stay what they are when another text is made', () => {
  const texts = Array.from({ length: 200 }, (_, n) => `${n} `.repeat(n * 20));
  const lines = texts.map(utf8Line);
  expect(lines.map(String)).toEqual(texts.map((text) => `${text}\n`));
});

test.each([0, 1_023, 1_024, 20_000])('a text of %i units is sent as it is, with a line break', (length) => {
  const text = 'ې'.repeat(length);
  expect(Buffer.from(sentLine(text)).toString()).toBe(`${text}\n`);
});
