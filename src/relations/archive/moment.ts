import type { Day, Days } from '../days';
import type { TopicNumbers } from './topic-numbers';
import type { TopicTree } from './topic-tree';
import type { View } from './view';

/** The archive as readers see it at one instant. */
export class Moment {
  constructor(
    readonly views: readonly View[],
    readonly topics: TopicTree,
    readonly numbers: TopicNumbers,
  ) {}

  /** From the day of the first article up to that of the last; no days where there are none. */
  get span(): Days {
    const firsts = this.views.flatMap((view) => view.firstDay ?? []);
    const last = this.lastDayIn(ALWAYS);
    return last === null ? { from: 0, to: 0 } : { from: Math.min(...firsts), to: last + 1 };
  }

  /** How many articles there are in the days. */
  countIn(days: Days): number {
    return this.views.reduce((sum, view) => sum + view.countIn(view.rowsOf(days)), 0);
  }

  /** The day of the newest article in the days, or null. */
  lastDayIn(days: Days): Day | null {
    const lasts = this.views.flatMap((view) => {
      const row = view.lastIn(view.rowsOf(days));
      return row === null ? [] : [view.segment.dayOf(row)];
    });
    return lasts.length === 0 ? null : Math.max(...lasts);
  }
}

/** Every day that an instant can be on. */
export const ALWAYS: Days = { from: -200_000_000, to: 200_000_000 };
