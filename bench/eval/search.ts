/** Known-item search: is the article found that somebody means by three of its words? */
import { Random } from '../generator/random';
import { linesOf, reuters, type Text } from './corpora';
import type { EvaluationOptions } from './evaluation';
import { type KnownItem, knownItems, typed } from './known-items';
import { dateline, plainFts5, type Searcher } from './searchers';

/** Articles that are looked for. */
const ITEMS = 500;
const PERSIAN = ['corpus/farsnews-fa.jsonl.gz', 'corpus/ntrex128-news-multilingual.jsonl.gz'];

export async function evaluateSearch({ data, seed, print }: EvaluationOptions): Promise<void> {
  const persian = PERSIAN.map((file) => linesOf(data, file, 'fa'));
  const absent = PERSIAN.filter((_, at) => persian[at] === null);
  if (absent.length > 0) print(`Skipped: Persian, for ${data} has no ${absent.join(', ')}.\n`);
  const sets: [name: string, texts: Text[]][] = [['English (Reuters)', reuters()]];
  if (absent.length === 0) {
    const texts = persian.flatMap((set) => set ?? []).filter(({ language }) => language === 'fa');
    sets.push(['Persian (Fars News, NTREX)', texts]);
  }
  print('| texts | queries | search | success@1 | success@10 | MRR |\n|---|---|---|--:|--:|--:|');
  for (const [name, texts] of sets) {
    const items = knownItems(texts, ITEMS, new Random(seed));
    const searchers = { Dateline: await dateline(texts), 'plain FTS5': plainFts5(texts) };
    const hands = new Random(seed);
    const queries = {
      'as written': items.map(({ written }) => written),
      'as typed': items.map(({ written }) => typed(written, hands)),
    };
    for (const [form, asked] of Object.entries(queries)) {
      for (const [searcher, { find }] of Object.entries(searchers)) {
        const { first, ten, mrr } = await measure(items, asked, find);
        print(
          `| ${name}, ${texts.length} | ${items.length} ${form} | ${searcher} | ${first} | ${ten} | ${mrr} |`,
        );
      }
    }
    for (const searcher of Object.values(searchers)) await searcher.close();
  }
}

async function measure(
  items: readonly KnownItem[],
  queries: readonly (readonly string[])[],
  find: Searcher['find'],
) {
  let first = 0;
  let ten = 0;
  let reciprocal = 0;
  for (const [at, { place }] of items.entries()) {
    const rank = (await find(queries[at] ?? [])).indexOf(place) + 1;
    if (rank === 0) continue;
    if (rank === 1) first += 1;
    ten += 1;
    reciprocal += 1 / rank;
  }
  const share = (sum: number) => (sum / items.length).toFixed(3);
  return { first: share(first), ten: share(ten), mrr: share(reciprocal) };
}
