import type { Actor } from '../core/actor';
import { actorOf } from './holder';
import type { IdentityProvider } from './identity-provider';

type Claims = Readonly<Record<string, unknown>>;

const MAX_NAME = 100;

/**
 * Whom the claims of a verified token speak of. Who has no role here is a reader.
 * @param fingerprint the same for the same subject, and of no use for finding out who that is: a subject can be
 *   an e-mail address
 */
export function actorOfClaims(
  { issuer, rolesClaim, roles }: IdentityProvider,
  claims: Claims & { readonly sub: string },
  fingerprint: (subject: string) => string,
): Actor {
  const theirs = rolesClaim === null ? [] : valuesOf(claimAt(claims, rolesClaim));
  const ours = roles.filter(([name]) => theirs.includes(name)).map(([, role]) => role);
  // An issuer is a URL and so has no line break: no two users have the same text.
  const name = `user:${fingerprint(`${issuer}\n${claims.sub}`)}`;
  return actorOf({ name, displayName: nameOf(claims), roles: ours, scopes: null });
}

/**
 * The claim at a path such as "realm_access.roles". Names of claims can have dots in them, as those of Auth0,
 * which are URLs: the longest name that is there wins.
 */
export function claimAt(claims: unknown, path: string): unknown {
  if (typeof claims !== 'object' || claims === null || Array.isArray(claims)) return undefined;
  const own = new Map<string, unknown>(Object.entries(claims));
  if (own.has(path)) return own.get(path);
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const found = claimAt(own.get(path.slice(0, dot)), path.slice(dot + 1));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** One role as text, or several as a list. */
function valuesOf(claim: unknown): string[] {
  const values: unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.filter((value) => typeof value === 'string');
}

/** Providers that know no name put the e-mail address there: that one never leaves. */
function nameOf({ name }: Claims): string | null {
  if (typeof name !== 'string' || name.includes('@')) return null;
  return name.trim().slice(0, MAX_NAME) || null;
}
