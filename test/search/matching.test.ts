/** What is found: operators, spellings, names, and that both engines find what a plain model finds. */
import fc from 'fast-check';
import type { Database, Match } from '../../src/database';
import { documentOf, type SearchDocument } from '../../src/indexing/document';
import { searchedArticles } from '../../src/indexing/searched-articles';
import { TextAnalysis } from '../../src/indexing/texts';
import { planOf } from '../../src/search/search.plan';
import { parseQuery } from '../../src/search/search.query';
import { describeEachEngine } from '../support/engines';
import { publish, Searcher } from './support';

const TEXTS = {
  plain: {
    title: 'Talks on the border',
    text: 'Ministers were running late. The governments of both sides agreed.',
  },
  phrase: { title: 'Freight', text: 'The border crossing was closed; talks resumed.' },
  hyphen: { title: 'Covid-19 returns', text: "Pakistan's hospitals don't know" },
  joined: { title: 'خبر یک', text: 'او می‌شود و کتاب‌ها را می‌خواند. پیش‌بینی بین‌المللی', language: 'fa' },
  together: { title: 'خبر دو', text: 'او میشود و کتابها را میخواند. پیشبینی', language: 'fa' },
  apart: { title: 'خبر سه', text: 'او می شود و کتاب ها را می خواند. پیش بینی', language: 'fa' },
  arabic: { title: 'مدرسة', text: 'كتاب يوم ١٤٠٣ مُحَمَّد مؤسسة الحكومـــة', language: 'ar' },
  urdu: { title: 'حکومت', text: 'پاکستان میں یوم ۱۴۰۳', language: 'ur' },
  digits: { title: 'قیمت۲۵۰تومان', text: 'G20', language: 'fa' },
  han: { title: '東京', text: '東京都の新聞' },
};
const NAMES = Object.keys(TEXTS) as (keyof typeof TEXTS)[];

/** What finds what, and nothing else. */
const QUERIES: readonly (readonly [query: string, found: readonly (keyof typeof TEXTS)[]])[] = [
  ['border', ['plain', 'phrase']],
  ['BORDER talk', ['plain', 'phrase']],
  ['government minister ran', []],
  ['government minister run', ['plain']],
  ['"border crossing"', ['phrase']],
  ['“talks resumed” border', ['phrase']],
  ['"crossing border"', []],
  ['"closed talks"', ['phrase']],
  ['border -freight', ['plain']],
  ['border -"crossing was"', ['plain']],
  ['-border', []],
  ['governm*', ['plain']],
  ['bord* -freight', ['plain']],
  ['bo*', []],
  ['covid-19', ['hyphen']],
  ['covid 19', ['hyphen']],
  ['"19 covid"', []],
  ['pakistan', ['hyphen']],
  ["Pakistan's", ['hyphen']],
  ["don't", ['hyphen']],
  ['می‌شود', ['joined', 'together', 'apart']],
  ['میشود', ['joined', 'together', 'apart']],
  ['می شود', ['joined', 'together', 'apart']],
  ['مي‌شود', ['joined', 'together', 'apart']],
  ['شود', ['joined', 'apart']],
  ['کتاب‌ها', ['joined', 'together', 'apart']],
  ['کتاب ها', ['joined', 'together', 'apart']],
  ['كتابها', ['joined', 'together', 'apart']],
  ['پیش‌بینی', ['joined', 'together', 'apart']],
  ['پیش بینی', ['joined', 'together', 'apart']],
  ['پیشبینی', ['joined', 'together']],
  ['"می‌خواند پیش‌بینی"', ['joined', 'together', 'apart']],
  ['المللی', ['joined']],
  ['مدرسه', ['arabic']],
  ['محمد', ['arabic']],
  ['1403', ['arabic', 'urdu']],
  ['۱۴۰۳', ['arabic', 'urdu']],
  ['قیمت', ['digits']],
  ['250', ['digits']],
  ['قیمت250', ['digits']],
  ['يوم', ['arabic', 'urdu']],
  ['یوم', ['arabic', 'urdu']],
  ['موسسه', ['arabic']],
  ['الحكومة', ['arabic']],
  ['京', ['han']],
  ['東京都', ['han']],
  ['京東', []],
  ['', []],
  ['   \u0000 🙂 *** "" - -- "-" ( ) : ^ AND', []],
  ['border AND talks', []],
  ['border 🙂 "talks', ['plain', 'phrase']],
  ['border" talks', ['plain', 'phrase']],
  ['title:border', []],
  ['NEAR(border talks)', []],
];

