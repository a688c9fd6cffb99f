/** Where articles are found: slugs and paths, and what used to lead there. */
import { sql } from 'drizzle-orm';
import { freeNames, type Tx } from '../database';
import { leaveSlug } from '../slugs';
import { defaultPath } from './article';
import { leaveRedirect } from './article.redirects';

export interface Addresses {
  readonly slug: string;
  readonly path: string;
}

/**
 * On PostgreSQL two transactions at once would find the same address free, and one of them would fail. Those
 * that give addresses take turns, as on SQLite all do.
 */
export async function lockAddresses(tx: Tx): Promise<void> {
  const { settings } = tx.tables;
  await tx
    .insert(settings)
    .values({ name: 'addresses', value: '' })
    .onConflictDoUpdate({ target: settings.name, set: { value: '' } });
}

/** The addresses that an update asks for. The path follows a new slug where it was made of the old one. */
export function wantedAddresses(
  before: Addresses,
  { slug, path }: { readonly slug?: string; readonly path?: string },
): Partial<Addresses> {
  const follows = slug !== undefined && path === undefined && before.path === defaultPath(before.slug);
  const wanted = follows ? defaultPath(slug) : path;
  return { ...(slug === undefined ? {} : { slug }), ...(wanted === undefined ? {} : { path: wanted }) };
}

/** The addresses that updates ask for, with a suffix where they are taken. What stays is left out. */
export async function freeAddresses(
  tx: Tx,
  updates: readonly { readonly before: Addresses; readonly wanted: Partial<Addresses> }[],
): Promise<Partial<Addresses>[]> {
  const free: { slug?: string; path?: string }[] = updates.map(() => ({}));
  for (const column of ['slug', 'path'] as const) {
    const moves = updates.flatMap(({ before, wanted }, index) => {
      const name = wanted[column];
      return name === undefined || name === before[column]
        ? []
        : [{ name, before: before[column], to: free[index] }];
    });
    if (moves.length === 0) continue;
    await lockAddresses(tx);
    const names = moves.map(({ name }) => name);
    for (const [index, given] of (await freeNames(tx, 'articles', column, names)).entries()) {
      const { name = '', before = '', to } = moves[index] ?? {};
      // Still taken, and the article has a suffix already: it keeps that one.
      const stays = given !== name && isSuffixed(before, name);
      if (to && !stays) to[column] = given;
    }
  }
  return free;
}

/** Whether it is what `freeNames` makes of the name. */
function isSuffixed(given: string, name: string): boolean {
  return given.startsWith(`${name}-`) && /^\d+$/.test(given.slice(name.length + 1));
}

/** Whether another article has one of the addresses. */
export async function areTakenByOthers(tx: Tx, id: number, { slug, path }: Addresses): Promise<boolean> {
  const [row] = await tx.rows<{ id: number }>(
    sql`select id from articles where (slug = ${slug} or path = ${path}) and id <> ${id} limit 1`,
  );
  return row !== undefined;
}

/** Lets the addresses that the article had lead to it, as long as nobody else has them. */
export async function leaveTraces(
  tx: Tx,
  articleId: number,
  before: Addresses,
  after: Addresses,
): Promise<void> {
  if (after.path !== before.path) await leaveRedirect(tx, before.path, articleId, after.path);
  await leaveSlug(tx, 'article', articleId, { from: before.slug, to: after.slug });
}
