import fc from 'fast-check';
import { countWords, recogniseArabicScript } from '../../src/core/text';
import { ARABIC, IDEOGRAPH, kindsOf, LETTER, MARK, NUMBER } from '../../src/core/text/letters';

/** The definition of a word; the code goes by tables. */
const IDEOGRAPHS = String.raw`[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]`;
const WITHIN = String.raw`(?:['’\u00ad\u2010\u2011-]|\u200c|\u200d)(?=[\p{L}\p{N}])`;
const WITHIN_NUMBERS = String.raw`(?<=\p{N})[.,\u066b\u066c](?=\p{N})`;
const WORDS = new RegExp(
  `${IDEOGRAPHS}{1,2}|(?:(?!${IDEOGRAPHS})[\\p{L}\\p{N}]\\p{M}*(?:${WITHIN}|${WITHIN_NUMBERS})?)+`,
  'gu',
);

const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ..."aé9٣۵-'’.,٫ \u200c\u200dمی\u064e\u0301漢字かカ\u{20000}\u{1d7d8}\u{1f600}\ud83d\udc00",
      ),
      fc.string({ unit: 'binary', maxLength: 2 }),
      fc.constantFrom('3,000.5', 'می‌شود', "don't", '漢字'),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));

test('words are counted by their definition', () => {
  fc.assert(
    fc.property(text, (sample) => {
      expect(countWords(sample)).toBe(sample.match(WORDS)?.length ?? 0);
    }),
    { numRuns: 5_000 },
  );
});

test('characters are what Unicode says', () => {
  const patterns: [number, RegExp][] = [
    [LETTER, /\p{L}/u],
    [NUMBER, /\p{N}/u],
    [MARK, /\p{M}/u],
    [IDEOGRAPH, /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u],
    [ARABIC, /\p{Script=Arabic}/u],
  ];
  for (let code = 0; code < 0x1_2000; code += 7) {
    const character = String.fromCodePoint(code);
    for (const [kind, pattern] of patterns) {
      // Asked twice: the first time makes the entry of the table.
      expect([kindsOf(code) & kind, kindsOf(code) & kind]).toEqual(
        pattern.test(character) ? [kind, kind] : [0, 0],
      );
    }
  }
});

test.each([
  [
    'ps',
    'د افغانستان په ګڼو ولایتونو کې د روغتیا چارواکو وویل چې د ناروغۍ پېښې ډېرې شوې دي او خلک باید پام وکړي. ',
  ],
  [
    'ur',
    'پاکستان کے وزیر خارجہ نے کہا ہے کہ دونوں ملکوں کے درمیان بات چیت جاری ہے اور سرحد تجارت کے لیے کھول دی گئی ہے۔ ',
  ],
  [
    'fa',
    'وزارت خارجه ایران اعلام کرد که گفتگوها میان دو کشور ادامه دارد و مرز به زودی بازگشایی می‌شود. پیگیری چگونه است. ',
  ],
  [
    'ar',
    'أعلنت وزارة الخارجية أن المحادثات بين الدولتين مستمرة وأن الحدود ستفتح قريبا أمام حركة التجارة والمسافرين إلى المدينة. ',
  ],
  [
    null,
    'The foreign ministry said that the talks between the two countries go on, and mentioned کابل once. ',
  ],
  [null, 'کوتاه'],
])('recognises %s', (language, sample) => {
  expect(recogniseArabicScript(sample)).toBe(language);
});
