import { sql } from 'drizzle-orm';
import type { Tx } from './database';

/** How many suffixes are tried with one statement. */
const BATCH = 20;

/**
 * A name for each wanted one that nobody has in the column yet, nor an earlier wanted one: the wanted name,
 * or with the lowest free suffix "-2", "-3", …
 */
export async function freeNames(
  tx: Tx,
  table: string,
  column: string,
  wanted: readonly string[],
): Promise<string[]> {
  const taken = await existing(tx, table, column, wanted);
  const given: string[] = [];
  for (const name of wanted) {
    const free = taken.has(name) ? await suffixed(tx, table, column, name, taken) : name;
    taken.add(free);
    given.push(free);
  }
  return given;
}

async function suffixed(
  tx: Tx,
  table: string,
  column: string,
  name: string,
  taken: Set<string>,
): Promise<string> {
  for (let start = 2; ; start += BATCH) {
    const candidates = Array.from({ length: BATCH }, (_, index) => `${name}-${start + index}`);
    const inUse = await existing(tx, table, column, candidates);
    const free = candidates.find((candidate) => !inUse.has(candidate) && !taken.has(candidate));
    if (free !== undefined) return free;
  }
}

async function existing(
  tx: Tx,
  table: string,
  column: string,
  names: readonly string[],
): Promise<Set<string>> {
  const name = sql.identifier(column);
  const rows = await tx.rows<{ name: string }>(
    sql`select ${name} as name from ${sql.identifier(table)} where ${tx.portable.among(sql`${name}`, 'names')}`,
    { names },
  );
  return new Set(rows.map((row) => row.name));
}
