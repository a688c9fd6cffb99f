import type { TimeBucket } from '../core/calendar';
import type { Instant } from '../core/clock';
import type { Page, Position } from '../core/paging';
import type { TopicKind } from '../database';
import type { Moment } from './archive/moment';
import { connectors, type FoundConnector } from './connectors';
import type { Days } from './days';
import { type AssociationMeasures, association } from './formulas/association';
import { bursts } from './formulas/bursts';
import { momentum } from './formulas/momentum';
import { pageOf, type RelationOrder } from './listing';
import { peaksOnDemand } from './peaks';
import { eachCarrier, type Scan, scan } from './scan';
import { storyCount } from './stories';
import { type Coverage, timeline } from './timeline';
import type { Window } from './window';

export interface FoundBurst {
  readonly days: Days;
  readonly weight: number;
  /** The key of the article that shows it best, or null. */
  peak(): Promise<number | null>;
}

export interface RelationQuery {
  /** Keys of topics. */
  readonly topics: readonly number[];
  readonly window: Window;
  readonly includeDescendants: boolean;
}

/** How topics are covered together. Everything is worked out when it is asked for, out of one scan of the archive. */
export class Relation {
  private scanned: Promise<Scan> | undefined;

  constructor(
    private readonly moment: Moment,
    readonly query: RelationQuery,
  ) {}

  async articleCount(): Promise<number> {
    return (await this.association()).together;
  }

  /** The same after copies of a text are folded. */
  async storyCount(): Promise<number> {
    return storyCount(await this.scan());
  }

  async association(): Promise<AssociationMeasures> {
    return association((await this.scan()).tally);
  }

  /** When the first and the newest article that carries all of them was published; null where there is none. */
  async seen(): Promise<{ readonly first: Instant; readonly last: Instant } | null> {
    let first = Infinity;
    let last = -Infinity;
    await eachCarrier((await this.scan()).parts, ({ segment }, row) => {
      const at = segment.listedAt[row] ?? 0;
      first = Math.min(first, at);
      last = Math.max(last, at);
    });
    return first === Infinity ? null : { first, last };
  }

  /** @throws DatelineError BAD_USER_INPUT for more than 4000 buckets */
  async timeline(bucket: TimeBucket): Promise<Coverage[]> {
    return timeline(await this.scan(), this.query.window, bucket);
  }

  /** The heaviest first; of equal ones the newest. */
  async bursts(first: number): Promise<FoundBurst[]> {
    const scanned = await this.scan();
    const { from } = scanned.asked.days;
    const found = bursts(scanned.counts, scanned.totals)
      .map(({ weight, ...days }) => ({ weight, days: { from: from + days.from, to: from + days.to } }))
      .sort((a, b) => b.weight - a.weight || b.days.from - a.days.from)
      .slice(0, first);
    const peak = peaksOnDemand(
      scanned,
      found.map(({ days }) => days),
    );
    return found.map((burst, place) => ({ ...burst, peak: () => peak(place) }));
  }

  /** The instant is the day of the newest article of the window, so that the answer is a function of the data. */
  async momentum(): Promise<number | null> {
    const { counts, totals } = await this.scan();
    const days = totals.findLastIndex((total) => total > 0) + 1;
    return momentum(counts.subarray(0, days), totals.subarray(0, days));
  }

  async connectors(first: number, kind: TopicKind | null): Promise<FoundConnector[]> {
    return connectors(await this.scan(), { first, kind, hasStart: this.query.window.from !== null });
  }

  /** Positions of the articles of a page, and one more where the list goes on. */
  async page(order: RelationOrder, page: Page): Promise<Position[]> {
    return pageOf(await this.scan(), order, page);
  }

  private scan(): Promise<Scan> {
    const { topics, window, includeDescendants } = this.query;
    const numbers = topics.map((topic) => this.moment.numbers.find(topic));
    this.scanned ??= scan(this.moment, { topics: numbers, days: window.days, includeDescendants });
    return this.scanned;
  }
}
