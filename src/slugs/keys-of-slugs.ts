import { sql } from 'drizzle-orm';
import { Refusal } from '../core/refusal';
import { decodeSlug } from '../core/text';
import { lock, type SluggedKind, type Tx } from '../database';
import { heirsOf, SLUGGED_TABLES } from './former-slugs';

/**
 * The keys of what has the slugs, or had them, in the same order.
 * @param field the input field that names them
 * @throws Refusal NOT_FOUND that names the first slug which nobody has; VALIDATION where two lead to the same
 */
export async function keysOfSlugs(
  tx: Tx,
  kind: SluggedKind,
  field: string,
  slugs: readonly string[],
): Promise<number[]> {
  if (slugs.length === 0) return [];
  const keys = await find(tx, kind, slugs.map(decodeSlug));
  const seen = new Set<number>();
  return keys.map((key, index) => {
    const at = `${field}.${index}`;
    if (key === null) throw unknown(kind, slugs[index] ?? '', at);
    if (seen.has(key)) throw new Refusal('VALIDATION', `"${field}" names the same ${kind} twice.`, at);
    seen.add(key);
    return key;
  });
}

/** The same for a single slug. @throws Refusal NOT_FOUND */
export async function keyOfSlug(tx: Tx, kind: SluggedKind, field: string, slug: string): Promise<number> {
  const [key] = await find(tx, kind, [decodeSlug(slug)]);
  if (key == null) throw unknown(kind, slug, field);
  return key;
}

/** The same where null stands for none. @throws Refusal NOT_FOUND */
export async function keyOrNull(
  tx: Tx,
  kind: SluggedKind,
  field: string,
  slug: string | null,
): Promise<number | null> {
  return slug === null ? null : keyOfSlug(tx, kind, field, slug);
}

async function find(tx: Tx, kind: SluggedKind, wanted: readonly string[]): Promise<(number | null)[]> {
  // Before it is read what it is now, so that it still is when somebody is tied to it.
  if (kind !== 'collection') await lock(tx, 'SUBJECTS', 'SHARED');
  const slugs = [...new Set(wanted)];
  const rows = await tx.rows<{ id: number; slug: string }>(
    sql`select id, slug from ${sql.identifier(SLUGGED_TABLES[kind])} where ${tx.portable.among(sql`slug`, 'slugs')}`,
    { slugs },
  );
  const keys = new Map(rows.map(({ id, slug }) => [slug, id]));
  const heirs = keys.size < slugs.length ? await heirsOf(tx, kind, slugs) : null;
  return wanted.map((slug) => keys.get(slug) ?? heirs?.get(slug) ?? null);
}

function unknown(kind: SluggedKind, slug: string, field: string): Refusal {
  return new Refusal('NOT_FOUND', `There is no ${kind} with the slug "${slug}".`, field);
}
