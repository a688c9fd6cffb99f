/** The only room that knows the engines. */

export { CountedReader } from './counted-reader';
export type { Database, DatabaseOptions, Params, Reader, StatementShape, Tables, Tx } from './database';
export { freeNames } from './free-names';
export {
  addToIndex,
  checkIndexStructure,
  GAP,
  type IndexedDocument,
  type IndexedTerms,
  indexedOf,
  indexHas,
  indexMatches,
  MAX_OCCURRENCES,
  MAX_PLACES,
  type Match,
  matchText,
  type StoredDocument,
  takeFromIndex,
} from './full-text';
export { type Found, insertMissing } from './insert-missing';
export { continueKeys, type KeyedTable, lastKey, reserveKeys } from './keys';
export { LATE_INDEXES, withLateIndexes } from './late-indexes';
export { type Lock, lock } from './locks';
export { migrate, migrationsHash } from './migrate';
export { onCopy } from './on-copy';
export { isPostgresUrl, openDatabase } from './open';
export type { SqliteDatabase } from './open-sqlite';
export { type Engine, type PortableSql, portableSql } from './portable-sql';
export {
  only,
  type Prepared,
  prepared,
  preparedByShape,
  type QueryTools,
  queryTools,
  type RowOf,
  toStatement,
} from './prepared';
export { isUniqueViolation } from './refused-statement';
export { restoreSqlite } from './restore-sqlite';
export { type RevisedTable, raiseRevision, type SluggedTable } from './revisions';
export type { ArticleState, NamedKey, StoredEntitlement } from './schema.postgres';
export { storableText, toJson, WrittenJson } from './storable';
export { tableNames } from './table-names';
export type * from './vocabulary';
