/** Topics that are in the news more than they use to be. */

import { inSlices } from '../core/slices';
import type { TopicKind } from '../database';
import type { Moment } from './archive/moment';
import { TopicCounts } from './companions';
import type { Days } from './days';
import { Best, steady } from './formulas/ranking';
import { surprise } from './formulas/surprise';

export type TrendWindow = 'DAY' | 'WEEK' | 'MONTH';

const LENGTH: Readonly<Record<TrendWindow, number>> = { DAY: 1, WEEK: 7, MONTH: 30 };
/** Days before the window by which it is measured. */
const USUAL = 365;
/** Articles whose topics are counted before the time is looked at. */
const STEP = 10_000;

export interface FoundTrend {
  /** The key of the topic. */
  readonly topic: number;
  readonly z: number;
  /** In the window. */
  readonly articleCount: number;
}

/**
 * The topics with the greatest z, above 0, of the last 1, 7 or 30 days against the 365 days before them: the z of a
 * timeline with these two buckets. The last day is that of the newest article, so that the answer is a function of the
 * data. Equal ones by count, then by key.
 */
export async function trending(
  moment: Moment,
  { first, window, kind }: { first: number; window: TrendWindow; kind: TopicKind | null },
): Promise<FoundTrend[]> {
  const { to } = moment.span;
  const now: Days = { from: to - LENGTH[window], to };
  const usual: Days = { from: now.from - USUAL, to: now.from };
  const [total, totalBefore] = [moment.countIn(now), moment.countIn(usual)];
  // Without anything to be measured by everything would be news.
  if (totalBefore === 0) return [];
  const counts = await countTopics(moment, now);
  const before = new TopicCounts(moment, usual);
  const best = new Best<Omit<FoundTrend, 'z'> & { score: number }>(first);
  for (let number = 0; number < counts.length; number++) {
    const count = counts[number] ?? 0;
    if (count === 0) continue;
    const topic = moment.numbers.keyOf(number);
    if (kind !== null && moment.topics.kindOf(topic) !== kind) continue;
    const { z } = surprise({ count, total }, { count: before.of(number), total: totalBefore });
    if (steady(z) > 0 && best.takes(z, count, topic)) best.add({ topic, articleCount: count, score: z });
  }
  return best.all().map(({ score: z, ...trend }) => ({ ...trend, z }));
}

async function countTopics(moment: Moment, days: Days): Promise<Uint32Array> {
  const counts = new Uint32Array(moment.numbers.count);
  for (const view of moment.views) {
    const rows = view.rowsOf(days);
    const hidden = new Set(view.hiddenIn(rows));
    const { offsets, carried } = view.segment;
    await inSlices(rows.from, rows.to, STEP, (from, to) => {
      for (let row = from; row < to; row++) {
        if (hidden.has(row)) continue;
        const end = offsets[row + 1] ?? 0;
        for (let tie = offsets[row] ?? 0; tie < end; tie++) {
          const topic = (carried[tie] ?? 0) >>> 1;
          counts[topic] = (counts[topic] ?? 0) + 1;
        }
      }
    });
  }
  return counts;
}
