import type { PastState, Subjects } from '../../articles';

export type TreeFacet = 'category' | 'topic';

/** That something stood elsewhere in its tree before an entry of the change log. */
export interface Move {
  readonly seq: number;
  readonly facet: TreeFacet;
  readonly id: number;
  /** What it stood below until then; null for nothing. */
  readonly parent: number | null;
}

/** A tree as it is: each child with its parent. */
export type Parents = ReadonlyMap<number, number>;

/** More steps than a tree has levels. */
const MAX_STEPS = 100;

/**
 * The trees of categories and topics as they were at any time that the change log remembers: what they are, with the
 * moves since then undone.
 */
export class Trees {
  private readonly moved: Readonly<Record<TreeFacet, ReadonlyMap<number, readonly Move[]>>>;

  /** @param moves in the order of the log */
  constructor(
    private readonly present: Readonly<Record<TreeFacet, Parents>>,
    readonly moves: readonly Move[],
  ) {
    this.moved = { category: byId(moves, 'category'), topic: byId(moves, 'topic') };
  }

  /** What an article carries, as the trees were just before the entry with the number `seq`. */
  subjectsOf({ categories, topics }: Pick<PastState, 'categories' | 'topics'>, seq: number): Subjects {
    return {
      author: new Map(),
      category: this.withAncestors('category', categories, seq),
      topic: this.withAncestors('topic', topics, seq),
    };
  }

  /** Something and what it stood below, just before the entry, from the bottom up. */
  lineOf(facet: TreeFacet, id: number, seq: number): number[] {
    const line = [id];
    for (let steps = 0; steps < MAX_STEPS; steps++) {
      const parent = this.parentOf(facet, line.at(-1) ?? id, seq);
      if (parent === null) break;
      line.push(parent);
    }
    return line;
  }

  private withAncestors(facet: TreeFacet, ids: readonly number[], seq: number): Map<number, boolean> {
    const carried = new Map<number, boolean>();
    for (const id of ids) for (const above of this.lineOf(facet, id, seq)) carried.set(above, false);
    for (const id of ids) carried.set(id, true);
    return carried;
  }

  private parentOf(facet: TreeFacet, id: number, seq: number): number | null {
    const undone = this.moved[facet].get(id)?.find((move) => move.seq >= seq);
    return undone ? undone.parent : (this.present[facet].get(id) ?? null);
  }
}

function byId(moves: readonly Move[], facet: TreeFacet): Map<number, Move[]> {
  const found = new Map<number, Move[]>();
  for (const move of moves) {
    if (move.facet !== facet) continue;
    const known = found.get(move.id);
    if (known) known.push(move);
    else found.set(move.id, [move]);
  }
  return found;
}
