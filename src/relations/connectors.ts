/** Topics through which others hang together. */

import { inSlices } from '../core/slices';
import type { TopicKind } from '../database';
import { type Bits, lowest, withoutBits } from './archive/bits';
import { ALWAYS, type Moment } from './archive/moment';
import type { Segment, TopicNumber } from './archive/segment';
import { countCompanions } from './companions';
import { everyTopic, SUPPORT } from './formulas/association';
import { contingency, logLikelihood } from './formulas/log-likelihood';
import { Best } from './formulas/ranking';
import { type Asked, carriersOfAll, carriersOfAny, eachCarrier, type Scan } from './scan';

export interface FoundConnector {
  /** The key of the topic. */
  readonly topic: number;
  /** Articles that carry it and all of the asked topics. */
  readonly articleCount: number;
  /** Null where too few carry it to tell. */
  readonly logLikelihood: number | null;
  /** Whether it was never seen with all of them before the window; never without a beginning of the window. */
  readonly newInWindow: boolean;
}

/** Words of bits, of up to 32 rows, whose topics are counted before the time is looked at. */
const STEP = 500;

/**
 * Topics by the signed G2 of "carries all asked topics" against "carries some but not all": what is about the topic
 * is more often about all of them than about one alone. What has too little support comes last; equal ones by count, then
 * by key. Asked topics and what stands above or below them are left out.
 * @param hasStart whether the window has a beginning, before which an article can have been
 */
export async function connectors(
  scan: Scan,
  { first, kind, hasStart }: { first: number; kind: TopicKind | null; hasStart: boolean },
): Promise<FoundConnector[]> {
  const { numbers, topics } = scan.moment;
  const { withAll, withSome } = await countApart(scan);
  const { bySet } = scan.tally;
  const all = bySet[everyTopic(scan.tally)] ?? 0;
  const some = scan.tally.total - (bySet[0] ?? 0) - all;
  const kin = askedKeys(scan).map((asked) => topics.kinOf(asked));
  const best = new Best<Pick<FoundConnector, 'topic' | 'articleCount'> & { score: number | null }>(first);
  for (let number = 0; number < withAll.length; number++) {
    const count = withAll[number] ?? 0;
    if (count === 0) continue;
    const topic = numbers.keyOf(number);
    if (kind !== null && topics.kindOf(topic) !== kind) continue;
    const table = contingency(count, all, count + (withSome[number] ?? 0), all + some);
    const score = count < SUPPORT ? null : logLikelihood(table);
    if (!best.takes(score, count, topic) || kin.some((isKin) => isKin(topic))) continue;
    best.add({ topic, articleCount: count, score });
  }
  const found = best.all();
  const known = hasStart && found.length > 0 ? await companionsBefore(scan) : null;
  return found.map(({ topic, articleCount, score }) => ({
    topic,
    articleCount,
    logLikelihood: score,
    newInWindow: known !== null && !known.has(numbers.find(topic) ?? -1),
  }));
}

/** By number of topic: how many articles carry it that carry all asked topics, or some of them but not all. */
async function countApart(scan: Scan) {
  const withAll = await countTopics(
    scan,
    scan.parts.map(({ all }) => all),
  );
  const withSome =
    scan.asked.topics.length === 2 && scan.asked.includeDescendants
      ? await countWithOne(scan, withAll)
      : await countTopics(scan, await carriersOfSome(scan));
  return { withAll, withSome };
}

/** In each part what carries some of the asked topics, but not all. */
async function carriersOfSome({ parts }: Scan): Promise<Bits[]> {
  const found: Bits[] = [];
  for (const part of parts) {
    const some = await carriersOfAny(part);
    withoutBits(some, part.all);
    found.push(some);
  }
  return found;
}

/**
 * Of two topics, how many articles carry each topic that carry one of them: what carries the one, and what carries the
 * other, less twice what carries both. So those that carry one, which are most, need not be gone through.
 */
async function countWithOne({ moment, asked }: Scan, withBoth: Uint32Array): Promise<Uint32Array> {
  const counts = new Uint32Array(withBoth.length);
  for (const topic of asked.topics) {
    if (topic === null) continue;
    const companions = await countCompanions(moment, topic, asked.days);
    for (let other = 0; other < counts.length; other++)
      counts[other] = (counts[other] ?? 0) + (companions[other] ?? 0);
  }
  for (let other = 0; other < counts.length; other++)
    counts[other] = (counts[other] ?? 0) - 2 * (withBoth[other] ?? 0);
  return counts;
}

/** By number of topic, how many of the rows of the parts carry it. */
async function countTopics({ moment, asked, parts }: Scan, rows: readonly Bits[]): Promise<Uint32Array> {
  const counts = new Uint32Array(moment.numbers.count);
  const least = asked.includeDescendants ? 0 : 1;
  for (const [place, bits] of rows.entries()) {
    const segment = parts[place]?.view.segment;
    if (segment === undefined) continue;
    await inSlices(0, bits.length, STEP, (from, to) => {
      for (let word = from; word < to; word++) {
        const some = bits[word] ?? 0;
        if (some !== 0) addTies(segment, word, some, least, counts);
      }
    });
  }
  return counts;
}

/** Adds one to the count of each topic of each of the rows, which are the ones of a word of bits. */
function addTies(
  { offsets, carried }: Segment,
  word: number,
  rows: number,
  least: number,
  counts: Uint32Array,
): void {
  for (let left = rows; left !== 0; left &= left - 1) {
    const row = word * 32 + lowest(left);
    const end = offsets[row + 1] ?? 0;
    for (let tie = offsets[row] ?? 0; tie < end; tie++) {
      const packed = carried[tie] ?? 0;
      if ((packed & 1) >= least) counts[packed >>> 1] = (counts[packed >>> 1] ?? 0) + 1;
    }
  }
}

/** Topics that were seen with all of the asked ones before the window. */
async function companionsBefore({ moment, asked }: Scan): Promise<Set<TopicNumber>> {
  const before: Asked = { ...asked, days: { from: ALWAYS.from, to: asked.days.from } };
  const seen = new Set<TopicNumber>();
  await eachCarrier(await carriersOfAll(moment, before), ({ segment }, row) => {
    const end = segment.offsets[row + 1] ?? 0;
    for (let tie = segment.offsets[row] ?? 0; tie < end; tie++) {
      const packed = segment.carried[tie] ?? 0;
      if (asked.includeDescendants || (packed & 1) === 1) seen.add(packed >>> 1);
    }
  });
  return seen;
}

function askedKeys({ moment, asked }: { moment: Moment; asked: Asked }): number[] {
  return asked.topics.flatMap((number) => (number === null ? [] : moment.numbers.keyOf(number)));
}
