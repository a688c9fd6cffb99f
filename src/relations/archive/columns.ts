/** Columns of numbers that grow by appending. */

type Column = Uint16Array | Uint32Array | Int32Array | Float64Array;

/** Ties by article: in half of the room while that can tell all topics apart, as in every newsroom so far. */
export type TieColumn = Uint16Array | Uint32Array;

/**
 * Values of the first part, for most columns are short, and of the largest: megabytes, which the system takes back as a whole,
 * while what is smaller is cut out of memory that other things hold on to.
 */
const FIRST_PART = 64;
const LARGEST_PART = 1_048_576;

/**
 * A typed array of which the length need not be known beforehand. It grows by parts, which stay where they are: one that is
 * copied to a larger one each time takes up to three times its room while it is, and leaves as much behind.
 */
export class Growing<C extends Column> {
  private full: C[] = [];
  private before = 0;
  private length = 0;

  constructor(
    private part: C,
    private readonly make: (length: number) => C,
  ) {}

  get size(): number {
    return this.before + this.length;
  }

  push(value: number): void {
    if (this.length === this.part.length) this.begin();
    this.part[this.length++] = value;
  }

  /** What was pushed, in one piece; to be asked for once, since the parts are let go of. */
  done(): C {
    return this.into(this.make);
  }

  /** The same in a column of another kind, which can hold all that was pushed. */
  into<D extends Column>(make: (length: number) => D): D {
    const exact = make(this.size);
    let at = 0;
    for (const part of this.full) {
      exact.set(part, at);
      at += part.length;
    }
    exact.set(this.part.subarray(0, this.length), at);
    this.full = [];
    this.part = this.make(0);
    [this.before, this.length] = [0, 0];
    return exact;
  }

  private begin(): void {
    if (this.part.length > 0) this.full.push(this.part);
    this.before += this.length;
    this.part = this.make(Math.max(FIRST_PART, Math.min(this.part.length * 2, LARGEST_PART)));
    this.length = 0;
  }
}

export const growingUint16 = (): Growing<Uint16Array> => growing((length) => new Uint16Array(length));
export const growingUint32 = (): Growing<Uint32Array> => growing((length) => new Uint32Array(length));
export const growingInt32 = (): Growing<Int32Array> => growing((length) => new Int32Array(length));
export const growingFloat64 = (): Growing<Float64Array> => growing((length) => new Float64Array(length));

function growing<C extends Column>(make: (length: number) => C): Growing<C> {
  return new Growing(make(0), make);
}

/** The first place in the rising column, or its part [from, to), with a value of `least` or more. */
export function lowerBound(
  column: ArrayLike<number>,
  least: number,
  from = 0,
  to: number = column.length,
): number {
  let low = from;
  let high = to;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((column[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
