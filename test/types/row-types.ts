/** Checked by tsc, never run: the twin tables have the same row types, column by column. */
import type * as postgres from '../../src/database/schema.postgres';
import type * as sqlite from '../../src/database/schema.sqlite';

type Postgres = typeof postgres;
type Sqlite = typeof sqlite;

/** True only for the very same type: optional, nullable and any are told apart. */
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

type Flat<T> = { [K in keyof T]: T[K] };
type Given<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

/**
 * What can be inserted as PostgreSQL's row can be inserted on SQLite, with the same columns. Not the other way
 * round: to SQLite every integer primary key has a default.
 */
type InsertsAlike<P, S> = P extends S ? Equal<Given<P>, Given<S>> : false;

type Differing = {
  [K in keyof Postgres & keyof Sqlite]: [
    Equal<Flat<Postgres[K]['$inferSelect']>, Flat<Sqlite[K]['$inferSelect']>>,
    InsertsAlike<Postgres[K]['$inferInsert'], Sqlite[K]['$inferInsert']>,
  ] extends [true, true]
    ? never
    : K;
}[keyof Postgres & keyof Sqlite];

type Assert<T extends true> = T;

export type SameTables = Assert<Equal<keyof Postgres, keyof Sqlite>>;
/** Names the tables that differ. */
export type SameRows = Assert<Equal<Differing, never>>;

// The comparison itself tells apart what it has to.
export type OptionalDiffers = Assert<Equal<Equal<{ a?: number }, { a: number }>, false>>;
export type NullDiffers = Assert<Equal<Equal<{ a: number | null }, { a: number }>, false>>;
