import type { DatabaseOptions } from './database';
import { openPostgres, type PostgresDatabase } from './open-postgres';
import { openSqlite, type SqliteDatabase } from './open-sqlite';

/** Whether `url` names a PostgreSQL server; anything else is the path of an SQLite file. */
export function isPostgresUrl(url: string): boolean {
  return /^postgres(ql)?:\/\//.test(url);
}

/**
 * Opens the database that `url` names: `postgres://…`, `file:…` or the path of an SQLite file. Tables are
 * not touched; `migrate` does that.
 */
export function openDatabase(url: string, options: DatabaseOptions = {}): SqliteDatabase | PostgresDatabase {
  return isPostgresUrl(url)
    ? openPostgres(url, options)
    : openSqlite(url.replace(/^file:(\/\/)?/, ''), options);
}
