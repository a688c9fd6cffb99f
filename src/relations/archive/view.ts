import type { Instant } from '../../core/clock';
import type { Day, Days } from '../days';
import { lowerBound } from './columns';
import type { RowNumber, Segment } from './segment';

/** Rows one after the other, half-open. */
export interface Rows {
  readonly from: RowNumber;
  readonly to: RowNumber;
}

/**
 * A segment as readers see it at an instant: what is published by then, less what is gone from it since it was made,
 * under embargo, or expired.
 */
export class View {
  /** The first row that is still to come. */
  readonly end: RowNumber;

  constructor(
    readonly segment: Segment,
    at: Instant,
    /** Rows that readers do not see, rising; there may be others from `end` on. */
    readonly hidden: Uint32Array,
  ) {
    this.end = segment.firstAfter(at);
  }

  rowsOf({ from, to }: Days): Rows {
    const first = this.firstOn(from);
    return { from: first, to: Math.max(first, this.firstOn(to)) };
  }

  /** The first row that was published on the day or later, or the first that is still to come. */
  firstOn(day: Day): RowNumber {
    return Math.min(this.segment.firstOn(day), this.end);
  }

  hiddenIn({ from, to }: Rows): Uint32Array {
    return this.hidden.subarray(lowerBound(this.hidden, from), lowerBound(this.hidden, to));
  }

  /** Whether readers see the article in the row. */
  shows(row: RowNumber): boolean {
    return row < this.end && this.hidden[lowerBound(this.hidden, row)] !== row;
  }

  /** How many of them readers see. */
  countIn(rows: Rows): number {
    return rows.to - rows.from - this.hiddenIn(rows).length;
  }

  /** The day of the first article that readers see, or null. */
  get firstDay(): Day | null {
    let row = 0;
    while (row < this.end && this.hidden[row] === row) row++;
    return row < this.end ? this.segment.dayOf(row) : null;
  }

  /** The last row among these that readers see, or null. */
  lastIn({ from, to }: Rows): RowNumber | null {
    let place = lowerBound(this.hidden, to);
    let row = to - 1;
    while (row >= from && place > 0 && this.hidden[place - 1] === row) {
      row--;
      place--;
    }
    return row >= from ? row : null;
  }
}

/** Rows of the segment that are hidden at an instant, beside those that are `gone` from it; and until when that holds. */
export function hiddenAt(
  segment: Segment,
  gone: Uint32Array,
  at: Instant,
): { rows: Uint32Array; until: Instant } {
  const { rows, embargoUntil, expiresAt } = segment.restricted;
  const closed: number[] = [];
  let until = Infinity;
  for (let place = 0; place < rows.length; place++) {
    const embargo = embargoUntil[place] ?? 0;
    const expiry = expiresAt[place] ?? 0;
    if (embargo > at || expiry <= at) closed.push(rows[place] ?? 0);
    if (embargo > at) until = Math.min(until, embargo);
    if (expiry > at) until = Math.min(until, expiry);
  }
  return { rows: union(gone, closed), until };
}

/** Both rise; so does what comes out, with each number once. */
export function union(a: ArrayLike<number>, b: ArrayLike<number>): Uint32Array {
  const all = new Uint32Array(a.length + b.length);
  let size = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    const x = a[i] ?? Infinity;
    const y = b[j] ?? Infinity;
    all[size++] = Math.min(x, y);
    if (x <= y) i++;
    if (y <= x) j++;
  }
  return all.subarray(0, size);
}
