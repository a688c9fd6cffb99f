import { sql } from 'drizzle-orm';
import type { Tx } from './database';

/**
 * What transactions hold still for one another. SUBJECTS: authors, categories and topics, their trees and slugs.
 * COLLECTIONS: which there are. IMAGES: that those which are there stay, until they are shown. COMMENTING: in
 * which categories, and on the whole site, readers may comment; taken before any article is held.
 */
const LOCKS = { SUBJECTS: 1, COLLECTIONS: 2, IMAGES: 3, COMMENTING: 4 } as const;
export type Lock = keyof typeof LOCKS;

/** What transactions have already: to ask again would be a statement for nothing. */
const held = new WeakMap<Tx, Set<`${Lock} ${'SHARED' | 'EXCLUSIVE'}`>>();

/** "Date", so that other users of the same database do not meet us. */
const CLASS = 0x44617465;

/**
 * Until the end of the transaction: SHARED with others who only build on it, as articles do that are tied to
 * subjects, or EXCLUSIVE for who changes it. Take it before you read what you depend on. On SQLite writers take
 * turns anyway.
 */
export async function lock(tx: Tx, name: Lock, mode: 'SHARED' | 'EXCLUSIVE'): Promise<void> {
  if (tx.portable.engine === 'sqlite') return;
  const mine = held.get(tx) ?? new Set();
  if (mine.has(`${name} ${mode}`) || mine.has(`${name} EXCLUSIVE`)) return;
  held.set(tx, mine.add(`${name} ${mode}`));
  await tx.rows(
    mode === 'SHARED'
      ? sql`select pg_advisory_xact_lock_shared(${CLASS}::int, ${LOCKS[name]}::int)`
      : sql`select pg_advisory_xact_lock(${CLASS}::int, ${LOCKS[name]}::int)`,
  );
}
