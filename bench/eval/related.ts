/**
 * How good related articles are, on the Reuters texts: they carry the places that people tagged them with as topics, and
 * are judged by the subjects, which nothing that ranks them knows. An article is worth to another the share of subjects
 * that both have, of those that either has. nDCG@5: Kalervo Järvelin and Jaana Kekäläinen, "Cumulated Gain-Based
 * Evaluation of IR Techniques", ACM TOIS 20(4), 2002.
 */
import {
  RELATED_WEIGHTS,
  type RelatedArticlesQuery,
  type RelatedWeights,
  relatedArticles,
} from '../../src/relations/related-articles';
import { Random } from '../generator/random';
import { instantOf, reuters, type Text } from './corpora';
import type { Evaluation } from './evaluation';
import { fullText, type Ranker } from './full-text';
import { type Newsroom, newsroomOf } from './newsroom';

/** Articles that constants are chosen on, and others that are told. */
const VALIDATION = 300;
const TEST = 600;
const LENGTH = 5;
const TOPIC_WEIGHTS = [0, 0.25, 0.5, 1, 2, 4];
const RELEVANCES = [0.9, 0.7, 0.5];

export const evaluateRelated: Evaluation = async ({ seed, print }) => {
  const texts = reuters().filter((text) => instantOf(text) !== null);
  const newsroom = await newsroomOf(texts);
  try {
    await evaluate(newsroom, texts, seed, print);
  } finally {
    await newsroom.close();
  }
};

async function evaluate(
  newsroom: Newsroom,
  texts: readonly Text[],
  seed: number,
  print: (line: string) => void,
): Promise<void> {
  const random = new Random(seed);
  const judged = shuffled(judgedPlaces(texts), random);
  const [chosenOn, told] = [judged.slice(0, VALIDATION), judged.slice(VALIDATION, VALIDATION + TEST)];
  const judge = new Judge(texts);
  print(
    `${texts.length} articles; ${chosenOn.length} to choose on, ${told.length} told, all with a subject\n`,
  );
  print('| related by | validation | test |\n|---|--:|--:|');
  const tell = async (name: string, ranker: Ranker) => {
    const figures = [await judge.mean(ranker, chosenOn), await judge.mean(ranker, told)];
    print(`| ${name} | ${figures.map((figure) => figure.toFixed(3)).join(' | ')} |`);
  };
  await tell('nothing: at random', async () =>
    Array.from({ length: LENGTH }, () => random.between(0, texts.length - 1)),
  );
  await tell('shared topics alone', (place) => related(newsroom, place, { texts: null }));
  await tell('BM25 of the whole text', fullText(texts, Number.POSITIVE_INFINITY, LENGTH));
  await tell('BM25 of 25 terms', fullText(texts, 25, LENGTH));
  for (const topics of TOPIC_WEIGHTS) {
    const weights = { topics, relevance: 1 };
    await tell(`Dateline, topics × ${topics}, not diversified`, (place) =>
      related(newsroom, place, {}, weights),
    );
  }
  for (const relevance of RELEVANCES) {
    const weights = { ...RELATED_WEIGHTS, relevance };
    await tell(`Dateline, relevance ${relevance} against likeness`, (place) =>
      related(newsroom, place, {}, weights),
    );
  }
  await tell('Dateline', (place) => related(newsroom, place));
}

/** The product's own list. */
async function related(
  { keys, places, relations, search, topicsOf }: Newsroom,
  place: number,
  given: Partial<RelatedArticlesQuery> = {},
  weights?: RelatedWeights,
): Promise<number[]> {
  const article = keys[place] ?? 0;
  const query = {
    article,
    topics: topicsOf(place),
    texts: await search.similar.load(article),
    first: LENGTH,
  };
  const found = await relatedArticles(await relations(), { ...query, ...given }, weights);
  return found.map(({ key }) => places.get(key) ?? -1);
}

/** The places of texts that somebody has tagged with a subject. */
function judgedPlaces(texts: readonly Text[]): number[] {
  return texts.flatMap(({ topics }, place) => (topics.length > 0 ? [place] : []));
}

function shuffled(places: readonly number[], random: Random): number[] {
  const drawn = [...places];
  for (let at = drawn.length - 1; at > 0; at--) {
    const other = random.between(0, at);
    [drawn[at], drawn[other]] = [drawn[other] ?? 0, drawn[at] ?? 0];
  }
  return drawn;
}

class Judge {
  private readonly subjects: readonly ReadonlySet<string>[];
  private readonly ideals = new Map<number, number>();

  constructor(texts: readonly Text[]) {
    this.subjects = texts.map(({ topics }) => new Set(topics));
  }

  /** Of the articles at these places. */
  async mean(ranker: Ranker, places: readonly number[]): Promise<number> {
    let sum = 0;
    for (const place of places) {
      const gains = (await ranker(place)).map((other) => this.worth(place, other));
      sum += cumulated(gains) / this.idealOf(place);
    }
    return sum / places.length;
  }

  private idealOf(place: number): number {
    let ideal = this.ideals.get(place);
    if (ideal === undefined) {
      const worth = this.subjects.flatMap((_, other) => (other === place ? [] : this.worth(place, other)));
      // Where nothing is worth anything no list can be wrong.
      ideal = cumulated(worth.sort((a, b) => b - a)) || 1;
      this.ideals.set(place, ideal);
    }
    return ideal;
  }

  private worth(place: number, other: number): number {
    const [a, b] = [this.subjects[place] ?? NONE, this.subjects[other] ?? NONE];
    let common = 0;
    for (const subject of a) if (b.has(subject)) common++;
    return common === 0 ? 0 : common / (a.size + b.size - common);
  }
}

const NONE: ReadonlySet<string> = new Set();

function cumulated(gains: readonly number[]): number {
  return gains.slice(0, LENGTH).reduce((sum, gain, rank) => sum + gain / Math.log2(rank + 2), 0);
}
