import fc from 'fast-check';
import { DomUtils, parseDocument } from 'htmlparser2';
import { IntlMessageFormat } from 'intl-messageformat';
import { SaxesParser } from 'saxes';
import { html } from '../../src/core/markup';
import { type Message, PAGE_LANGUAGES, VOCABULARY } from '../../src/pages/vocabulary';
import { isolated, isolatedText, Wording } from '../../src/pages/wording';

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '<',
        '>',
        '&',
        '"',
        "'",
        '</p>',
        '<script>',
        '&lt;',
        ']]>',
        '\u202e',
        '\u2069',
        '\0',
        '\ud800',
        '\uffff',
        'a',
      ),
    )
    .map((parts) => parts.join('')),
);
/** What a parser may make of a text: no characters that there are none of, and line breaks of one kind. */
const kept = (text: string) =>
  text
    .replace(/\p{Cs}/gu, '')
    .replace(/[^\P{Cc}\t\n\r]|[\ufffe\uffff]/gu, '')
    .replace(/\r\n?/g, '\n')
    .replaceAll('\ufffd', '');

describe('markup', () => {
  test('what is put in is text, whatever it is', () => {
    fc.assert(
      fc.property(texts, texts, (attribute, text) => {
        const page = parseDocument(
          String(html`<p title="${attribute}">${[text, html`<b>${text}</b>`, null]}</p>`),
        );
        const [paragraph, ...others] = DomUtils.getElementsByTagName('p', page);
        expect(others).toEqual([]);
        expect(DomUtils.getElementsByTagName(() => true, page).map(({ name }) => name)).toEqual(['p', 'b']);
        expect(kept(paragraph?.attribs.title ?? '')).toBe(kept(attribute));
        expect(paragraph ? kept(DomUtils.textContent(paragraph)) : null).toBe(kept(text + text));
      }),
    );
  });

  test('is XML as well', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const parser = new SaxesParser();
        parser.on('error', (error) => {
          throw error;
        });
        parser.write(String(html`<svg a="${text}"><title>${text}</title></svg>`)).close();
      }),
    );
  });

  test('a name that turns the direction does so for itself alone', () => {
    expect(String(isolated('a\u202eb\u2069<c'))).toBe('<bdi>ab&lt;c</bdi>');
    expect(isolatedText('a\u202eb\u2069c')).toBe('\u2068abc\u2069');
  });
});

describe('the vocabulary', () => {
  const messages = Object.keys(VOCABULARY).filter((name): name is Message => name in VOCABULARY);
  /** The names of what a message has to be given. */
  const needs = (text: string): string[] => {
    const found = new Set<string>();
    JSON.stringify(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst(), (_, part) => {
      // 0 is text, 7 the number of a plural.
      if (typeof part?.type === 'number' && part.type !== 0 && part.type !== 7) found.add(part.value);
      return part;
    });
    return [...found].sort();
  };

  test.each(PAGE_LANGUAGES)('says in %s all that English says', (language) => {
    for (const message of messages) {
      const { en, [language]: text } = VOCABULARY[message];
      const wanted = needs(en).filter((name) => message !== 'badLanguage' || name === 'value');
      expect([message, needs(text)]).toEqual([message, wanted]);
      expect([message, text.trim()]).not.toEqual([message, '']);
    }
  });

  test('has digits, dates and plurals of each language', () => {
    const said = (tag: string) => {
      const wording = Wording.of(tag);
      const times = { from: wording?.date(0) ?? '', to: wording?.date(0) ?? '', howMuch: '…' };
      return [wording?.direction, String(wording?.say('covered', { ...times, count: 1_234 }))];
    };
    expect(said('en')).toEqual([
      'ltr',
      'Covered together 1,234 times from 1 January 1970 to 1 January 1970: ….',
    ]);
    expect(said('fa-IR')).toEqual([
      'rtl',
      'از ۱ ژانویهٔ ۱۹۷۰ تا ۱ ژانویهٔ ۱۹۷۰ ۱٬۲۳۴ بار با هم پوشش داده شده‌اند؛ ….',
    ]);
    expect(said('prs')[1]).toContain('جنوری');
    expect(said('ar')[1]).toContain('١٬٢٣٤ مرة');
    expect([Wording.of('de'), Wording.of('not a tag')]).toEqual([null, null]);
  });
});
