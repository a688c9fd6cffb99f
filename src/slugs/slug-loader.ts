import { type Loader, lookupLoader } from '../core/batch';
import type { Prepared, Reader, SluggedKind } from '../database';
import { formerly } from './former-slugs';

/** What is found under slugs, and how. */
export interface Slugged<R> {
  readonly kind: SluggedKind;
  readonly bySlug: Prepared<{ slugs: string[] }, R>;
  readonly byId: Prepared<{ ids: number[] }, R>;
}

/**
 * A loader by slug. A slug that nobody has any more finds who had it, or what that was merged into: whoever
 * wants to know compares slugs.
 */
export function slugLoader<R extends { readonly id: number; readonly slug: string }>(
  reader: Reader,
  { kind, bySlug, byId }: Slugged<R>,
): Loader<string, R | null> {
  return lookupLoader(async (slugs) => {
    const found = new Map((await bySlug(reader, { slugs: [...slugs] })).map((row) => [row.slug, row]));
    const missing = slugs.filter((slug) => !found.has(slug));
    const heirs = await formerly(reader, kind, missing);
    if (heirs.size === 0) return found;
    const rows = new Map(
      (await byId(reader, { ids: [...new Set(heirs.values())] })).map((row) => [row.id, row]),
    );
    for (const [slug, id] of heirs) {
      const row = rows.get(id);
      if (row) found.set(slug, row);
    }
    return found;
  });
}