/** Words of the archive and what stands between them: queries are made of both. */
const PIECES = [
  ...[
    'border',
    'talks',
    'the',
    'both',
    'govern',
    'run',
    'covid-19',
    'pakistan',
    'می‌شود',
    'می',
    'شود',
    'پیش بینی',
    'كتاب',
  ],
  ...[
    'یوم',
    '1403',
    'ها',
    '東',
    '"',
    '“',
    '»',
    '-',
    '*',
    '(',
    ')',
    'OR',
    'NOT',
    '\u200c',
    '\u0000',
    "'",
    '\\',
    ':',
    '🙂',
    '{',
  ],
];
const queries = fc
  .array(fc.tuple(fc.constantFrom(...PIECES), fc.constantFrom('', ' ', ' ')), { minLength: 1, maxLength: 9 })
  .map((pieces) => pieces.flat().join(''));

describeEachEngine('what a search finds', (store) => {
  let db: Database;
  let ids: number[];
  let searcher: Searcher;
  let documents: readonly SearchDocument[];

  beforeAll(async () => {
    db = await store.open();
    searcher = new Searcher(db);
    ids = await publish(
      db,
      NAMES.map((name) => TEXTS[name]),
    );
    const analysis = new TextAnalysis();
    documents = (await searchedArticles(db, ids)).map((article) => documentOf(article, analysis.of(article)));
  });

  test.each(QUERIES)('%j', async (query, expected) => {
    const found = await searcher.finds(query, ids);
    expect(NAMES.filter((_, at) => found[at])).toEqual(expected);
  });

  test('a random query finds what a model of the operators finds, and fails never', async () => {
    await fc.assert(
      fc.asyncProperty(queries, async (query) => {
        const plan = planOf(parseQuery(query), () => []);
        const expected = documents.map((document) => plan !== null && has(document, plan.match));
        expect(await searcher.finds(query, ids)).toEqual(expected);
      }),
      { numRuns: 150 },
    );
  });

  test('any text at all is answered or refused by name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 60 }), async (query) => {
        expect((await searcher.search(query)).totalCountIsExact).toBe(true);
      }),
      { numRuns: 60 },
    );
    const tooLong = { code: 'BAD_USER_INPUT', details: { argument: 'query' } };
    await expect(searcher.search('x'.repeat(50_000))).rejects.toMatchObject(tooLong);
    await expect(searcher.search('a b '.repeat(20))).rejects.toMatchObject(tooLong);
  });
});

/** The operators as they are meant, over the terms of one document. */
function has(document: SearchDocument, match: Match): boolean {
  const { title, standfirst, body, loose } = document.terms;
  const fields = [title, standfirst, body].map((terms) => terms.split(' '));
  const all = [...fields.flat(), ...loose.split(' ')].filter((term) => term !== '');
  switch (match.kind) {
    case 'term':
      return all.includes(match.term);
    case 'prefix':
      return all.some((term) => term.startsWith(match.prefix));
    case 'phrase':
      return fields.some((field) =>
        field.some((_, at) => match.terms.every((term, i) => field[at + i] === term)),
      );
    case 'all':
      return match.of.every((each) => has(document, each));
    case 'any':
      return match.of.some((each) => has(document, each));
    case 'except':
      return has(document, match.match) && !has(document, match.not);
  }
}
