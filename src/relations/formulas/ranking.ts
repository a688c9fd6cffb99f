/** A score without its last digits: differences below 1e-9 are rounding, and decide nothing. */
export function steady(score: number): number {
  return Math.round(score * 1e9) / 1e9;
}

/** What is ranked: the highest score first, what has none last; equal ones by how many articles there are, then by key. */
export interface Ranked {
  readonly score: number | null;
  readonly articleCount: number;
  /** A key. */
  readonly topic: number;
}

/**
 * The best of many that are told of one by one. Few are taken on the way, and an object need be made of these alone: to
 * make one of each and to sort them all leaves most of the garbage of a relation behind.
 */
export class Best<T extends Ranked> {
  private readonly kept: T[] = [];

  /** @param most that are kept */
  constructor(private readonly most: number) {}

  /** Whether it is among the best of those that were told of so far, and is to be added. */
  takes(score: number | null, articleCount: number, topic: number): boolean {
    if (this.kept.length < this.most) return true;
    const last = this.kept.at(-1);
    return last !== undefined && isBefore(score, articleCount, topic, last);
  }

  add(ranked: T): void {
    const { score, articleCount, topic } = ranked;
    const { kept } = this;
    let place = kept.length;
    for (; place > 0; place--) {
      const other = kept[place - 1];
      if (other === undefined || !isBefore(score, articleCount, topic, other)) break;
    }
    kept.splice(place, 0, ranked);
    if (kept.length > this.most) kept.pop();
  }

  /** The best one first. */
  all(): readonly T[] {
    return this.kept;
  }
}

function isBefore(score: number | null, articleCount: number, topic: number, other: Ranked): boolean {
  if ((score === null) !== (other.score === null)) return score !== null;
  const difference = steady(score ?? 0) - steady(other.score ?? 0) || articleCount - other.articleCount;
  return difference === 0 ? topic < other.topic : difference > 0;
}
