import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { DatelineError } from '../core/errors';
import type { Database, Reader, Tx } from './database';
import { makeLateIndexes } from './late-indexes';
import type { Engine } from './portable-sql';

/** Where drizzle-kit writes the migrations: the same two levels above src/database and dist/database. */
export function migrationsFolder(engine: Engine): string {
  return join(__dirname, '..', '..', 'drizzle', engine);
}

export interface MigrationReport {
  /** Migrations that the database had before. */
  readonly before: number;
  /** Migrations that this call has applied. */
  readonly applied: number;
}

/** PostgreSQL's advisory lock under which migrations run, so that of several starting processes one does. */
const MIGRATION_LOCK = 0x44_4c_4e_31;
/** How long one process lets another migrate before it gives up. */
const MIGRATION_PATIENCE = '10min';

/**
 * Brings the tables up to date, all or nothing; a database that is up to date is only read, unless a load that was
 * killed has left indexes to be made. Safe to call from several processes at once.
 * @throws DatelineError when the database was made by a newer Dateline, or by other migrations
 */
export async function migrate(
  database: Database,
  folder = migrationsFolder(database.engine),
): Promise<MigrationReport> {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const done = await appliedMigrations(database);
  assertSameHistory(known, done);
  if (done.length > 0) await makeLateIndexes(database);
  if (done.length === known.length) return { before: done.length, applied: 0 };
  const change = known.slice(done.length).every(onlyAdds)
    ? database.write.bind(database)
    : database.alterTables.bind(database);
  return change(async (tx) => {
    if (database.engine === 'postgres') await waitForOthers(tx);
    // Another process may have migrated in between.
    const before = await appliedMigrations(tx);
    assertSameHistory(known, before);
    const missing = known.slice(before.length);
    for (const migration of missing) await apply(tx, migration);
    return { before: before.length, applied: missing.length };
  });
}

/**
 * Where nothing goes away, no reference can break, and one that is changed is looked at as it is: to look at all of them
 * takes minutes in a large archive.
 */
function onlyAdds({ sql: statements }: MigrationMeta): boolean {
  return statements.every((statement) =>
    /^(?:\s*--.*\n)*\s*(create |alter table \S+ add |update |$)/i.test(statement),
  );
}

/** A short hash over all migrations of the engine, e.g. to name a template database. */
export function migrationsHash(engine: Engine): string {
  const hash = createHash('sha256');
  for (const { hash: each } of readMigrationFiles({ migrationsFolder: migrationsFolder(engine) }))
    hash.update(each);
  return hash.digest('hex').slice(0, 12);
}

/** How many migrations the database has still to be given. @throws DatelineError as `migrate` does */
export async function migrationsBehind(
  database: Database,
  folder = migrationsFolder(database.engine),
): Promise<number> {
  const known = readMigrationFiles({ migrationsFolder: folder });
  const done = await appliedMigrations(database);
  assertSameHistory(known, done);
  return known.length - done.length;
}

/** The hashes of those that the database has, in their order. @throws DatelineError when it is another program's */
export async function appliedMigrations(reader: Reader): Promise<string[]> {
  const columns = await reader.rows<{ name: string }>(
    reader.portable.engine === 'postgres'
      ? sql`select column_name as name from information_schema.columns
            where table_name = 'migrations' and table_schema = current_schema()`
      : sql`select name from pragma_table_info('migrations')`,
  );
  if (columns.length === 0) return [];
  if (!['position', 'hash'].every((name) => columns.some((column) => column.name === name))) {
    throw new DatelineError('CONFLICT', 'The database belongs to another program. Name another one.');
  }
  const rows = await reader.rows<{ hash: string }>(sql`select hash from migrations order by position`);
  return rows.map(({ hash }) => hash);
}

function assertSameHistory(known: MigrationMeta[], done: string[]): void {
  if (done.length > known.length) {
    throw new DatelineError(
      'CONFLICT',
      'The database was made by a newer version of Dateline. Install that version.',
    );
  }
  if (done.some((hash, position) => known[position]?.hash !== hash)) {
    throw new DatelineError('CONFLICT', 'The database was made by other migrations than this Dateline has.');
  }
}

/** Longer than for any other lock; those of the migrations themselves are waited for as always. */
async function waitForOthers(tx: Tx): Promise<void> {
  const [usual] = await tx.rows<{ timeout: string }>(
    sql`select current_setting('lock_timeout') as timeout, set_config('lock_timeout', ${MIGRATION_PATIENCE}, true)`,
  );
  await tx.rows(sql`select 1 as locked from pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  await tx.rows(sql`select set_config('lock_timeout', ${usual?.timeout ?? '0'}, true)`);
}

async function apply(tx: Tx, migration: MigrationMeta): Promise<void> {
  for (const statement of migration.sql) {
    if (statement.trim() !== '') await tx.execute(sql.raw(statement));
  }
  await tx.execute(
    sql`create table if not exists migrations (position integer primary key, hash text not null)`,
  );
  await tx.execute(
    sql`insert into migrations (position, hash) select coalesce(max(position), 0) + 1, ${migration.hash} from migrations`,
  );
}
