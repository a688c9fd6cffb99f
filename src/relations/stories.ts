/** How many stories articles tell: copies of one text are one. */
import type { Instant } from '../core/clock';
import { inSlices } from '../core/slices';
import { hasBit } from './archive/bits';
import { everyTopic } from './formulas/association';
import type { Scan, ScannedPart } from './scan';

/** Milliseconds after which nobody brings a wire story any more: the same words then are those of a series, such as a forecast. */
const LONGEST = 3 * 86_400_000;
/** Articles with copies that are looked at before the time is. */
const STEP = 10_000;

/** Whether copies that were published then and then tell the same story. */
export function areNear(a: Instant, b: Instant): boolean {
  return Math.abs(a - b) <= LONGEST;
}

/**
 * Of the articles that carry all of the topics, how many are left when those that are copies of each other, at most
 * three days apart, or hang together through such, count as one. Nothing else connects them: what readers do not see,
 * or is outside of the window, folds nothing.
 */
export async function storyCount(scan: Scan): Promise<number> {
  const stories = new DisjointSets();
  for (const [number, part] of scan.parts.entries())
    await eachCopy(part, scan.parts.slice(0, number), (a, b) => stories.join(a, b));
  return (scan.tally.bySet[everyTopic(scan.tally)] ?? 0) - stories.joined;
}

/**
 * Calls `visit` with the keys of every two carriers that are copies of each other, of which one is in the part, and
 * the other too, or in one of the earlier parts.
 */
async function eachCopy(
  part: ScannedPart,
  earlier: readonly ScannedPart[],
  visit: (a: number, b: number) => void,
): Promise<void> {
  const { segment } = part.view;
  const { rows, offsets, keys, places } = segment.copies;
  const consider = (row: number, other: ScannedPart, at: number) => {
    // What an earlier part has in a former state is hidden there, and carries nothing.
    if (!hasBit(other.all, at)) return;
    if (areNear(segment.listedAt[row] ?? 0, other.view.segment.listedAt[at] ?? 0))
      visit(segment.keys[row] ?? 0, other.view.segment.keys[at] ?? 0);
  };
  await inSlices(0, rows.length, STEP, (from, to) => {
    for (let place = from; place < to; place++) {
      const row = rows[place] ?? 0;
      if (!hasBit(part.all, row)) continue;
      const end = offsets[place + 1] ?? 0;
      for (let copy = offsets[place] ?? 0; copy < end; copy++) {
        const own = places[copy] ?? -1;
        // Of a pair one way is enough.
        if (own > row) consider(row, part, own);
        for (const other of earlier) {
          const found = other.view.segment.find(keys[copy] ?? 0);
          if (found !== null) consider(row, other, found);
        }
      }
    }
  });
}

/** Which things hang together. Robert Tarjan, "Efficiency of a Good But Not Linear Set Union Algorithm", 1975. */
class DisjointSets {
  /** How often two that were apart have been joined: so many fewer sets there are. */
  joined = 0;
  private readonly parents = new Map<number, number>();

  join(a: number, b: number): void {
    const [x, y] = [this.rootOf(a), this.rootOf(b)];
    if (x === y) return;
    this.parents.set(x, y);
    this.joined++;
  }

  private rootOf(of: number): number {
    let root = of;
    for (let next = this.parents.get(root); next !== undefined; next = this.parents.get(root)) {
      const over = this.parents.get(next);
      if (over !== undefined) this.parents.set(root, over);
      root = next;
    }
    return root;
  }
}
