import { sql } from 'drizzle-orm';
import { prepared, type Reader, type SluggedKind, type Tx } from '../database';

/** Who has now what had the slugs before, by slug; without those that nobody ever had. */
export async function formerly(
  reader: Reader,
  kind: SluggedKind,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (slugs.length === 0) return new Map();
  const rows = await formerSlugs(reader, { kind, slugs: [...slugs] });
  return new Map(rows.map(({ slug, localId }) => [slug, localId]));
}

const formerSlugs = prepared(({ tables: { formerSlugs: f }, portable }) => ({
  select: { slug: f.slug, localId: f.localId },
  from: sql`${f} where ${f.kind} = ${sql.placeholder('kind')} and ${portable.among(f.slug, 'slugs')}`,
}));

/** The same for slugs of which some are in use: of those there is nothing to tell. */
export async function heirsOf(
  reader: Reader,
  kind: SluggedKind,
  slugs: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { formerSlugs: f } = reader.tables;
  const rows = await reader.rows<{ slug: string; id: number }>(
    sql`select slug, local_id as id from ${f} where ${f.kind} = ${kind} and ${reader.portable.among(f.slug, 'slugs')} and not exists (select 1 from ${sql.identifier(SLUGGED_TABLES[kind])} as x where x.slug = ${f.slug})`,
    { slugs },
  );
  return new Map(rows.map(({ slug, id }) => [slug, id]));
}

export const SLUGGED_TABLES: Readonly<Record<SluggedKind, string>> = {
  article: 'articles',
  author: 'authors',
  category: 'categories',
  collection: 'collections',
  topic: 'topics',
};

/** Leaves word under the slug that something had, when it takes another. */
export async function leaveSlug(
  tx: Tx,
  kind: SluggedKind,
  localId: number,
  slug: { readonly from: string; readonly to: string },
): Promise<void> {
  if (slug.from === slug.to) return;
  const { formerSlugs: f } = tx.tables;
  // One that comes back to a slug has it, and is not led to it. What else used to have it stays known.
  await tx.delete(f).where(sql`${f.kind} = ${kind} and ${f.slug} = ${slug.to} and ${f.localId} = ${localId}`);
  await tx
    .insert(f)
    .values({ kind, slug: slug.from, localId })
    .onConflictDoUpdate({ target: [f.kind, f.slug], set: { localId } });
}

/** What has become part of another: its slugs lead there, and an import that comes again finds the other. */
export async function handOver(
  tx: Tx,
  kind: SluggedKind,
  gone: { readonly id: number; readonly slug: string },
  heir: number,
): Promise<void> {
  const { formerSlugs: f, importKeys: k } = tx.tables;
  await tx.update(f).set({ localId: heir }).where(sql`${f.kind} = ${kind} and ${f.localId} = ${gone.id}`);
  await tx
    .insert(f)
    .values({ kind, slug: gone.slug, localId: heir })
    .onConflictDoUpdate({ target: [f.kind, f.slug], set: { localId: heir } });
  // Not the import's own any more: what comes again is looked for again.
  await tx
    .update(k)
    .set({ localId: heir, state: null })
    .where(sql`${k.kind} = ${kind} and ${k.localId} = ${gone.id}`);
}

/** What is deleted leaves nothing behind: an import that has it still brings it anew. */
export async function forgetSlugs(tx: Tx, kind: SluggedKind, localId: number): Promise<void> {
  const { formerSlugs: f, importKeys: k } = tx.tables;
  await tx.delete(f).where(sql`${f.kind} = ${kind} and ${f.localId} = ${localId}`);
  await tx.delete(k).where(sql`${k.kind} = ${kind} and ${k.localId} = ${localId}`);
}
