/** Topics that stand on the articles of one topic, with how often. */
import type { Moment } from './archive/moment';
import type { TopicNumber } from './archive/segment';
import { inSlices } from './archive/slices';
import type { View } from './archive/view';
import type { Day, Days } from './days';
import { within } from './scan';

/** Articles whose topics are counted before the time is looked at. */
const STEP = 10_000;

/**
 * Goes through all articles of the topic in the days, in the order of their publication in each segment, and calls
 * `count` with the number of every topic that one of them carries, the topic itself included, and with its day.
 */
export async function eachCompanion(
  moment: Moment,
  topic: TopicNumber,
  days: Days,
  count: (companion: TopicNumber, day: Day) => void,
): Promise<void> {
  for (const view of moment.views) {
    const { offsets, carried } = view.segment;
    const rows = view.rowsOf(days);
    const postings = within(view.segment.postings(topic), rows);
    const hidden = hiddenSet(view, days);
    await inSlices(0, postings.length, STEP, (from, to) => {
      for (let place = from; place < to; place++) {
        const row = (postings[place] ?? 0) >>> 1;
        if (hidden?.has(row)) continue;
        const day = view.segment.dayOf(row);
        const end = offsets[row + 1] ?? 0;
        for (let tie = offsets[row] ?? 0; tie < end; tie++) count((carried[tie] ?? 0) >>> 1, day);
      }
    });
  }
}

/** Null where nothing is hidden. */
function hiddenSet(view: View, days: Days): ReadonlySet<number> | null {
  const hidden = view.hiddenIn(view.rowsOf(days));
  return hidden.length === 0 ? null : new Set(hidden);
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
