/** How readers may comment below a category: among the settings, so that exports take it along. */
import { sql } from 'drizzle-orm';
import type { Tx } from '../database';

/** The setting of the site; those of categories begin with it. */
export const COMMENTING = 'commenting';

export function commentingSetting(category: number): string {
  return `${COMMENTING}:${category}`;
}

/**
 * A category that says nothing of comments takes over what one says that becomes part of it, so that nothing opens
 * that was closed; what it says itself holds for all.
 */
export async function inheritCommenting(tx: Tx, from: number, into: number): Promise<void> {
  await tx.execute(
    sql`insert into settings (name, value) select cast(${commentingSetting(into)} as text), value from settings where name = ${commentingSetting(from)} on conflict (name) do nothing`,
  );
  await forgetCommenting(tx, from);
}

export async function forgetCommenting(tx: Tx, category: number): Promise<void> {
  await tx.execute(sql`delete from settings where name = ${commentingSetting(category)}`);
}
