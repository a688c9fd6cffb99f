import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import {
  canonicalLanguageTag,
  compareTexts,
  decodeSlug,
  directionOf,
  isLanguageTag,
  MAX_SLUG_LENGTH,
  normalise,
  normalisePath,
  slugify,
  tokens,
  UNTITLED_SLUG,
} from '../../src/core/text';
import { describeWithSharedData } from '../support/shared-data';

const ZWNJ = '\u200c';

// Letters of the six languages with everything that is folded or dropped, thickly mixed.
const ALPHABET = [
  ...'abcXYZéÉßøIİıΣςé0189 \t\n-_%/?#.',
  ...'ابپتټثجچحخدډرړزسشصطعغفقکكڪګگلمنڼوهہھەۀۂةۃيىیېۍئےۓءآأإٱؤ٠١٩۰۵۹،؟',
  ...'\u0640\u064b\u0651\u0654\u0655\u0670\u0301\u0308\u200b\u200c\u200d\u200e\u202b\u2069\ufeff\u00a0\u2028',
  ...'ﷲﻻﮫ한가गि漢字',
  '👨‍👩‍👧',
];
const mixedText = () =>
  fc.oneof(
    fc.array(fc.constantFrom(...ALPHABET), { maxLength: 40 }).map((letters) => letters.join('')),
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.string({ unit: 'grapheme', maxLength: 40 }),
  );

describe('normalise', () => {
  it.each([
    ['Arabic yeh and kaf', 'كتابي', 'کتابی'],
    ['alef maksura', 'مصطفى', 'مصطفی'],
    ['hamza on its seats', 'رئیس مؤسسه', 'رییس موسسه'],
    ['alef forms', 'أإآٱ', 'اااا'],
    ['teh marbuta', 'غزة', 'غزه'],
    ['Urdu heh', 'ہے', 'هے'],
    ['heh with yeh above', 'خانۀ خانهٔ', 'خانه خانه'],
    ['Pashto ye with tail', 'افغانۍ', 'افغانی'],
    ['Pashto gaf', 'ګل', 'گل'],
    ['harakat and tanwin', 'مُحَمَّدٌ', 'محمد'],
    ['tatweel', 'ســـلام', 'سلام'],
    ['Arabic-Indic and Persian digits', '٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹', '0123456789 0123456789'],
    ['the decimal sign', '۳٫۱۴', '3.14'],
    ['presentation forms', 'ﻼﷲ', 'لاالله'],
    ['full-width letters', 'ＡＢＣ１２', 'abc12'],
    ['accents', 'Çédille naïve Ångström', 'cedille naive angstrom'],
    ['letters without decomposition', 'Straße Øystein Łódź ı', 'strasse oystein lodz i'],
    ['Turkish capital I with dot', 'İSTANBUL', 'istanbul'],
    ['bidirectional controls and BOM', '\ufeff\u202bسلام\u202c \u2067x\u2069', 'سلام x'],
    ['white space of any kind', ' a\t\n\u00a0\u2003b\u2028c\u0000d ', 'a b c d'],
  ])('folds %s', (_, written, expected) => {
    expect(normalise(written)).toBe(expected);
    expect(normalise(written.normalize('NFD'))).toBe(expected);
  });

  it.each([
    ['Urdu ے and ی', 'کے', 'کی'],
    ['Urdu ں and ن', 'میں', 'مین'],
    ['Pashto ې and ی', 'دې', 'دی'],
    ['Pashto and Persian consonants', 'ډېر', 'دېر'],
    ['aspirated and plain consonants', 'کھا', 'کہا'],
    ['a lone hamza', 'بناء', 'بنا'],
  ])('keeps apart %s', (_, one, other) => {
    expect(normalise(one)).not.toBe(normalise(other));
  });

  it('takes a do-chashmi he that aspirates nothing for any other he', () => {
    expect(normalise('ھے')).toBe(normalise('ہے'));
    expect(normalise('ھمه')).toBe(normalise('همه'));
  });

  it('makes one word of a word with a zero-width non-joiner', () => {
    expect(normalise(`می${ZWNJ}شود`)).toBe('میشود');
    expect(normalise('مي شود')).toBe('می شود');
  });

  it('keeps the signs that other scripts are written with', () => {
    expect(normalise('हिन्दी')).toBe('हिन्दी');
    expect(normalise('한국어')).toBe('한국어');
    expect(normalise('ガ')).toBe('ガ');
  });

  it('is idempotent', () => {
    fc.assert(
      fc.property(mixedText(), (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 2000 },
    );
  });

  it('is idempotent and independent of the normal form for every character of the first two planes', () => {
    const wrong: string[] = [];
    for (let point = 0; point <= 0x1ffff; point += 1) {
      const character = `a${String.fromCodePoint(point)}b`;
      const once = normalise(character);
      const stable = [once, character.normalize('NFC'), character.normalize('NFD')];
      if (stable.some((form) => normalise(form) !== once)) wrong.push(point.toString(16));
    }
    expect(wrong).toEqual([]);
  });

  it('gives the same for NFC and NFD', () => {
    fc.assert(
      fc.property(mixedText(), (text) => {
        expect(normalise(text.normalize('NFD'))).toBe(normalise(text.normalize('NFC')));
      }),
    );
  });

  it('takes plain ASCII the same way as the rest', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii' }), (text) => {
        expect(normalise(text)).toBe(normalise(`${text}\ufeff`));
      }),
    );
  });

  it('takes long texts', () => {
    expect(normalise('ي'.repeat(100_001))).toBe('ی'.repeat(100_001));
  });
});

