import { sql } from 'drizzle-orm';
import { Refusal } from '../core/refusal';
import type { SluggedKind, Tx } from '../database';
import { leaveSlug, SLUGGED_TABLES } from './former-slugs';

/** How many suffixes are tried with one statement. */
const BATCH = 20;

/**
 * The slug, or with the lowest free suffix "-2", "-3", …: one that nobody has, and that leads to nobody either, for
 * it was made and not chosen.
 */
export async function freeSlug(tx: Tx, kind: SluggedKind, wanted: string): Promise<string> {
  for (let start = 1; ; start += BATCH) {
    const candidates = Array.from({ length: BATCH }, (_, index) => suffixed(wanted, start + index));
    const among = tx.portable.among(sql`slug`, 'candidates');
    const rows = await tx.rows<{ slug: string }>(
      sql`select slug from ${sql.identifier(SLUGGED_TABLES[kind])} where ${among} union select slug from former_slugs where kind = ${kind} and ${among}`,
      { candidates },
    );
    const used = new Set(rows.map(({ slug }) => slug));
    const free = candidates.find((candidate) => !used.has(candidate));
    if (free !== undefined) return free;
  }
}

/**
 * A slug that somebody chose is not changed behind their back. One that leads elsewhere may be taken.
 * @throws Refusal SLUG_TAKEN
 */
export async function assertSlugIsFree(tx: Tx, kind: SluggedKind, slug: string): Promise<void> {
  const rows = await tx.rows<{ id: number }>(
    sql`select id from ${sql.identifier(SLUGGED_TABLES[kind])} where slug = ${slug}`,
  );
  if (rows.length === 0) return;
  throw new Refusal('SLUG_TAKEN', `Another ${kind} has the slug "${slug}".`, 'slug');
}

/** Before something takes another slug: the other is free, and its own leads to it from then on. @throws Refusal SLUG_TAKEN */
export async function changeSlug(
  tx: Tx,
  kind: SluggedKind,
  { id, slug: from }: { readonly id: number; readonly slug: string },
  to: string,
): Promise<void> {
  if (from === to) return;
  await assertSlugIsFree(tx, kind, to);
  await leaveSlug(tx, kind, id, { from, to });
}

function suffixed(slug: string, number: number): string {
  return number === 1 ? slug : `${slug}-${number}`;
}
