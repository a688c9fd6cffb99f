export interface CategoryRow {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly parentId: number | null;
  readonly topicId: number | null;
  readonly position: number;
  readonly coverage: number;
  readonly revision: number;
}

/** What a category says: without what others do to it, of which the change log does not tell. */
export type CategoryFacts = Omit<CategoryRow, 'coverage'>;

/** A site has tens; what is beyond this is refused when it is written. */
export const MAX_CATEGORIES_OF_A_SITE = 1_000;

/** So many are shown below one; one more is refused when it is written. */
export const MAX_CHILDREN = 500;

/** All categories of the site as they hang together. Built from one read. */
export class CategoryTree {
  private readonly byId: ReadonlyMap<number, CategoryFacts>;
  private readonly bySlug: ReadonlyMap<string, CategoryFacts>;
  private readonly byParent = new Map<number | null, CategoryFacts[]>();

  /** `rows` in the order in which siblings are shown. */
  constructor(readonly rows: readonly CategoryFacts[]) {
    this.byId = new Map(rows.map((row) => [row.id, row]));
    this.bySlug = new Map(rows.map((row) => [row.slug, row]));
    for (const row of rows) {
      // A parent that is gone leaves its children at the top rather than nowhere.
      const parent = row.parentId !== null && this.byId.has(row.parentId) ? row.parentId : null;
      const siblings = this.byParent.get(parent);
      if (siblings) siblings.push(row);
      else this.byParent.set(parent, [row]);
    }
  }

  get(id: number): CategoryFacts | null {
    return this.byId.get(id) ?? null;
  }

  /** The one that has the slug; not one that had it. */
  under(slug: string): CategoryFacts | null {
    return this.bySlug.get(slug) ?? null;
  }

  /** Those with the keys, in that order, as far as they are there. */
  all(ids: readonly number[]): CategoryFacts[] {
    const found: CategoryFacts[] = [];
    for (const id of ids) {
      const row = this.byId.get(id);
      if (row) found.push(row);
    }
    return found;
  }

  get roots(): readonly CategoryFacts[] {
    return this.byParent.get(null) ?? [];
  }

  children(id: number): readonly CategoryFacts[] {
    return this.byParent.get(id) ?? [];
  }

  /** The category and all above it, from the root down; empty where there is none. */
  line(id: number): readonly CategoryFacts[] {
    const row = this.byId.get(id);
    return row ? [...this.ancestors(row), row] : [];
  }

  parent(row: CategoryFacts): CategoryFacts | null {
    return (row.parentId === null ? undefined : this.byId.get(row.parentId)) ?? null;
  }

  /** From the root down to the parent; empty for a root. */
  ancestors(row: CategoryFacts): readonly CategoryFacts[] {
    const line: CategoryFacts[] = [];
    for (let above = this.parent(row); above !== null && !line.includes(above); above = this.parent(above)) {
      line.unshift(above);
    }
    return line;
  }
}