describe('tokens', () => {
  it('yields the normalised words in their order', () => {
    expect(tokens('Pakistan’s «وزیرِ خارجہ» said: 3.5٪!')).toEqual([
      'pakistan',
      's',
      'وزیر',
      'خارجه',
      'said',
      '3',
      '5',
    ]);
  });

  it('yields nothing for a text without words', () => {
    expect(tokens(' — …🎉 ')).toEqual([]);
  });

  it('yields the same for its own words', () => {
    fc.assert(
      fc.property(mixedText(), (text) => {
        expect(tokens(tokens(text).join(' '))).toEqual(tokens(text));
      }),
    );
  });
});

describe('slugify', () => {
  it.each([
    ['Taliban retake Kunduz, again', 'taliban-retake-kunduz-again'],
    ['وزير خارجه ايران به پاكستان مي‌رود', 'وزیر-خارجه-ایران-به-پاکستان-میرود'],
    ['  Crème -- brûlée!  ', 'creme-brulee'],
    ['🎉', UNTITLED_SLUG],
    ['', UNTITLED_SLUG],
  ])('makes of «%s» %s', (title, slug) => {
    expect(slugify(title)).toBe(slug);
  });

  it('cuts between words, or within a single long one without breaking a character', () => {
    expect(slugify(`${'a'.repeat(150)} ${'b'.repeat(100)}`)).toBe('a'.repeat(150));
    expect(slugify(`x${'𐌰'.repeat(200)}`)).toBe(`x${'𐌰'.repeat(99)}`);
  });

  it('is never empty, never too long and idempotent', () => {
    fc.assert(
      fc.property(mixedText(), fc.nat(12), (text, times) => {
        const slug = slugify(text.repeat(times));
        expect(slug.length).toBeGreaterThan(0);
        expect(slug.length).toBeLessThanOrEqual(MAX_SLUG_LENGTH);
        expect(slugify(slug)).toBe(slug);
        expect(decodeSlug(encodeURIComponent(slug))).toBe(slug);
      }),
    );
  });
});

describe('decodeSlug', () => {
  it.each([
    ['a decoded slug', 'سلام-دنیا', 'سلام-دنیا'],
    ['lower-case escapes', encodeURIComponent('سلام').toLowerCase(), 'سلام'],
    ['upper-case escapes', encodeURIComponent('سلام'), 'سلام'],
    ['surrounding space', '  news%20 ', 'news'],
    ['decomposed letters', 'cafe\u0301', 'caf\u00e9'],
    ['a bare per cent sign', '100%-sure', '100%-sure'],
    ['a slug that was cut within a character', '%d8%b3%d9', 'س%d9'],
    ['bytes that are not UTF-8', '%ff%c0%80%d8%b3', '%ff%c0%80س'],
    ['control characters', 'a%00b', 'a%00b'],
  ])('reads %s', (_, raw, expected) => {
    expect(decodeSlug(raw)).toBe(expected);
  });

  it('throws for nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('%', 'd', '8', 'b', '3', 'F', 'g', 'س')), (parts) => {
        expect(typeof decodeSlug(parts.join(''))).toBe('string');
      }),
      { numRuns: 1000 },
    );
  });
});

