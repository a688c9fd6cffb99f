/** Topics through which others hang together. */
import type { TopicKind } from '../database';
import { ALWAYS, type Moment } from './archive/moment';
import type { TopicNumber } from './archive/segment';
import { inSlices } from './archive/slices';
import { everyTopic, SUPPORT } from './formulas/association';
import { contingency, logLikelihood } from './formulas/log-likelihood';
import { byRank } from './formulas/ranking';
import { type Asked, eachCarrier, markedParts, type Scan } from './scan';

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

/** Rows whose topics are counted before the time is looked at. */
const STEP = 10_000;

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
  const { withAll, withSome } = await countCompanions(scan);
  const { bySet } = scan.tally;
  const all = bySet[everyTopic(scan.tally)] ?? 0;
  const some = scan.tally.total - (bySet[0] ?? 0) - all;
  const kin = askedKeys(scan).map((asked) => topics.kinOf(asked));
  const found: Omit<FoundConnector, 'newInWindow'>[] = [];
  for (let number = 0; number < withAll.length; number++) {
    const count = withAll[number] ?? 0;
    if (count === 0) continue;
    const topic = numbers.keyOf(number);
    if (kind !== null && topics.kindOf(topic) !== kind) continue;
    if (kin.some((isKin) => isKin(topic))) continue;
    const table = contingency(count, all, count + (withSome[number] ?? 0), all + some);
    found.push({
      topic,
      articleCount: count,
      logLikelihood: count < SUPPORT ? null : logLikelihood(table),
    });
  }
  const best = found
    .map((connector) => ({ ...connector, score: connector.logLikelihood }))
    .sort(byRank)
    .slice(0, first);
  const known = hasStart && best.length > 0 ? await companionsBefore(scan) : null;
  return best.map(({ score: _, ...connector }) => ({
    ...connector,
    newInWindow: known !== null && !known.has(numbers.find(connector.topic) ?? -1),
  }));
}

/** By number of topic: how many articles carry it that carry all asked topics, or some of them but not all. */
async function countCompanions({ moment, asked, tally, parts }: Scan) {
  const withAll = new Uint32Array(moment.numbers.count);
  const withSome = new Uint32Array(moment.numbers.count);
  const all = everyTopic(tally);
  const least = asked.includeDescendants ? 0 : 1;
  for (const { view, rows, sets } of parts) {
    const { offsets, carried } = view.segment;
    await inSlices(0, sets.length, STEP, (from, to) => {
      for (let place = from; place < to; place++) {
        const set = sets[place];
        if (set === 0) continue;
        const row = rows.from + place;
        addTies(carried, offsets[row] ?? 0, offsets[row + 1] ?? 0, least, set === all ? withAll : withSome);
      }
    });
  }
  return { withAll, withSome };
}

/** Adds one to the count of each topic of an article. */
function addTies(carried: Uint32Array, from: number, to: number, least: number, counts: Uint32Array): void {
  for (let tie = from; tie < to; tie++) {
    const packed = carried[tie] ?? 0;
    if ((packed & 1) >= least) counts[packed >>> 1] = (counts[packed >>> 1] ?? 0) + 1;
  }
}

/** Topics that were seen with all of the asked ones before the window. */
async function companionsBefore({ moment, asked, tally }: Scan): Promise<Set<TopicNumber>> {
  const before: Asked = { ...asked, days: { from: ALWAYS.from, to: asked.days.from } };
  const seen = new Set<TopicNumber>();
  await eachCarrier({ tally, parts: await markedParts(moment, before) }, ({ segment }, row) => {
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
