import type { KeyRole } from '../database';

/** What Dateline believes of access tokens, and whose. */
export interface IdentityProvider {
  /** Exactly as tokens have it in `iss`. */
  readonly issuer: string;
  /** A token must have one of them in `aud`, or it was made for somebody else. */
  readonly audiences: readonly string[];
  /** Where the provider's public keys are; null where its OpenID configuration says it. */
  readonly jwksUrl: string | null;
  /** Only such as are signed with a key that the provider alone has. */
  readonly algorithms: readonly string[];
  /** Where a token has the roles of its holder, e.g. "realm_access.roles"; null where it has none. */
  readonly rolesClaim: string | null;
  /** What the provider calls a role, and what that makes of its holder here. */
  readonly roles: readonly (readonly [theirs: string, ours: KeyRole])[];
  /** Milliseconds that its clock and ours may be apart. */
  readonly clockTolerance: number;
  /** Milliseconds that the provider may take to answer. */
  readonly timeout: number;
}
