import { type SQL, sql } from 'drizzle-orm';
import type { Instant } from '../../core/clock';
import { prepared, type Reader } from '../../database';
import { partnersByKey } from '../entitlements/entitlement.store';

/** The first key of the partner who holds one; null where nobody does, or has never been entitled to anything. */
export async function keyOfPartner(reader: Reader, publicId: string): Promise<number | null> {
  const partner = (await partnersByKey(reader, [publicId])).get(publicId);
  return partner && partner.versions.length > 0 ? partner.keyId : null;
}

/** The public id of a key that is good, of those that were rotated from a first one; null where none is. */
export async function goodKeyOf(reader: Reader, first: number, now: Instant): Promise<string | null> {
  return (await goodKeys(reader, { first, now }))[0]?.publicId ?? null;
}

const goodKeys = prepared<{ first: number; now: Instant }, { publicId: SQL<string> }>(
  ({ tables: { apiKeys: k } }) => ({
    select: { publicId: sql<string>`${k.publicId}` },
    from: sql`${k} where (${k.id} = ${sql.placeholder('first')} or ${k.partnerId} = ${sql.placeholder('first')}) and ${k.revokedAt} is null and (${k.expiresAt} is null or ${k.expiresAt} > ${sql.placeholder('now')}) order by ${k.id} desc limit 1`,
  }),
);
