import { SecretBox } from '../../src/core/sealed';
import { asLine, directionInHtml, seenLength, withoutUnseen } from '../../src/core/text';

test.each([
  ['Well said.', 'LTR'],
  ['سلام دنیا', 'RTL'],
  ['«سلام» he said', 'RTL'],
  ['12 – שלום', 'RTL'],
  ['https://news.example/a سلام', 'RTL'],
  ['www.news.example سلام', 'RTL'],
  ['https://news.example/a', 'LTR'],
  ['+1 👍', 'LTR'],
  ['', 'LTR'],
  ['ތާނަ', 'RTL'],
])('%j runs %s', (text, direction) => {
  expect(directionInHtml(text)).toBe(direction);
});

test('nothing is left that nobody sees and that turns around what stands beside it', () => {
  const turning = ['\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069'];
  for (const each of [...turning, '\u200b', '\ufeff', '\u2060', '\u00ad', '\0', '\u0085'])
    expect(withoutUnseen(`a${each}b`)).toBe('ab');
  // Joiners and marks are letters of those who write with them.
  for (const each of ['\u200c', '\u200d', '\u200e', '\u200f', '\u061c'])
    expect(withoutUnseen(`a${each}b`)).toBe(`a${each}b`);
  expect(withoutUnseen('a\r\nb\rc\td')).toBe('a\nb\nc\td');
  expect(asLine(' Amina \n\u202e Durrani ')).toBe('Amina Durrani');
});

test('what is seen is counted in characters', () => {
  expect(['', ' \u200c\u3164', 'می\u200cشود', '👩', 'ﷺ'].map(seenLength)).toEqual([0, 0, 5, 1, 15]);
});

test('a proof is that of its value, and of no other', () => {
  const box = new SecretBox('a secret of at least 32 characters');
  expect(box.proves('comment 1', box.proofOf('comment 1'))).toBe(true);
  for (const wrong of ['', box.proofOf('comment 2'), `${box.proofOf('comment 1')}x`])
    expect(box.proves('comment 1', wrong)).toBe(false);
});
