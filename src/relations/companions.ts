/** Topics that stand on the articles of one topic, with how often. */
import type { Moment } from './archive/moment';
import type { TopicNumber } from './archive/segment';
import { inSlices } from './archive/slices';
import type { Days } from './days';
import { within } from './scan';

/** Articles whose topics are counted before the time is looked at. */
const STEP = 10_000;

/** What is added up of the articles of a topic, by the number of every topic that they carry, itself included. */
export interface Counting {
  /** How many there are. */
  readonly together: Uint32Array;
  /** By day from the first of the days on, what an article of it counts; whole numbers. */
  readonly weights: Float64Array;
  /** What they count together. */
  readonly weighed: Float64Array;
}

/** Goes through all articles of the topic in the days. */
export async function countCompanions(
  moment: Moment,
  topic: TopicNumber,
  days: Days,
  { together, weights, weighed }: Counting,
): Promise<void> {
  for (const view of moment.views) {
    const { segment } = view;
    const { offsets, carried } = segment;
    const rows = view.rowsOf(days);
    const closed = view.hiddenIn(rows);
    const postings = within(segment.postings(topic), rows);
    // Rows rise, and so do what is hidden and the days: nothing has to be looked up.
    let hidden = 0;
    let day = days.from - 1;
    let nextDay = 0;
    await inSlices(0, postings.length, STEP, (from, to) => {
      for (let place = from; place < to; place++) {
        const row = (postings[place] ?? 0) >>> 1;
        while ((closed[hidden] ?? Infinity) < row) hidden++;
        if (closed[hidden] === row) continue;
        while (row >= nextDay) nextDay = segment.firstOn(++day + 1);
        const weight = weights[day - days.from] ?? 0;
        const first = offsets[row] ?? 0;
        const last = offsets[row + 1] ?? 0;
        addOnes(carried, first, last, together);
        if (weight !== 0) addWeight(carried, first, last, weight, weighed);
      }
    });
  }
}

function addOnes(carried: Uint32Array, from: number, to: number, counts: Uint32Array): void {
  for (let tie = from; tie < to; tie++) {
    const topic = (carried[tie] ?? 0) >>> 1;
    counts[topic] = (counts[topic] ?? 0) + 1;
  }
}

function addWeight(carried: Uint32Array, from: number, to: number, weight: number, sums: Float64Array): void {
  for (let tie = from; tie < to; tie++) {
    const topic = (carried[tie] ?? 0) >>> 1;
    sums[topic] = (sums[topic] ?? 0) + weight;
  }
}

/** How many articles of the days carry topics. */
export class TopicCounts {
  private readonly hidden = new Map<TopicNumber, number>();

  constructor(
    private readonly moment: Moment,
    private readonly days: Days,
  ) {
    for (const view of moment.views) {
      const { offsets, carried } = view.segment;
      for (const row of view.hiddenIn(view.rowsOf(days))) {
        const end = offsets[row + 1] ?? 0;
        for (let tie = offsets[row] ?? 0; tie < end; tie++) {
          const topic = (carried[tie] ?? 0) >>> 1;
          this.hidden.set(topic, (this.hidden.get(topic) ?? 0) + 1);
        }
      }
    }
  }

  of(topic: TopicNumber): number {
    const carrying = this.moment.views.reduce(
      (sum, view) => sum + within(view.segment.postings(topic), view.rowsOf(this.days)).length,
      0,
    );
    return carrying - (this.hidden.get(topic) ?? 0);
  }
}
