import { and, eq, isNull, lte, or, sql } from 'drizzle-orm';
import type { Instant } from '../core/clock';
import { prepared, type Reader, type Tables, type Tx } from '../database';
import type { ApiKey } from './api-key';

export const keysByPublicId = prepared<{ publicIds: string[] }, ReturnType<typeof columns>>(
  ({ tables, portable }) => ({
    select: columns(tables),
    from: sql`${tables.apiKeys} where ${portable.among(tables.apiKeys.publicId, 'publicIds')}`,
  }),
);

const newestKeys = prepared<{ limit: number }, ReturnType<typeof columns>>(({ tables }) => ({
  select: columns(tables),
  from: sql`${tables.apiKeys} order by ${tables.apiKeys.id} desc limit ${sql.placeholder('limit')}`,
}));

/** Newest first. */
export function listKeys(reader: Reader, limit: number): Promise<ApiKey[]> {
  return newestKeys(reader, { limit });
}

export async function insertKey(tx: Tx, key: Omit<ApiKey, 'id'>): Promise<number> {
  const [row] = await tx
    .insert(tx.tables.apiKeys)
    .values({ ...key, roles: [...key.roles], scopes: key.scopes && [...key.scopes] })
    .returning({ id: tx.tables.apiKeys.id });
  if (!row) throw new Error('An insert returns its row');
  return row.id;
}

/** False where the key is revoked already. */
export async function revokeKey(tx: Tx, id: number, revokedAt: Instant): Promise<boolean> {
  const { apiKeys } = tx.tables;
  const rows = await tx
    .update(apiKeys)
    .set({ revokedAt })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id });
  return rows.length > 0;
}

/** Notes which key takes the place of this one, and until when it is good. False where somebody was faster. */
export async function replaceKey(
  tx: Tx,
  id: number,
  change: { readonly replacedBy: string; readonly expiresAt: Instant },
): Promise<boolean> {
  const { apiKeys } = tx.tables;
  const rows = await tx
    .update(apiKeys)
    .set(change)
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt), isNull(apiKeys.replacedBy)))
    .returning({ id: apiKeys.id });
  return rows.length > 0;
}

/** Notes that the key was used at `at`, unless a use at or after `since` is noted already, e.g. by another process. */
export async function noteKeyUse(
  tx: Tx,
  id: number,
  { at, since }: { at: Instant; since: Instant },
): Promise<void> {
  const { apiKeys } = tx.tables;
  const due = or(isNull(apiKeys.lastUsedAt), lte(apiKeys.lastUsedAt, since));
  await tx
    .update(apiKeys)
    .set({ lastUsedAt: at })
    .where(and(eq(apiKeys.id, id), due));
}

function columns({ apiKeys: k }: Tables) {
  return {
    id: k.id,
    publicId: k.publicId,
    hash: k.hash,
    label: k.label,
    roles: k.roles,
    scopes: k.scopes,
    createdAt: k.createdAt,
    expiresAt: k.expiresAt,
    lastUsedAt: k.lastUsedAt,
    revokedAt: k.revokedAt,
    replacedBy: k.replacedBy,
    partnerId: k.partnerId,
  };
}
