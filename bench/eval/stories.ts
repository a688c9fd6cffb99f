/**
 * How well copies of a wire story are told: as they are made of real articles, by the way in which they were changed, and
 * how often articles of one event that are no copies are taken for such.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { areCopies, bucketsOf, eachWord, likenessOf, signatureOf } from '../../src/core/text';
import { hashOf } from '../../src/indexing';
import { Random } from '../generator/random';
import { linesOf, reuters, type Text } from './corpora';
import type { Evaluation } from './evaluation';

type Words = readonly number[];

interface Edit {
  readonly name: string;
  apply(words: Words, random: Random): Words;
}

const word = (random: Random) => random.between(0, 0xff_ffff);
const cut = (share: number) => (words: Words) => words.slice(0, Math.ceil(words.length * (1 - share)));
const replaced = (share: number) => (words: Words, random: Random) =>
  words.map((each) => (random.chance(share) ? word(random) : each));

/** What desks do to what the wire brings. */
const EDITS: readonly Edit[] = [
  { name: 'an introduction of 15 words more', apply: (words, random) => [...fifteen(random), ...words] },
  { name: 'the last tenth cut off', apply: cut(0.1) },
  { name: 'the last third cut off', apply: cut(1 / 3) },
  { name: 'the second half cut off', apply: cut(0.5) },
  { name: 'every 20th word another', apply: replaced(0.05) },
  { name: 'every 10th word another', apply: replaced(0.1) },
  {
    name: 'a fifth cut off, every 20th another',
    apply: (words, random) => replaced(0.05)(cut(0.2)(words), random),
  },
];

/** Of every so many articles a copy is made. */
const EVERY = 5;

export const evaluateStories: Evaluation = async ({ data, seed, print }) => {
  print(row('copies of', ['made', 'meet in a bucket', 'found']));
  evaluateCopies('English (Reuters)', reuters(), seed, print);
  const persian = linesOf(data, 'corpus/farsnews-fa.jsonl.gz', 'fa');
  if (persian === null) print('Persian (Fars News): not there');
  else evaluateCopies('Persian (Fars News)', persian, seed, print);
  print('');
  evaluateEvents(data, print);
};

function evaluateCopies(
  name: string,
  texts: readonly Text[],
  seed: number,
  print: (line: string) => void,
): void {
  const random = new Random(seed);
  const originals = texts.filter((_, place) => place % EVERY === 0).map(({ body }) => wordsOf(body));
  for (const { name: edit, apply } of EDITS) {
    const counts = { made: 0, met: 0, found: 0 };
    for (const words of originals) {
      const [own, copy] = [signatureOf(words), signatureOf(apply(words, random))];
      if (own === null || copy === null) continue;
      const meet = shareBucket(own, copy);
      counts.made++;
      if (meet) counts.met++;
      if (meet && areCopies(own, copy)) counts.found++;
    }
    const share = (count: number) => (count / counts.made).toFixed(3);
    print(row(`${name}: ${edit}`, [String(counts.made), share(counts.met), share(counts.found)]));
  }
}

interface Event {
  readonly story_id: string;
  readonly events: readonly string[];
}

/** Pairs of one story in the Current Events Portal: each item has a text of its own, so that hardly any is a copy. */
function evaluateEvents(data: string, print: (line: string) => void): void {
  const stories = resolve(data, 'gold/wcep-2015-09-stories.jsonl');
  const items = linesOf(data, 'corpus/wcep-2015-09.jsonl.gz', 'en');
  if (items === null || !existsSync(stories)) {
    print('Stories of the Current Events Portal: not there');
    return;
  }
  const storyOf = new Map<string, string>();
  for (const line of readFileSync(stories, 'utf8').trim().split('\n')) {
    const { story_id: story, events } = JSON.parse(line) as Event;
    for (const event of events) storyOf.set(event, story);
  }
  const signed = items.flatMap(({ id, body }) => {
    const signature = signatureOf(wordsOf(body));
    return id === undefined || signature === null ? [] : [{ story: storyOf.get(id), signature }];
  });
  const pairs = signed.flatMap((a, place) =>
    signed.slice(0, place).map((b) => ({
      likeness: likenessOf(a.signature, b.signature),
      isStory: a.story !== undefined && a.story === b.story,
    })),
  );
  const all = pairs.filter(({ isStory }) => isStory).length;
  print(row(`pairs alike from, of ${all} of a story`, ['pairs', 'precision', 'recall']));
  for (const least of [0.1, 0.15, 0.2, 0.3, 0.4, 0.5]) {
    const found = pairs.filter(({ likeness }) => likeness >= least);
    const right = found.filter(({ isStory }) => isStory).length;
    const precision = found.length === 0 ? 'no pairs' : (right / found.length).toFixed(3);
    print(row(least.toFixed(2), [String(found.length), precision, (right / all).toFixed(3)]));
  }
}

function shareBucket(a: Uint8Array, b: Uint8Array): boolean {
  const buckets = new Set(bucketsOf(a));
  return bucketsOf(b).some((bucket) => buckets.has(bucket));
}

function wordsOf(text: string): Words {
  const words: number[] = [];
  eachWord(text, ({ term }) => words.push(hashOf(term)));
  return words;
}

function fifteen(random: Random): number[] {
  return Array.from({ length: 15 }, () => word(random));
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(58)}${cells.map((cell) => cell.padStart(18)).join('')}`;
}
