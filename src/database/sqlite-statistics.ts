/** What the planner knows of how many rows there are. */
import type Sqlite from 'better-sqlite3';

/** Looks at all tables anew. */
export function analyseTables(handle: Sqlite.Database): void {
  handle.transaction(() => {
    handle.exec('analyze');
    forgetShadows(handle);
  })();
}

/**
 * FTS5 keeps its index in tables of its own, and takes pieces out of them by ranges of keys. If such a table was small
 * when it was looked at, the planner reads all of it for each piece, for as long as that is remembered, however large the
 * table has become: the index of a million articles then takes days. Of what it knows nothing it takes the range.
 */
export function forgetShadows(handle: Sqlite.Database): void {
  const known = handle.prepare(`select 1 from sqlite_schema where name = 'sqlite_stat1'`).get();
  if (known) handle.exec(`delete from sqlite_stat1 where tbl glob 'search_index_*'; analyze sqlite_schema`);
}
