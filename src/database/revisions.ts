import { getTableName, sql } from 'drizzle-orm';
import { Refusal, VersionConflict } from '../core/refusal';
import type { Seen } from '../core/revision';
import type { Tables, Tx } from './database';

export type RevisedTable = Tables['authors' | 'categories' | 'collections' | 'images' | 'topics'];

export type SluggedTable = Exclude<RevisedTable, Tables['images']>;

/**
 * Raises the revision of a row, provided that it still is the one that its writer has seen, and returns the new
 * one. From then on nobody else changes the row before the transaction ends.
 * @param what the row's kind, as people call it
 * @throws VersionConflict; Refusal NOT_FOUND
 */
export async function raiseRevision(
  tx: Tx,
  table: RevisedTable,
  { id, revision }: Seen,
  what: string,
): Promise<number> {
  const name = sql.identifier(getTableName(table));
  const [raised] = await tx.rows<{ revision: number }>(
    sql`update ${name} set revision = revision + 1 where id = ${id} and revision = ${revision} returning revision`,
  );
  if (raised) return raised.revision;
  const [now] = await tx.rows<{ revision: number }>(sql`select revision from ${name} where id = ${id}`);
  if (!now) throw new Refusal('NOT_FOUND', `There is no such ${what}.`, 'id');
  throw new VersionConflict(
    now.revision,
    `The ${what} has changed since you read it. Its revision is now ${now.revision}.`,
  );
}
