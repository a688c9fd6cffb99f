import type { Gazetteer, GazetteerEntry } from '../gazetteer';
import type { ImportCategory } from './wordpress';

/** The categories that a source declares, as articles ask for them. */
export class CategoryIndex {
  private readonly slugs = new Map<string, string>();
  private readonly bySlug = new Map<string, ImportCategory>();

  constructor(
    categories: readonly ImportCategory[],
    private readonly gazetteer: Gazetteer,
  ) {
    for (const category of categories) {
      this.bySlug.set(category.slug, category);
      if (category.externalId !== null) this.slugs.set(category.externalId, category.slug);
    }
  }

  /** The slug of a category by its number over there. */
  slugOf(termId: string | null): string | null {
    return (termId === null ? undefined : this.slugs.get(termId)) ?? null;
  }

  /** What the gazetteer knows the category as, or else the nearest one above it. */
  entryOf({ slug, name }: { readonly slug: string; readonly name: string }): GazetteerEntry | null {
    const declared = this.bySlug.get(slug);
    if (declared === undefined) return this.gazetteer.meant(name);
    const seen = new Set<ImportCategory>();
    for (let at: ImportCategory | undefined = declared; at !== undefined && !seen.has(at); ) {
      const entry = this.gazetteer.meant(at.name);
      if (entry) return entry;
      seen.add(at);
      at = at.parentSlug === null ? undefined : this.bySlug.get(at.parentSlug);
    }
    return null;
  }
}
