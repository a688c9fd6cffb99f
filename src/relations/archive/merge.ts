import { inSlices } from '../../core/slices';
import type { Segment } from './segment';
import { SegmentBuilder } from './segment-builder';
import type { Layer } from './state';
import type { TopicNumbers } from './topic-numbers';

/** Rows that are copied before the time is looked at. */
const STEP = 5_000;

/** One segment of two, without what is gone from them. */
export async function mergeLayers(a: Layer, b: Layer, numbers: TopicNumbers): Promise<Segment> {
  const builder = new SegmentBuilder(numbers);
  const [x, y] = [new Walk(a), new Walk(b)];
  await inSlices(0, a.segment.size + b.segment.size, STEP, (from, to) => {
    for (let each = from; each < to; each++) {
      const next = y.isDone || (!x.isDone && x.isBefore(y)) ? x : y;
      if (!next.isDone) next.moveTo(builder);
    }
  });
  return builder.done();
}

/** Goes through the rows of a layer that count, one by one. */
class Walk {
  private row = 0;
  private gone = 0;
  private restricted = 0;

  constructor(private readonly layer: Layer) {
    this.skip();
  }

  get isDone(): boolean {
    return this.row >= this.layer.segment.size;
  }

  isBefore(other: Walk): boolean {
    const [a, b] = [this.layer.segment, other.layer.segment];
    const earlier = (a.listedAt[this.row] ?? 0) - (b.listedAt[other.row] ?? 0);
    return (earlier || (a.keys[this.row] ?? 0) - (b.keys[other.row] ?? 0)) < 0;
  }

  moveTo(builder: SegmentBuilder): void {
    const { segment } = this.layer;
    const { rows, embargoUntil, expiresAt } = segment.restricted;
    while ((rows[this.restricted] ?? Infinity) < this.row) this.restricted++;
    const isRestricted = rows[this.restricted] === this.row;
    builder.copy(
      segment,
      this.row,
      isRestricted ? (embargoUntil[this.restricted] ?? 0) : -Infinity,
      isRestricted ? (expiresAt[this.restricted] ?? 0) : Infinity,
    );
    this.row++;
    this.skip();
  }

  private skip(): void {
    const { gone } = this.layer;
    while (gone[this.gone] === this.row) {
      this.gone++;
      this.row++;
    }
  }
}
