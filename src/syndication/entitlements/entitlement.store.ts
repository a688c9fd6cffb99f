import { sql } from 'drizzle-orm';
import { prepared, type Reader, type Tx } from '../../database';
import type { EntitlementVersion } from './entitlement';

interface LoggedVersion extends EntitlementVersion {
  /** Of the entry of the change log that tells of it; null for none. */
  readonly seq: number | null;
}

/** A partner, and each version of what it is entitled to, the earliest first. */
export interface PartnerRow {
  /** The first of its keys. */
  readonly keyId: number;
  readonly publicId: string;
  readonly versions: readonly LoggedVersion[];
}

/** The partners who hold the keys, by the public ids of these. */
export async function partnersByKey(
  reader: Reader,
  publicIds: readonly string[],
): Promise<ReadonlyMap<string, PartnerRow>> {
  const rows = await versionsOfKeys(reader, { publicIds: [...publicIds] });
  const partners = new Map<string, PartnerRow & { versions: LoggedVersion[] }>();
  for (const { publicId, keyId, partnerId, version, at, seq, content } of rows) {
    const partner = partners.get(publicId) ?? { keyId: partnerId ?? keyId, publicId, versions: [] };
    partners.set(publicId, partner);
    if (version !== null && at !== null) partner.versions.push({ version, at, seq, content });
  }
  return partners;
}

const versionsOfKeys = prepared(({ tables: { apiKeys: k, entitlements: e, changes: c }, portable }) => ({
  select: {
    ...{ publicId: k.publicId, keyId: k.id, partnerId: k.partnerId },
    ...{ version: sql<number | null>`${e.version}`, at: sql<number | null>`${e.at}` },
    seq: sql<
      number | null
    >`(select max(${c.seq}) from ${c} where ${c.entity} = 'API_KEY' and ${c.entityId} = ${e.keyId} and ${c.at} = ${e.at} and ${c.revision} = ${e.version})`,
    content: e.content,
  },
  from: sql`${k} left join ${e} on ${e.keyId} = coalesce(${k.partnerId}, ${k.id}) where ${portable.among(k.publicId, 'publicIds')} order by ${k.id}, ${e.version}`,
}));

/** The partner who holds the key, whose versions nobody else adds to before the transaction ends; null for none. */
export async function holdPartner(tx: Tx, publicId: string): Promise<PartnerRow | null> {
  const keyId = (await partnersByKey(tx, [publicId])).get(publicId)?.keyId;
  if (keyId === undefined) return null;
  const { apiKeys: k } = tx.tables;
  await tx.rows(sql`select id from ${k} where ${k.id} = ${keyId} ${tx.portable.forUpdate}`);
  return (await partnersByKey(tx, [publicId])).get(publicId) ?? null;
}

export async function insertEntitlement(
  tx: Tx,
  keyId: number,
  { version, at, content }: EntitlementVersion,
): Promise<void> {
  await tx.insertMany(tx.tables.entitlements, [{ keyId, version, at, content }]);
}

/** The keys of categories or topics by their slugs; those that nobody has are absent. */
export async function subjectsBySlug(
  reader: Reader,
  kind: 'category' | 'topic',
  slugs: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const table = kind === 'category' ? reader.tables.categories : reader.tables.topics;
  const rows = await reader.rows<{ id: number; slug: string }>(
    sql`select id, slug from ${table} where ${reader.portable.among(sql`slug`, 'slugs')}`,
    { slugs: [...slugs] },
  );
  return new Map(rows.map(({ id, slug }) => [slug, id]));
}
