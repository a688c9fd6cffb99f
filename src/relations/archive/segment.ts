import type { Instant } from '../../core/clock';
import { type Day, dayOf } from '../days';
import { type Bits, noBits, setBit } from './bits';
import { lowerBound, type TieColumn } from './columns';
import type { CompanionSums } from './companion-sums';
import type { PostingList, PostingLists } from './postings';
import type { Rows } from './view';

/** The place of an article in a segment: articles are numbered in the order of their publication, equal ones by key. */
export type RowNumber = number;

/** A dense number for the key of a topic; the same in all segments. */
export type TopicNumber = number;

/**
 * Articles with what they carry, by article and by topic, as columns of numbers. It is made once and never changes.
 * A tie is written as one number: twice the topic (or, by topic, the row), plus 1 where it is direct.
 */
export class Segment {
  /** Carriers of topics that are frequent, and have been asked for: as bits they take less than as postings. */
  private readonly frequent = new Map<number, Bits>();

  /** What was added up last of the companions of a frequent topic, by topic. */
  readonly weighed = new Map<TopicNumber, WeighedRows>();

  constructor(private readonly columns: SegmentColumns) {}

  get size(): number {
    return this.columns.keys.length;
  }

  get keys(): Int32Array {
    return this.columns.keys;
  }

  /** When each was published; it rises. */
  get listedAt(): Float64Array {
    return this.columns.listedAt;
  }

  get updatedAt(): Float64Array {
    return this.columns.updatedAt;
  }

  /** Where the ties of each row begin, and with the next where they end. */
  get offsets(): Uint32Array {
    return this.columns.offsets;
  }

  /** The ties of the articles, one article after the other. */
  get carried(): TieColumn {
    return this.columns.carried;
  }

  /** Of each of them, in ten-thousandths. */
  get salience(): Uint16Array {
    return this.columns.salience;
  }

  /** Articles under an embargo or with an end to their rights. */
  get restricted(): Restrictions {
    return this.columns.restricted;
  }

  /** Articles of which there are copies. */
  get copies(): Copies {
    return this.columns.copies;
  }

  /** Keys of the copies of the article in the row. */
  copiesOf(row: RowNumber): Int32Array {
    const { rows, offsets, keys } = this.columns.copies;
    const place = lowerBound(rows, row);
    return rows[place] === row ? keys.subarray(offsets[place], offsets[place + 1]) : NO_KEYS;
  }

  /** One more than the highest number of a topic. */
  get topics(): number {
    return this.columns.postings.topics;
  }

  /** How many articles of a topic carry others. */
  get companions(): CompanionSums {
    return this.columns.companions;
  }

  /** Rows that carry the topic. */
  postings(topic: TopicNumber): PostingList {
    return this.columns.postings.list(topic);
  }

  /** How many of the rows carry the topic. */
  countCarriers(topic: TopicNumber, rows: Rows): number {
    return this.columns.postings.countIn(topic, rows);
  }

  /** Whether the bits of its carriers are kept when they have been asked for. */
  isFrequent(topic: TopicNumber): boolean {
    return this.postings(topic).length * FREQUENT >= this.size;
  }

  /** Rows that carry the topic, or carry it directly; not to be changed. */
  carriers(topic: TopicNumber, includeDescendants: boolean): Bits {
    const least = includeDescendants ? 0 : 1;
    const place = topic * 2 + least;
    const carriers = this.frequent.get(place) ?? bitsOf(this.postings(topic), least, this.size);
    if (this.isFrequent(topic)) this.frequent.set(place, carriers);
    return carriers;
  }

  /** The first row that was published on the day or later. */
  firstOn(day: Day): RowNumber {
    const { dayOffsets, firstDay } = this.columns;
    return dayOffsets[Math.min(Math.max(0, day - firstDay), dayOffsets.length - 1)] ?? 0;
  }

  /** The first row that was published after the instant. */
  firstAfter(instant: Instant): RowNumber {
    return lowerBound(this.columns.listedAt, instant + 1);
  }

  dayOf(row: RowNumber): Day {
    return dayOf(this.columns.listedAt[row] ?? 0);
  }

  /** Where the article with the key is, or null. */
  find(key: number): RowNumber | null {
    const { keys, byKey } = this.columns;
    let low = 0;
    let high = byKey.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((keys[byKey[middle] ?? 0] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    const row = byKey[low];
    return row !== undefined && keys[row] === key ? row : null;
  }

  /** Bytes that the columns take. */
  get bytes(): number {
    const { restricted, copies, companions, postings, firstDay: _, ...columns } = this.columns;
    const parts = [columns, restricted, copies].flatMap((part) => Object.values(part));
    const weighed = [...this.weighed.values()].map(({ sums }) => sums);
    const all = [...parts, ...this.frequent.values(), ...weighed];
    return all.reduce((sum, column) => sum + column.byteLength, companions.bytes + postings.bytes);
  }
}

export interface WeighedRows extends Rows {
  /** By day, what an article counted. */
  readonly weights: Float64Array;
  /** By number of topic. */
  readonly sums: Float64Array;
}

export interface SegmentColumns {
  readonly keys: Int32Array;
  /** Rows in the order of their keys. */
  readonly byKey: Uint32Array;
  readonly listedAt: Float64Array;
  readonly updatedAt: Float64Array;
  readonly offsets: Uint32Array;
  readonly carried: TieColumn;
  readonly salience: Uint16Array;
  readonly restricted: Restrictions;
  readonly copies: Copies;
  readonly postings: PostingLists;
  readonly companions: CompanionSums;
  readonly firstDay: Day;
  /** By day from the first on, the first row that was published then or later; one more than there are days. */
  readonly dayOffsets: Uint32Array;
}

export interface Restrictions {
  /** Rising. */
  readonly rows: Uint32Array;
  /** Instants; minus infinity where there is no embargo, infinity where the rights do not end. */
  readonly embargoUntil: Float64Array;
  readonly expiresAt: Float64Array;
}

export interface Copies {
  /** Rising. */
  readonly rows: Uint32Array;
  /** Where the copies of each of these rows begin, and with the next where they end. */
  readonly offsets: Uint32Array;
  readonly keys: Int32Array;
  /** The row of each of them where it is in this segment, else -1. */
  readonly places: Int32Array;
}

const NO_KEYS = new Int32Array(0);

/** A topic is frequent that one of so many articles carries. */
const FREQUENT = 32;

/** @param least 1 for those alone that carry it directly */
function bitsOf(postings: PostingList, least: number, size: number): Bits {
  const bits = noBits(size);
  postings.visit((some) => setBits(bits, some, least));
  return bits;
}

function setBits(bits: Bits, postings: Uint32Array, least: number): void {
  for (let place = 0; place < postings.length; place++) {
    const posting = postings[place] ?? 0;
    if ((posting & 1) >= least) setBit(bits, posting >>> 1);
  }
}
