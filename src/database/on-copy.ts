import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, is, type SQL, sql } from 'drizzle-orm';
import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { DatelineError } from '../core/errors';
import type { Database, InsertableTable, Reader, Tables, Tx } from './database';
import { appliedMigrations, migrate, migrationsBehind } from './migrate';
import { openSqlite, SqliteDatabase } from './open-sqlite';

/** Rows that are read at once. */
const PAGE = 1_000;
/** Most of a database's bytes, and what a copy must not give away or do again. Nothing refers to them. */
const LEFT_OUT: ReadonlySet<string> = new Set<keyof Tables>([
  ...(['articleBodies', 'changes', 'apiKeys', 'jobs'] as const),
  ...(['searchDocuments', 'searchWords', 'searchNames', 'searchAliases'] as const),
]);

/**
 * Runs `work` on a copy of the database as it is now (null: of one that is not there yet), and throws the copy away: whatever is tried out there, the
 * database is only read. The copy is an SQLite file in the system's folder for temporary files, whichever engine
 * the database is on, and its tables are up to date. Of PostgreSQL it has no bodies, change log, keys, jobs and
 * index of the search.
 * @throws DatelineError when tables on PostgreSQL are not up to date
 */
export async function onCopy<T>(database: Database | null, work: (copy: Database) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'dateline-copy-'));
  const file = join(folder, 'copy.db');
  try {
    if (database instanceof SqliteDatabase) await database.backup(file);
    const copy = openSqlite(file, { durability: 'FLUSH' });
    try {
      await migrate(copy);
      if (database?.engine === 'postgres') await copyTables(database, copy);
      return await work(copy);
    } finally {
      await copy.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function copyTables(from: Database, to: Database): Promise<void> {
  // Without a table there is nothing to copy.
  if ((await appliedMigrations(from)).length === 0) return;
  if ((await migrationsBehind(from)) > 0) {
    throw new DatelineError('CONFLICT', 'The tables are not up to date. Run "dateline migrate" first.');
  }
  const tables = Object.entries(from.tables).filter(([name]) => !LEFT_OUT.has(name));
  const targets = new Map<string, unknown>(Object.entries(to.tables));
  // They come in any order: what they refer to may come later.
  await from.snapshot((reader) =>
    to.alterTables(async (tx) => {
      for (const [name, table] of tables) {
        if (is(table, PgTable)) await copyTable(reader, table, tx, targets.get(name) as InsertableTable);
      }
    }),
  );
}

async function copyTable(reader: Reader, source: PgTable, tx: Tx, target: InsertableTable): Promise<void> {
  const { primaryKeys, columns } = getTableConfig(source);
  const key = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary);
  const fields = Object.entries(getTableColumns(source));
  const names = key.map((column) => fields.find(([, each]) => each === column)?.[0] ?? '');
  await tx.delete(target);
  for (let behind: SQL | undefined; ; ) {
    const rows: Record<string, unknown>[] = await reader
      .select()
      .from(source)
      .where(behind)
      .orderBy(listed(key))
      .limit(PAGE);
    await tx.insertMany(target, rows as InsertableTable['$inferInsert'][]);
    const last = rows.at(-1);
    if (rows.length < PAGE || !last) return;
    behind = sql`(${listed(key)}) > (${listed(names.map((name) => last[name]))})`;
  }
}

function listed(items: readonly unknown[]): SQL {
  return sql.join(
    items.map((item) => sql`${item}`),
    sql`, `,
  );
}
