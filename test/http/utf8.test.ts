import { sentLine, utf8Line } from '../../src/http/utf8';

test.each([
  ['nothing', ''],
  ['Latin', 'Reconstruction of the pass begins'],
  ['Persian and Pashto', 'بازسازی گذرگاه آغاز شد — د لارې بیا رغونه'],
  ['what takes four bytes, and half a pair', '🏔️ \ud800 end'],
  ['more than the scratch has at first', 'ې'.repeat(100_000)],
  ['more than is ever kept', 'ې'.repeat(600_000)],
])('%s is the bytes that Node makes of it', (_name, text) => {
  expect(utf8Line(text).equals(Buffer.from(`${text}\n`))).toBe(true);
});

test('bytes stay what they are when another text is made', () => {
  const first = utf8Line('a'.repeat(10_000));
  utf8Line('b'.repeat(10_000));
  expect(first.toString()).toBe(`${'a'.repeat(10_000)}\n`);
});

test.each([0, 8_191, 8_192, 20_000])('a text of %i units is sent as it is, with a line break', (length) => {
  const text = 'ې'.repeat(length);
  expect(Buffer.from(sentLine(text)).toString()).toBe(`${text}\n`);
});
