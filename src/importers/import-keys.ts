import { sql } from 'drizzle-orm';
import { prepared, type Reader, type Tx } from '../database';

/** Kinds of things that an import remembers. A group is that of articles which translate one another. */
export type KeyKind = 'author' | 'category' | 'topic' | 'image' | 'article' | 'comment' | 'group';

/** Which row here stands for a thing there, and in what state it was brought. */
export interface ImportKey {
  readonly externalId: string;
  readonly localId: number;
  /** Hash of what was brought: the same again means that there is nothing to do. */
  readonly fingerprint: string;
  /** The revision that the import left behind. */
  readonly revision: number;
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
  select: { externalId: k.externalId, localId: k.localId, fingerprint: k.fingerprint, revision: k.revision },
  from: sql`${k} where ${k.source} = ${sql.placeholder('source')} and ${k.kind} = ${sql.placeholder('kind')} and ${portable.among(k.externalId, 'externalIds')}`,
}));

/** Remembers keys; one that is known already takes the new state. */
export async function saveKeys(
  tx: Tx,
  source: string,
  kind: KeyKind,
  keys: readonly ImportKey[],
): Promise<void> {
  const { importKeys } = tx.tables;
  const latest = [...new Map(keys.map((key) => [key.externalId, key])).values()];
  await tx.execute(
    sql`delete from ${importKeys} where ${importKeys.source} = ${source} and ${importKeys.kind} = ${kind} and ${tx.portable.among(importKeys.externalId, 'externalIds')}`,
    { externalIds: latest.map(({ externalId }) => externalId) },
  );
  await tx.insertMany(
    importKeys,
    latest.map((key) => ({ ...key, source, kind })),
  );
}
