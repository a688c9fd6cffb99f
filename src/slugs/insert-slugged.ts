import { type Found, insertMissing, lock, type SluggedKind, type SluggedTable, type Tx } from '../database';
import { heirsOf } from './former-slugs';

/**
 * Inserts the rows whose slug nobody has or had, and returns what stands under the slugs of all, in their order.
 * What was renamed or merged into another is found under its former slug, and not made anew.
 */
export async function insertSlugged<T extends SluggedTable>(
  tx: Tx,
  kind: SluggedKind,
  table: T,
  rows: readonly (T['$inferInsert'] & { readonly slug: string })[],
): Promise<Found[]> {
  await lock(tx, 'SUBJECTS', 'SHARED');
  const heirs = await heirsOf(
    tx,
    kind,
    rows.map(({ slug }) => slug),
  );
  const found = await insertMissing(
    tx,
    table,
    'slug',
    rows.filter(({ slug }) => !heirs.has(slug)),
  );
  return rows.map(({ slug }) => found.get(slug) ?? { id: heirs.get(slug) ?? 0, isNew: false });
}