describe('normalisePath', () => {
  it.each([
    ['https://example.org/2015/09/kunduz/?utm_source=x#top', '/2015/09/kunduz'],
    ['2015/09/kunduz', '/2015/09/kunduz'],
    ['//2015///09//kunduz//', '/2015/09/kunduz'],
    ['https://example.org', '/'],
    ['https://example.org?p=12', '/'],
    ['', '/'],
    ['/fa/%d8%b3%d9%84%d8%a7%d9%85/', '/fa/سلام'],
    ['/fa/سلام', '/fa/سلام'],
    ['/caf\u0065\u0301', '/caf\u00e9'],
    ['/a%2fb%3Fc%23d', '/a%2Fb%3Fc%23d'],
    ['/100%', '/100%25'],
    ['/100%25', '/100%25'],
    ['/%d8%b3%d9', '/س%D9'],
  ])('makes of %s %s', (written, expected) => {
    expect(normalisePath(written)).toBe(expected);
  });

  it('is idempotent, absolute, and has neither query nor fragment', () => {
    const part = fc.constantFrom(
      '/',
      '//',
      '%',
      '4',
      '1',
      'a',
      'é',
      'س',
      '%2F',
      '%20',
      '%d8%b3',
      '?',
      '#',
      ' ',
      ':',
    );
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (text) => {
          const once = normalisePath(text);
          expect(normalisePath(once)).toBe(once);
          expect(once).toMatch(/^\/(?:[^?#]*[^?#/])?$/u);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('directionOf', () => {
  it.each([
    'ar',
    'fa',
    'fa-AF',
    'prs',
    'ps',
    'ur',
    'he',
    'iw',
    'yi',
    'dv',
    'ckb',
    'sd',
    'ug',
    'uz-AF',
    'pa-PK',
    'ku-Arab',
    'az-Arab',
    'en-Hebr',
    'FA',
  ])('writes %s from right to left', (tag) => {
    expect(directionOf(tag)).toBe('RTL');
  });

  it.each(['en', 'ku', 'ku-Latn', 'ur-Latn', 'fa-Cyrl', 'uz', 'tg', 'zh-Hant', 'hi', 'und', '', 'not a tag'])(
    'writes «%s» from left to right',
    (tag) => {
      expect(directionOf(tag)).toBe('LTR');
    },
  );
});

describe('compareTexts', () => {
  const texts = fc.string({ unit: 'binary', maxLength: 6 });

  test('puts texts in the order of their bytes, as both databases do', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        expect(Math.sign(compareTexts(one, other))).toBe(Buffer.from(one).compare(Buffer.from(other)));
      }),
    );
    expect(compareTexts('\u{ff5e}', '\u{1f600}')).toBeLessThan(0);
    expect('\u{ff5e}' < '\u{1f600}').toBe(false);
  });
});

describe('language tags', () => {
  it.each([
    ['FA-ir', 'fa-IR'],
    ['ps-arab-af', 'ps-Arab-AF'],
    ['iw', 'he'],
    ['prs', 'fa-AF'],
  ])('%s is stored as %s', (tag, canonical) => {
    expect(isLanguageTag(tag)).toBe(true);
    expect(canonicalLanguageTag(tag)).toBe(canonical);
  });

  it.each(['', 'e', 'en_US', 'en-', 'سلام', `en-x-${'a'.repeat(40)}`])('«%s» is refused by name', (tag) => {
    expect(isLanguageTag(tag)).toBe(false);
    expect(() => canonicalLanguageTag(tag)).toThrow(/is not a language tag such as en/);
  });
});

describeWithSharedData('normalise on real Persian news', ['corpus/farsnews-fa.jsonl.gz'], (file) => {
  it('leaves no Arabic yeh or kaf, no joiner and no Persian digit, and is idempotent', () => {
    const texts = gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter(Boolean);
    expect(texts.length).toBeGreaterThan(1000);
    for (const text of texts) {
      const once = normalise(text);
      expect(once).not.toMatch(/[\u064a\u0643\u200c\u06f0-\u06f9]/u);
      expect(normalise(once)).toBe(once);
    }
  });
});
