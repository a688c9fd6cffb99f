import { inSlices } from '../../core/slices';
import { type Day, dayOf } from '../days';
import { growingFloat64, growingInt32, growingUint16, growingUint32, type TieColumn } from './columns';
import { CompanionSums } from './companion-sums';
import { type ArticleFacts, unpackTie } from './facts';
import { rowsByKey } from './key-order';
import { PostingLists } from './postings';
import { type Copies, Segment } from './segment';
import type { TopicNumbers } from './topic-numbers';

/** Copies that are looked up before the time is looked at. */
const STEP = 50_000;

/** Topics of which the ties, twice the number of one and one bit, are within 16 bits. */
const NARROW_TOPICS = 1 << 15;

/** Makes a segment of articles that come in the order of their publication. */
export class SegmentBuilder {
  private readonly keys = growingInt32();
  private readonly listedAt = growingFloat64();
  private readonly updatedAt = growingFloat64();
  private readonly offsets = growingUint32();
  private readonly carried = growingUint32();
  private readonly salience = growingUint16();
  private readonly restrictedRows = growingUint32();
  private readonly embargoUntil = growingFloat64();
  private readonly expiresAt = growingFloat64();
  private readonly copiedRows = growingUint32();
  private readonly copyOffsets = growingUint32();
  private readonly copyKeys = growingInt32();

  /** @param leastStep of the sums of companions */
  constructor(
    private readonly numbers: TopicNumbers,
    private readonly leastStep?: number,
  ) {}

  get size(): number {
    return this.keys.size;
  }

  add({ id, listedAt, updatedAt, embargoUntil, expiresAt, ties, copies }: ArticleFacts): void {
    this.begin(id, listedAt, updatedAt, embargoUntil ?? -Infinity, expiresAt ?? Infinity);
    this.copied(copies);
    for (const packed of ties) {
      const { topic, direct, salience } = unpackTie(packed);
      this.carried.push(this.numbers.of(topic) * 2 + direct);
      this.salience.push(salience);
    }
  }

  /** Takes over an article from another segment. */
  copy(from: Segment, row: number, embargoUntil: number, expiresAt: number): void {
    this.begin(
      from.keys[row] ?? 0,
      from.listedAt[row] ?? 0,
      from.updatedAt[row] ?? 0,
      embargoUntil,
      expiresAt,
    );
    this.copied(from.copiesOf(row));
    const end = from.offsets[row + 1] ?? 0;
    for (let tie = from.offsets[row] ?? 0; tie < end; tie++) {
      this.carried.push(from.carried[tie] ?? 0);
      this.salience.push(from.salience[tie] ?? 0);
    }
  }

  /** The segment; to be asked for once. */
  async done(): Promise<Segment> {
    const carried = this.ties();
    this.offsets.push(carried.length);
    const keys = this.keys.done();
    const offsets = this.offsets.done();
    const listedAt = this.listedAt.done();
    const ties = { offsets, carried };
    const postings = await PostingLists.of(ties, this.numbers.count);
    return new Segment({
      ...ties,
      ...{ keys, byKey: await rowsByKey(keys), listedAt, updatedAt: this.updatedAt.done() },
      salience: this.salience.done(),
      restricted: {
        rows: this.restrictedRows.done(),
        embargoUntil: this.embargoUntil.done(),
        expiresAt: this.expiresAt.done(),
      },
      copies: await this.copies(keys),
      postings,
      companions: await CompanionSums.of(ties, postings, this.leastStep),
      ...byDay(listedAt),
    });
  }

  private ties(): TieColumn {
    const isNarrow = this.numbers.count <= NARROW_TOPICS;
    return isNarrow ? this.carried.into((length) => new Uint16Array(length)) : this.carried.done();
  }

  /** A copy has copies itself, so it is found among the rows that have some. */
  private async copies(keys: Int32Array): Promise<Copies> {
    this.copyOffsets.push(this.copyKeys.size);
    const copyKeys = this.copyKeys.done();
    const copies = {
      rows: this.copiedRows.done(),
      offsets: this.copyOffsets.done(),
      keys: copyKeys,
      places: new Int32Array(copyKeys.length),
    };
    const rowOf = new Map<number, number>();
    await inSlices(0, copies.rows.length, STEP, (from, to) => {
      for (const row of copies.rows.subarray(from, to)) rowOf.set(keys[row] ?? 0, row);
    });
    await inSlices(0, copies.keys.length, STEP, (from, to) => {
      for (let at = from; at < to; at++) copies.places[at] = rowOf.get(copies.keys[at] ?? 0) ?? -1;
    });
    return copies;
  }

  private begin(key: number, listedAt: number, updatedAt: number, embargo: number, expiry: number): void {
    if (embargo !== -Infinity || expiry !== Infinity) {
      this.restrictedRows.push(this.keys.size);
      this.embargoUntil.push(embargo);
      this.expiresAt.push(expiry);
    }
    this.keys.push(key);
    this.listedAt.push(listedAt);
    this.updatedAt.push(updatedAt);
    this.offsets.push(this.carried.size);
  }

  /** Of the article that was begun last. */
  private copied(keys: Iterable<number> & { readonly length: number }): void {
    if (keys.length === 0) return;
    this.copiedRows.push(this.keys.size - 1);
    this.copyOffsets.push(this.copyKeys.size);
    for (const key of keys) this.copyKeys.push(key);
  }
}

function byDay(listedAt: Float64Array): { firstDay: Day; dayOffsets: Uint32Array } {
  const first = listedAt[0];
  const last = listedAt[listedAt.length - 1];
  if (first === undefined || last === undefined) return { firstDay: 0, dayOffsets: new Uint32Array(1) };
  const firstDay = dayOf(first);
  const days = dayOf(last) - firstDay + 1;
  const dayOffsets = new Uint32Array(days + 1);
  let day = 0;
  for (let row = 0; row < listedAt.length; row++) {
    for (const of = dayOf(listedAt[row] ?? 0) - firstDay; day < of; ) dayOffsets[++day] = row;
  }
  dayOffsets[days] = listedAt.length;
  return { firstDay, dayOffsets };
}
