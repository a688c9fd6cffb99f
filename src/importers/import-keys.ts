import { sql } from 'drizzle-orm';
import type { Revised } from '../articles';
import { prepared, type Reader, type Tx, toJson } from '../database';

/** Kinds of things that an import remembers. A group is that of articles which translate one another. */
export type KeyKind =
  | 'author'
  /** An author by the number over there; the fingerprint holds the login. */
  | 'author-number'
  | 'category'
  | 'topic'
  | 'image'
  | 'article'
  | 'comment'
  | 'group'
  /** What a source wants to find again in its next run; the fingerprint holds it. */
  | 'mark';

/** Which row here stands for a thing there, and in what state it was brought. */
export interface ImportKey {
  readonly externalId: string;
  readonly localId: number;
  /** Hash of what was brought: the same again means that there is nothing to do. */
  readonly fingerprint: string;
  /** The revision that the import left behind. */
  readonly revision: number;
  /** Where there is no revision, a hash of what the import left behind; null where that was not its own. */
  readonly state?: string | null;
}

/** The known ones among the external ids, by external id. */
export async function findKeys(
  reader: Reader,
  source: string,
  kind: KeyKind,
  externalIds: readonly string[],
): Promise<Map<string, ImportKey>> {
  if (externalIds.length === 0) return new Map();
  const rows = await keysOf(reader, { source, kind, externalIds: [...new Set(externalIds)] });
  return new Map(rows.map((row) => [row.externalId, row]));
}

const keysOf = prepared(({ tables: { importKeys: k }, portable }) => ({
  select: {
    externalId: k.externalId,
    localId: k.localId,
    fingerprint: k.fingerprint,
    revision: k.revision,
    state: k.state,
  },
  from: sql`${k} where ${k.source} = ${sql.placeholder('source')} and ${k.kind} = ${sql.placeholder('kind')} and ${portable.among(k.externalId, 'externalIds')}`,
}));

/** Remembers keys; one that is known already takes the new state. */
export async function saveKeys(
  tx: Tx,
  source: string,
  kind: KeyKind,
  keys: readonly ImportKey[],
): Promise<void> {
  if (keys.length === 0) return;
  const { importKeys } = tx.tables;
  const latest = [...new Map(keys.map((key) => [key.externalId, key])).values()];
  await tx.execute(
    sql`delete from ${importKeys} where ${importKeys.source} = ${source} and ${importKeys.kind} = ${kind} and ${tx.portable.among(importKeys.externalId, 'externalIds')}`,
    { externalIds: latest.map(({ externalId }) => externalId) },
  );
  await addKeys(tx, source, kind, latest);
}

/** Remembers keys that are not known yet, each once. */
export async function addKeys(
  tx: Tx,
  source: string,
  kind: KeyKind,
  keys: readonly ImportKey[],
): Promise<void> {
  await tx.insertMany(
    tx.tables.importKeys,
    keys.map((key) => ({ ...key, source, kind })),
  );
}

/**
 * The import itself has raised the revisions of articles: where it knew them as they were before, it knows them as
 * they are now.
 */
export async function followRevisions(tx: Tx, revised: readonly Revised[]): Promise<void> {
  if (revised.length === 0) return;
  await tx.execute(
    sql`update import_keys set revision = r.revision from ${tx.portable.rows('rows', 'r', { id: 'int', revision: 'int' })} where import_keys.kind = 'article' and import_keys.local_id = r.id and import_keys.revision = r.revision - 1`,
    { rows: toJson(revised) },
  );
}

/** What a source has remembered from its last run, by name. */
export async function findMarks(reader: Reader, source: string): Promise<Map<string, string>> {
  const rows = await marksOf(reader, { source });
  return new Map(rows.map(({ name, value }) => [name, value]));
}

const marksOf = prepared<{ source: string }, ReturnType<typeof markColumns>>(({ tables }) => ({
  select: markColumns(tables),
  from: sql`${tables.importKeys} where ${tables.importKeys.source} = ${sql.placeholder('source')} and ${tables.importKeys.kind} = 'mark'`,
}));

function markColumns({ importKeys: k }: Tx['tables']) {
  return { name: k.externalId, value: k.fingerprint };
}

export function saveMarks(tx: Tx, source: string, marks: ReadonlyMap<string, string>): Promise<void> {
  const keys = [...marks].map(([name, value]) => ({
    externalId: name,
    localId: 0,
    fingerprint: value,
    revision: 0,
  }));
  return saveKeys(tx, source, 'mark', keys);
}

/**
 * The name under which a site is known here: its own, or the same with http for https, from before the site had
 * a certificate, or the other way round.
 */
export async function knownSource(reader: Reader, name: string): Promise<string> {
  const other = name.includes(':https://')
    ? name.replace(':https://', ':http://')
    : name.replace(':http://', ':https://');
  const known = (await sourcesAmong(reader, { sources: [name, other] })).map(({ source }) => source);
  return known.includes(name) || !known.includes(other) ? name : other;
}

const sourcesAmong = prepared<{ sources: readonly string[] }, ReturnType<typeof sourceColumns>>(
  ({ tables, portable }) => ({
    select: sourceColumns(tables),
    from: sql`${tables.importKeys} where ${portable.among(tables.importKeys.source, 'sources')} group by ${tables.importKeys.source}`,
  }),
);

function sourceColumns({ importKeys: k }: Tx['tables']) {
  return { source: k.source };
}
