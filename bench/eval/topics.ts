/**
 * How well related topics foretell what is covered together: of each article that is set aside, and each topic of it,
 * the place of the first of its other topics in the list that was made of all earlier articles. Mean reciprocal rank.
 */
import type { TopicKind } from '../../src/database';
import { SALIENCE_ROOM } from '../../src/relations/archive/facts';
import type { Moment } from '../../src/relations/archive/moment';
import { SegmentBuilder } from '../../src/relations/archive/segment-builder';
import { ArchiveState } from '../../src/relations/archive/state';
import { TopicNumbers } from '../../src/relations/archive/topic-numbers';
import { TopicTree } from '../../src/relations/archive/topic-tree';
import { decayed } from '../../src/relations/formulas/decay';
import { lift } from '../../src/relations/formulas/lift';
import { contingency, logLikelihood } from '../../src/relations/formulas/log-likelihood';
import { npmi } from '../../src/relations/formulas/npmi';
import { type RelatedMode, relatedTopics } from '../../src/relations/related-topics';
import { instantOf, reuters, type Text } from './corpora';
import type { Evaluation } from './evaluation';

interface Tagged {
  readonly at: number;
  readonly topics: readonly number[];
}

/** Of the articles in the order of time: what is counted, what constants are chosen on; the rest is what is told. */
const TRAINING = 0.7;
const VALIDATION = 0.85;
const DAY = 86_400_000;
const HALF_LIVES = [7, 15, 30, 60, 120, Infinity];
const MIXES = [0, 0.5, 1, 2];
/** Of a list no more is looked at. */
const DEPTH = 50;

/** The other topic by number, the best first. */
type List = (topic: number) => readonly number[] | Promise<readonly number[]>;

export const evaluateTopics: Evaluation = async ({ print }) => {
  const articles = taggedArticles(reuters());
  const [training, validation] = [TRAINING, VALIDATION].map((share) => Math.floor(share * articles.length));
  const [known, chosenOn, later] = [
    articles.slice(0, training),
    articles.slice(training, validation),
    articles.slice(validation),
  ];
  print(
    `${articles.length} articles with two topics or more: ${known.length} counted, ${chosenOn.length} to choose on, ${later.length} told\n`,
  );
  print(row('ranked by', ['validation', 'test']));
  const tell = async (name: string, before: List, after: List) => {
    const figures = [await meanReciprocalRank(before, chosenOn), await meanReciprocalRank(after, later)];
    print(
      row(
        name,
        figures.map((figure) => figure.toFixed(3)),
      ),
    );
  };
  const earlier = articles.slice(0, validation);
  const [first, second] = [new Counted(known, Infinity), new Counted(earlier, Infinity)];
  for (const [name, score] of Object.entries(MEASURES)) await tell(name, first.by(score), second.by(score));
  for (const mix of MIXES) {
    const score: Score = (pair) =>
      pair.both * (mix + (npmi(pair.both, [pair.first, pair.second], pair.total) ?? 0));
    await tell(`k (${mix} + npmi)`, first.by(score), second.by(score));
  }
  for (const halfLife of HALF_LIVES) {
    const name = `P(B|A), half-life ${halfLife} days`;
    await tell(name, new Counted(known, halfLife).byShare(), new Counted(earlier, halfLife).byShare());
  }
  for (const mode of ['COVERED_WITH', 'ASSOCIATED', 'DISTINCTIVE', 'RISING'] as const) {
    await tell(mode, await modeOver(known, mode), await modeOver(earlier, mode));
  }
};

interface Pair {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly total: number;
}
type Score = (pair: Pair) => number;

const MEASURES: Readonly<Record<string, Score>> = {
  lift: ({ both, first, second, total }) => lift(both, [first, second], total) ?? 0,
  npmi: ({ both, first, second, total }) => npmi(both, [first, second], total) ?? 0,
  G2: ({ both, first, second, total }) => logLikelihood(contingency(both, first, second, total)),
  'P(B|A)': ({ both, first }) => both / first,
};

/** How often topics are carried, and with which others; with a half-life, counted back from the newest article. */
class Counted {
  private readonly each = new Map<number, number>();
  private readonly pairs = new Map<number, Map<number, number>>();
  private total = 0;

