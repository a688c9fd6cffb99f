import { createHash, randomBytes } from 'node:crypto';
import type { Scope } from '../core/actor';
import type { Instant } from '../core/clock';
import type { KeyRole } from '../database';
import type { Holder } from './holder';

/** An API key without its secret, which nobody has but its holder. */
export interface ApiKey {
  readonly id: number;
  /** The part of the key that may be known: in lists, logs and the change log. */
  readonly publicId: string;
  /** SHA-256 of the whole key, in hexadecimal. */
  readonly hash: string;
  /** What people call it. */
  readonly label: string | null;
  /** At least one. PARTNER stands alone. */
  readonly roles: readonly KeyRole[];
  /** The rooms that it may change something in; null for all that its roles allow. */
  readonly scopes: readonly Scope[] | null;
  readonly createdAt: Instant;
  readonly expiresAt: Instant | null;
  /** To within `USE_PRECISION`; null where it never was. */
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
  /** The public id of the key that it was rotated to. */
  readonly replacedBy: string | null;
  /** The first of the keys that were rotated up to this one, whose entitlements it has; null for a first one. */
  readonly partnerId: number | null;
}

export type KeyState = 'ACTIVE' | 'EXPIRED' | 'REVOKED';

/** Milliseconds: uses of a key that are closer together are noted once, or every request would be a write. */
export const USE_PRECISION = 5 * 60_000;

const PUBLIC_BYTES = 8;
const SECRET_BYTES = 32;
/**
 * Letters and digits alone, so that a double click takes the whole of it; and a prefix of our own, so that
 * scanners recognise one that was committed somewhere. 256 bits of it are secret.
 */
const FORMAT = /^dlk_([\da-f]{16})_[\da-f]{64}$/;

/** A new key, and what is kept of it. */
export function mintKey(): { readonly key: string; readonly publicId: string; readonly hash: string } {
  const publicId = randomBytes(PUBLIC_BYTES).toString('hex');
  const key = `dlk_${publicId}_${randomBytes(SECRET_BYTES).toString('hex')}`;
  return { key, publicId, hash: hashOf(key) };
}

/**
 * What is stored in place of a key. A plain, fast hash is enough, and so is one without a secret of the server's:
 * 256 random bits cannot be tried out, nor looked up in a table. Slow hashes are for passwords, which people
 * choose, and would be paid for with every request.
 */
export function hashOf(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/** The public id of what looks like a key, else null. */
export function publicIdOf(key: string): string | null {
  return FORMAT.exec(key)?.[1] ?? null;
}

export function looksLikeKey(credential: string): boolean {
  return credential.startsWith('dlk_');
}

export function stateOf({ revokedAt, expiresAt }: ApiKey, now: Instant): KeyState {
  if (revokedAt !== null) return 'REVOKED';
  return expiresAt !== null && expiresAt <= now ? 'EXPIRED' : 'ACTIVE';
}

/** Whoever holds the key. */
export function holderOf({ publicId, label, roles, scopes }: ApiKey): Holder {
  return { name: `key:${publicId}`, displayName: label, roles, scopes };
}
