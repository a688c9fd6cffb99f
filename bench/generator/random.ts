/**
 * Randomness that is the same on every machine: a database is named by its seed, and two people who measure
 * must measure the same one. mulberry32: 32 bits of state, good enough for text and far faster than crypto.
 */
export class Random {
  constructor(private state: number) {}

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** Uniform among from, from + 1, …, to. */
  between(from: number, to: number): number {
    return from + Math.floor(this.next() * (to - from + 1));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  pick<T>(items: readonly T[]): T {
    const item = items[Math.floor(this.next() * items.length)];
    if (item === undefined) throw new Error('There is nothing to pick from');
    return item;
  }
}

/**
 * Ranks 0, 1, …, count - 1, the rank r with a weight of 1 / (r + 1 + flat)^exponent: few are frequent, most are
 * rare. `flat` takes the point off: without it the first two ranks would stand on nearly every article.
 */
export function zipf(count: number, exponent = 1, flat = 0): (random: Random) => number {
  const bounds = new Float64Array(count);
  let sum = 0;
  for (let rank = 0; rank < count; rank++) {
    sum += 1 / (rank + 1 + flat) ** exponent;
    bounds[rank] = sum;
  }
  return (random) => {
    const point = random.next() * sum;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[middle] ?? 0) > point) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}
