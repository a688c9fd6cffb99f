/** Real texts: whoever types one form finds the other, and numbers are found in whatever digits they are written. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { globalId } from '../../src/core/ids';
import { describeEachEngine } from '../support/engines';
import { describeWithSharedData } from '../support/shared-data';
import { publish, Searcher } from './support';

interface Item {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

function linesOf<T>(path: string): T[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
}

const NON_JOINER = '\u200c';
/** Words with a non-joiner between letters, and words with letters that Arabic keyboards write otherwise. */
const JOINED = /(?<![\p{L}\p{M}\u200c])\p{L}{2,}\u200c\p{L}{2,}(?![\p{L}\u200c\p{M}])/u;
const ARABIC_FORM = /(?<![\p{L}\p{M}\u200c])\p{L}*[يك]\p{L}{3,}(?![\p{L}\u200c\p{M}])/u;

describeWithSharedData('the Persian news agency', ['corpus/farsnews-fa.jsonl.gz'], (path) => {
  describeEachEngine('whoever types one form finds the other', (store) => {
    test('of letters, and of words that a non-joiner parts', async () => {
      const items = linesOf<Item>(path).slice(0, 250);
      const db = await store.open();
      const ids = await publish(
        db,
        items.map(({ title, body }) => ({ title, text: body, language: 'fa' })),
      );
      const searcher = new Searcher(db);
      let asked = 0;
      for (const [at, { title, body }] of items.entries()) {
        const id = globalId('Article', ids[at] ?? 0);
        const text = `${title} ${body}`;
        const joined = JOINED.exec(text)?.[0];
        const arabic = ARABIC_FORM.exec(text)?.[0];
        const spellings = [
          ...(joined ? [joined, joined.replace(NON_JOINER, ''), joined.replace(NON_JOINER, ' ')] : []),
          ...(arabic ? [arabic, arabic.replaceAll('ي', 'ی').replaceAll('ك', 'ک')] : []),
        ];
        if (at % 5 > 0) continue;
        for (const spelling of spellings) {
          const pages = await searcher.search(spelling, { first: 100, orderBy: 'NEWEST' });
          const found = pages.edges.map(({ node }) => node.id);
          if (pages.totalCount <= 100)
            expect({ spelling, found }).toMatchObject({ found: expect.arrayContaining([id]) });
          asked += 1;
        }
      }
      expect(asked).toBeGreaterThan(100);
    }, 60_000);
  });
});

describeWithSharedData(
  'news in six languages',
  ['corpus/ntrex128-news-multilingual.jsonl.gz', 'gold/ntrex-crosslingual-groups.jsonl'],
  (corpus, gold) => {
    describeEachEngine('a number', (store) => {
      test('is found in the translations, in whatever digits', async () => {
        const items = new Map(linesOf<Item>(corpus).map((item) => [item.id, item]));
        const groups = linesOf<{ members: string[] }>(gold).slice(0, 60);
        const members = groups.flatMap(({ members: all }) => all);
        const db = await store.open();
        const ids = await publish(
          db,
          members.map((id) => ({
            title: items.get(id)?.title ?? '',
            text: items.get(id)?.body ?? '',
            language: id.split('-').slice(2).join('-'),
          })),
        );
        const searcher = new Searcher(db);
        let shared = 0;
        for (const { members: all } of groups) {
          const texts = all.map((id) => `${items.get(id)?.title} ${items.get(id)?.body}`);
          const number = /(?<![\d.,])[1-9]\d{3}(?![\d.,])/.exec(texts[0] ?? '')?.[0];
          if (number === undefined) continue;
          const having = all.filter((_, at) =>
            new RegExp(`(?<!\\d)${number}(?![\\da-z])`).test(ascii(texts[at] ?? '')),
          );
          const { edges } = await searcher.search(number, { first: 100 });
          const found = new Set(edges.map(({ node }) => node.id));
          for (const id of having) {
            const key = ids[members.indexOf(id)] ?? 0;
            expect({ number, id, found: found.has(globalId('Article', key)) }).toMatchObject({ found: true });
          }
          shared += having.length - 1;
        }
        expect(shared).toBeGreaterThan(50);
      }, 60_000);
    });
  },
);

function ascii(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) % 16));
}