  constructor(articles: readonly Tagged[], halfLife: number) {
    const newest = articles.at(-1)?.at ?? 0;
    for (const { at, topics } of articles) {
      const weight = halfLife === Infinity ? 1 : decayed(Math.floor((newest - at) / DAY), halfLife);
      this.total += weight;
      for (const topic of topics) {
        this.each.set(topic, (this.each.get(topic) ?? 0) + weight);
        const others = this.pairs.get(topic) ?? new Map<number, number>();
        this.pairs.set(topic, others);
        for (const other of topics) if (other !== topic) others.set(other, (others.get(other) ?? 0) + weight);
      }
    }
  }

  by(score: Score): List {
    return (topic) =>
      this.ranked(topic, (both, other) =>
        score({ both, first: this.of(topic), second: this.of(other), total: this.total }),
      );
  }

  byShare(): List {
    return (topic) => this.ranked(topic, (both) => both);
  }

  private of(topic: number): number {
    return this.each.get(topic) ?? 0;
  }

  private ranked(topic: number, score: (both: number, other: number) => number): number[] {
    return [...(this.pairs.get(topic) ?? [])]
      .map(([other, both]) => ({ other, both, score: score(both, other) }))
      .sort((a, b) => b.score - a.score || b.both - a.both || a.other - b.other)
      .slice(0, DEPTH)
      .map(({ other }) => other);
  }
}

/** The lists that Dateline answers with. */
async function modeOver(articles: readonly Tagged[], mode: RelatedMode): Promise<List> {
  const moment = await momentOf(articles);
  const lists = new Map<number, Promise<readonly number[]>>();
  const listOf = async (topic: number) => {
    const asked = { topic, mode, kind: null, days: moment.span, isWindow: false, first: DEPTH };
    return (await relatedTopics(moment, asked)).map((found) => found.topic);
  };
  return (topic) => {
    const known = lists.get(topic) ?? listOf(topic);
    lists.set(topic, known);
    return known;
  };
}

async function momentOf(articles: readonly Tagged[]): Promise<Moment> {
  const numbers = new TopicNumbers();
  const builder = new SegmentBuilder(numbers);
  for (const [place, { at, topics }] of articles.entries()) {
    const ties = topics.map((topic) => (topic * 2 + 1) * SALIENCE_ROOM);
    builder.add({
      ...{ id: place + 1, listedAt: at, updatedAt: at, embargoUntil: null, expiresAt: null },
      ...{ ties, copies: [] },
    });
  }
  const kind: TopicKind = 'SUBJECT';
  const places = articles.flatMap(({ topics }) =>
    topics.map((id) => [id, { id, parentId: null, kind }] as const),
  );
  const none = new Uint32Array(0);
  const base = { segment: await builder.done(), gone: none };
  const fresh = await new SegmentBuilder(numbers).done();
  const state = new ArchiveState(0, new TopicTree(new Map(places)), numbers, base, new Map(), fresh);
  return state.at(articles.at(-1)?.at ?? 0);
}

async function meanReciprocalRank(list: List, articles: readonly Tagged[]): Promise<number> {
  let sum = 0;
  let asked = 0;
  for (const { topics } of articles) {
    for (const topic of topics) {
      const rank = (await list(topic)).findIndex((other) => other !== topic && topics.includes(other));
      sum += rank === -1 ? 0 : 1 / (rank + 1);
      asked++;
    }
  }
  return sum / asked;
}

/** With their places and subjects as topics, in the order of time; those with one topic tell nothing of pairs. */
function taggedArticles(texts: readonly Text[]): Tagged[] {
  const numbers = new Map<string, number>();
  const numberOf = (name: string) => {
    const number = numbers.get(name) ?? numbers.size + 1;
    numbers.set(name, number);
    return number;
  };
  return texts
    .flatMap((text) => {
      const { topics, places } = text;
      const at = instantOf(text);
      const names = [...topics.map((name) => `subject ${name}`), ...places.map((name) => `place ${name}`)];
      return at === null || names.length < 2 ? [] : [{ at, topics: [...new Set(names)].map(numberOf) }];
    })
    .sort((a, b) => a.at - b.at);
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(32)}${cells.map((cell) => cell.padStart(12)).join('')}`;
}
