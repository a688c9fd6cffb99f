import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { type MigrationMeta, readMigrationFiles } from 'drizzle-orm/migrator';
import { DatelineError } from '../core/errors';
import type { Database, Tx } from './database';
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

/**
 * Brings the tables up to date, all or nothing. Safe to call from several processes at once.
 * @throws DatelineError when the database was made by a newer Dateline, or by other migrations
 */
export async function migrate(database: Database): Promise<MigrationReport> {
  const known = readMigrationFiles({ migrationsFolder: migrationsFolder(database.engine) });
  return database.write(async (tx) => {
    const done = await appliedMigrations(tx, database.engine);
    assertSameHistory(known, done);
    const missing = known.slice(done.length);
    for (const migration of missing) await apply(tx, migration);
    return { before: done.length, applied: missing.length };
  });
}

/** A short hash over all migrations of the engine, e.g. to name a template database. */
export function migrationsHash(engine: Engine): string {
  const hash = createHash('sha256');
  for (const { hash: each } of readMigrationFiles({ migrationsFolder: migrationsFolder(engine) }))
    hash.update(each);
  return hash.digest('hex').slice(0, 12);
}

async function appliedMigrations(tx: Tx, engine: Engine): Promise<string[]> {
  if (engine === 'postgres')
    await tx.rows(sql`select 1 as locked from pg_advisory_xact_lock(${MIGRATION_LOCK})`);
  await tx.execute(
    sql`create table if not exists migrations (position integer primary key, hash text not null)`,
  );
  const rows = await tx.rows<{ hash: string }>(sql`select hash from migrations order by position`);
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

async function apply(tx: Tx, migration: MigrationMeta): Promise<void> {
  for (const statement of migration.sql) {
    if (statement.trim() !== '') await tx.execute(sql.raw(statement));
  }
  await tx.execute(
    sql`insert into migrations (position, hash) select coalesce(max(position), 0) + 1, ${migration.hash} from migrations`,
  );
}
