/**
 * Indexes that are made at the end of a load: an entry whose place is a hash changes a page of its own, so that a batch
 * of rows writes as many pages of such an index as of all tables together; made at once they take a second for a million.
 */
import { sql } from 'drizzle-orm';
import type { Database, Tx } from './database';
import { toJson } from './storable';

/** What is kept of them until they are made: the statements by which they were. */
export const LATE_INDEXES = 'late indexes';

/**
 * Does `work` without these indexes, and makes them when it is over, also when it fails; where the process dies, whoever
 * opens the database next makes them (`migrate`). Meanwhile what they are for is slow, for everybody: leave out no index
 * that readers need. Nothing is left out on PostgreSQL, where it would shut out who reads.
 */
export async function withLateIndexes<T>(
  database: Database,
  names: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  if (database.engine === 'sqlite') await database.write((tx) => leaveOut(tx, names));
  try {
    return await work();
  } finally {
    await makeLateIndexes(database);
  }
}

/** Makes those that are left out now, if there are any. */
export async function makeLateIndexes(database: Database): Promise<void> {
  if ((await statementsLeft(database)).length === 0) return;
  await database.write(async (tx) => {
    // Somebody else may have made them meanwhile.
    for (const statement of await statementsLeft(tx)) await tx.execute(sql.raw(statement));
    await tx.execute(sql`delete from settings where name = ${LATE_INDEXES}`);
  });
}

async function leaveOut(tx: Tx, names: readonly string[]): Promise<void> {
  const found = await tx.rows<{ name: string; sql: string }>(
    sql`select name, sql from sqlite_schema where type = 'index' and name in ${names} order by name`,
  );
  for (const { name } of found) await tx.execute(sql`drop index ${sql.identifier(name)}`);
  const statements = [...(await statementsLeft(tx)), ...found.map((index) => index.sql)];
  if (statements.length === 0) return;
  await tx.execute(
    sql`insert into settings (name, value) values (${LATE_INDEXES}, ${toJson(statements)}) on conflict (name) do update set value = excluded.value`,
  );
}

async function statementsLeft(reader: Pick<Database | Tx, 'rows'>): Promise<string[]> {
  const [kept] = await reader.rows<{ value: string }>(
    sql`select value from settings where name = ${LATE_INDEXES}`,
  );
  const statements: unknown = kept && JSON.parse(kept.value);
  return Array.isArray(statements) ? statements.map(String) : [];
}
