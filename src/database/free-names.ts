import { sql } from 'drizzle-orm';
import type { Tx } from './database';

/** How many suffixes are tried with the first statement, and at most with one: each tries twice as many. */
const FIRST_BATCH = 20;
const MAX_BATCH = 5_000;

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
  // Where the search for a name's suffix goes on: many that want one name are given theirs one after another.
  const next = new Map<string, number>();
  const given: string[] = [];
  for (const name of wanted) {
    const free = taken.has(name) ? await suffixed(tx, table, column, name, taken, next) : name;
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
  next: Map<string, number>,
): Promise<string> {
  let start = next.get(name) ?? 2;
  for (let size = FIRST_BATCH; ; size = Math.min(size * 2, MAX_BATCH)) {
    const numbers = Array.from({ length: size }, (_, index) => start + index);
    const nameOf = (number: number) => `${name}-${number}`;
    const inUse = await existing(tx, table, column, numbers.map(nameOf));
    const free = numbers.find((number) => !inUse.has(nameOf(number)) && !taken.has(nameOf(number)));
    if (free !== undefined) {
      next.set(name, free + 1);
      return nameOf(free);
    }
    start += size;
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
