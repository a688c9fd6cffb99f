/** Columns of numbers that grow by appending. */

type Column = Uint16Array | Uint32Array | Int32Array | Float64Array;

/** A typed array of which the length need not be known beforehand. */
export class Growing<C extends Column> {
  private length = 0;

  constructor(
    private column: C,
    private readonly make: (length: number) => C,
  ) {}

  get size(): number {
    return this.length;
  }

  push(value: number): void {
    if (this.length === this.column.length) {
      const larger = this.make(Math.max(64, this.column.length * 2));
      larger.set(this.column);
      this.column = larger;
    }
    this.column[this.length++] = value;
  }

  /** What was pushed, without the room for more. */
  done(): C {
    const exact = this.make(this.length);
    exact.set(this.column.subarray(0, this.length));
    return exact;
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
