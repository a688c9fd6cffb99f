import {
  addCategories,
  type CategoryDescription,
  categoriesById,
  describeCategories,
  reparentCategories,
} from '../categories';
import type { Tx } from '../database';
import { topicsOfEntries } from '../topics';
import { bringSubjects, type Kept, keptAs, keptOwn } from './bring-subjects';
import { findKeys } from './import-keys';
import type { ImportScope } from './import-scope';
import type { ImportCategory } from './wordpress';

/** All of the site's at once, because a child may stand before its parent. */
export async function importCategories(
  tx: Tx,
  scope: ImportScope,
  categories: readonly ImportCategory[],
): Promise<void> {
  const { actor, at, gazetteer } = scope;
  const entryOf = ({ name }: ImportCategory) => gazetteer.meant(name);
  await bringSubjects(tx, scope, categories, {
    kind: 'category',
    counted: 'categories',
    keyOf: ({ slug }) => slug,
    nameOf: ({ slug }) => `The category "${slug}"`,
    also: (category) => markOf(entryOf(category)?.id),
    add: async (fresh) => {
      const topics = await topicsOfEntries(
        { tx, ...scope },
        scope.gazetteer,
        fresh.flatMap((category) => entryOf(category) ?? []),
      );
      const found = await addCategories(
        tx,
        actor,
        at,
        fresh.map((category) => ({
          slug: category.slug,
          name: category.name,
          description: category.description,
          parentId: null,
          topicId: topics.get(entryOf(category)?.id ?? '')?.id ?? null,
          position: 0,
        })),
      );
      const kept = found.map(keptAs);
      await hang(tx, scope, fresh, kept);
      return kept;
    },
    change: async (changed) => {
      const records = changed.map(({ record }) => record);
      const topics = await topicsOfEntries(
        { tx, ...scope },
        scope.gazetteer,
        records.flatMap((category) => entryOf(category) ?? []),
      );
      const rows = await categoriesById(tx, { ids: changed.map(({ id }) => id) });
      const byId = new Map(rows.map((row) => [row.id, row]));
      const described = changed.flatMap(({ id, record }): CategoryDescription[] => {
        const row = byId.get(id);
        if (!row) return [];
        const topicId = topics.get(entryOf(record)?.id ?? '')?.id ?? row.topicId;
        return [{ id, name: record.name, description: record.description, topicId, position: row.position }];
      });
      await describeCategories(tx, actor, at, described);
      const kept = changed.map(keptOwn);
      await hang(tx, scope, records, kept);
      return kept;
    },
    contents: async (ids) => {
      const rows = await categoriesById(tx, { ids: [...ids] });
      return new Map(
        rows.map(({ id, name, description, parentId, topicId }) => [
          id,
          [name, description, parentId, topicId],
        ]),
      );
    },
  });
  noteOrphans(scope, categories);
}

/** Part of a fingerprint: what the gazetteer says. */
export function markOf(entryId: string | undefined): string {
  return entryId === undefined ? '' : ` ${entryId}`;
}

/** Hangs the import's own categories where they hang over there. */
async function hang(
  tx: Tx,
  { source, actor, at }: ImportScope,
  records: readonly ImportCategory[],
  kept: readonly Kept[],
): Promise<void> {
  const known = await findKeys(
    tx,
    source,
    'category',
    records.flatMap(({ parentSlug }) => parentSlug ?? []),
  );
  const now = new Map(records.map(({ slug }, index) => [slug, kept[index]?.id]));
  const parents = new Map<number, number | null>();
  for (const [index, { parentSlug }] of records.entries()) {
    const { id = 0, own = false } = kept[index] ?? {};
    if (!own) continue;
    const parent =
      parentSlug === null ? null : (now.get(parentSlug) ?? known.get(parentSlug)?.localId ?? null);
    parents.set(id, parent);
  }
  await reparentCategories(tx, actor, at, parents);
}

function noteOrphans({ report }: ImportScope, categories: readonly ImportCategory[]): void {
  const slugs = new Set(categories.map(({ slug }) => slug));
  for (const { slug, parentSlug, line } of categories) {
    if (parentSlug === null || slugs.has(parentSlug)) continue;
    const message = `Category "${slug}": its parent "${parentSlug}" is not in the file`;
    report.note({ line, lost: true, message });
  }
}
