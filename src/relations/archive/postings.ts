/** Which articles carry a topic: of each topic its rows, by which the archive is gone through topic by topic. */
import { inSlices } from '../../core/slices';
import { lowerBound, type TieColumn } from './columns';
import type { RowNumber, TopicNumber } from './segment';
import type { Rows } from './view';

/** The ties of a segment by article: where those of each row begin, and with the next where they end. */
export interface Ties {
  readonly offsets: Uint32Array;
  /** Each twice the number of its topic, plus 1 where it is direct. */
  readonly carried: TieColumn;
}

/**
 * Rows of a block. A posting is twice its row, plus 1 where the tie is direct, and the upper half of that is the number of the
 * block: it is told by where the posting stands, so that the lower half, of 16 bits, is all that is written down.
 */
const BLOCK = 1 << 15;
/** Rows that are sorted under their topics before the time is looked at. */
const STEP = 200;

/** Calls `visit` for each tie, article by article, with the block of its topic that it belongs to, and its posting. */
async function eachTie(
  { offsets, carried }: Ties,
  blocks: number,
  visit: (list: number, posting: number) => void,
): Promise<void> {
  await inSlices(0, offsets.length - 1, STEP, (from, to) => {
    for (let row = from; row < to; row++) {
      const [block, end] = [Math.floor(row / BLOCK), offsets[row + 1] ?? 0];
      for (let tie = offsets[row] ?? 0; tie < end; tie++) {
        const packed = carried[tie] ?? 0;
        visit((packed >>> 1) * blocks + block, row * 2 + (packed & 1));
      }
    }
  });
}

/** Of all topics of a segment. */
export class PostingLists {
  private constructor(
    private readonly blocks: number,
    /** By topic, and for each by block, where its postings begin; at the end, how many there are. */
    private readonly starts: Uint32Array,
    private readonly lower: Uint16Array,
  ) {}

  /** Sorts ties by topic: they are counted first, then put where the counts say. */
  static async of(ties: Ties, topics: number): Promise<PostingLists> {
    const blocks = Math.max(1, Math.ceil((ties.offsets.length - 1) / BLOCK));
    const starts = new Uint32Array(topics * blocks + 1);
    await eachTie(ties, blocks, (list) => {
      starts[list + 1] = (starts[list + 1] ?? 0) + 1;
    });
    for (let list = 1; list < starts.length; list++)
      starts[list] = (starts[list] ?? 0) + (starts[list - 1] ?? 0);
    const next = starts.slice();
    const lower = new Uint16Array(ties.carried.length);
    await eachTie(ties, blocks, (list, posting) => {
      const place = next[list] ?? 0;
      // The upper half does not fit, and is cut off.
      lower[place] = posting;
      next[list] = place + 1;
    });
    return new PostingLists(blocks, starts, lower);
  }

  /** One more than the highest number of a topic. */
  get topics(): number {
    return (this.starts.length - 1) / this.blocks;
  }

  get size(): number {
    return this.lower.length;
  }

  get bytes(): number {
    return this.starts.byteLength + this.lower.byteLength;
  }

  /** All of a topic; none where it has another number than those here. */
  list(topic: TopicNumber): PostingList {
    return new PostingList(this, topic, this.start(topic), this.start(topic + 1));
  }

  /** How many of the rows carry the topic: nothing is made for it, since thousands of topics are counted at a time. */
  countIn(topic: TopicNumber, { from, to }: Rows): number {
    return this.firstFrom(topic, to) - this.firstFrom(topic, from);
  }

  /** Where those of the topic in rows from this one on begin. */
  firstFrom(topic: TopicNumber, row: RowNumber): number {
    const { blocks, starts, lower } = this;
    // Most windows have an end that is that of the archive.
    if (row === 0 || topic >= this.topics) return this.start(topic);
    const block = Math.floor(row / BLOCK);
    if (block >= blocks) return this.start(topic + 1);
    const place = topic * blocks + block;
    return lowerBound(lower, (row % BLOCK) * 2, starts[place], starts[place + 1]);
  }

  /** Writes those at the places [from, to), which are of the topic, in full. */
  write(topic: TopicNumber, from: number, to: number, into: Uint32Array): Uint32Array {
    const { blocks, starts, lower } = this;
    for (let block = 0, place = from; place < to; block++) {
      const end = Math.min(to, starts[topic * blocks + block + 1] ?? to);
      const upper = block * 2 * BLOCK;
      for (; place < end; place++) into[place - from] = upper + (lower[place] ?? 0);
    }
    return into;
  }

  /** Where those of the topic begin, and those of the one before end. */
  private start(topic: TopicNumber): number {
    return this.starts[topic * this.blocks] ?? this.lower.length;
  }
}

/** Postings that are read at once. */
const PIECE = 10_000;
/** They are written here, whoever reads them: an array for each piece would be megabytes of garbage for a frequent topic. */
const piece = new Uint32Array(PIECE);

/** Those of one topic, or of some of its rows: each is twice the row plus 1 where the tie is direct, and they rise. */
export class PostingList {
  constructor(
    private readonly lists: PostingLists,
    private readonly topic: TopicNumber,
    private readonly start: number,
    private readonly end: number,
  ) {}

  get length(): number {
    return this.end - this.start;
  }

  /** The place in this list of the first one from this row on. */
  firstFrom(row: RowNumber): number {
    return this.lists.firstFrom(this.topic, row) - this.start;
  }

  /** Those of these rows. */
  within({ from, to }: Rows): PostingList {
    const { lists, topic } = this;
    return new PostingList(lists, topic, lists.firstFrom(topic, from), lists.firstFrom(topic, to));
  }

  /** Those at the places [from, to). */
  part(from: number, to: number): PostingList {
    return new PostingList(this.lists, this.topic, this.start + from, this.start + to);
  }

  /** All of them, in an array of their own: to be asked of few. */
  all(): Uint32Array {
    const { lists, topic, start, end } = this;
    return lists.write(topic, start, end, new Uint32Array(this.length));
  }

  /** Calls `visit` with all of them, piece by piece. A piece is good until `visit` returns, and it may read no other list. */
  visit(visit: (postings: Uint32Array) => void): void {
    for (let from = 0; from < this.length; from += PIECE)
      visit(this.read(from, Math.min(from + PIECE, this.length)));
  }

  /** The same, and the event loop goes round when the time for one turn is up. */
  visitInSlices(visit: (postings: Uint32Array) => void): Promise<void> {
    return inSlices(0, this.length, PIECE, (from, to) => visit(this.read(from, to)));
  }

  private read(from: number, to: number): Uint32Array {
    const { lists, topic, start } = this;
    return lists.write(topic, start + from, start + to, piece.subarray(0, to - from));
  }
}
