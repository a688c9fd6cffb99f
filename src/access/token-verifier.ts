import { errors, type JWTVerifyGetKey, type JWTVerifyResult, jwtVerify } from 'jose';
import type { Actor } from '../core/actor';
import type { Clock } from '../core/clock';
import type { IdentityProvider } from './identity-provider';
import { type CredentialFault, unauthenticated } from './refusal';
import { actorOfClaims } from './token-claims';

export interface TokenVerifierParts {
  readonly provider: IdentityProvider;
  /** @throws DatelineError SERVICE_UNAVAILABLE when the keys cannot be had now */
  readonly findKey: JWTVerifyGetKey;
  /** Stands for a subject in the change log. */
  readonly fingerprint: (subject: string) => string;
  readonly clock: Clock;
}

/** What a token may say that it is. A logout token, for one, is signed with the same keys and is none to act with. */
const TYPES = ['jwt', 'at+jwt', 'application/jwt', 'application/at+jwt'];

/** Finds out whom an access token (or an ID token) of the identity provider was made for. */
export class TokenVerifier {
  constructor(private readonly parts: TokenVerifierParts) {}

  /** @throws DatelineError UNAUTHENTICATED; SERVICE_UNAVAILABLE when the provider's keys cannot be had */
  async verify(token: string): Promise<Actor> {
    const { provider, fingerprint } = this.parts;
    const { payload, protectedHeader } = await this.check(token);
    const { typ } = protectedHeader;
    if (typ !== undefined && !TYPES.includes(typ.toLowerCase())) throw unauthenticated('UNKNOWN');
    const { sub } = payload;
    if (typeof sub !== 'string' || sub === '') throw unauthenticated('UNKNOWN');
    return actorOfClaims(provider, { ...payload, sub }, fingerprint);
  }

  private async check(token: string): Promise<JWTVerifyResult> {
    const { provider, findKey, clock } = this.parts;
    try {
      return await jwtVerify(token, findKey, {
        issuer: provider.issuer,
        audience: [...provider.audiences],
        algorithms: [...provider.algorithms],
        clockTolerance: provider.clockTolerance / 1_000,
        currentDate: new Date(clock.now()),
        // A token without an end would be good for ever.
        requiredClaims: ['exp', 'sub'],
      });
    } catch (error) {
      if (error instanceof errors.JOSEError) throw unauthenticated(faultIn(error));
      throw error;
    }
  }
}

function faultIn(error: errors.JOSEError): CredentialFault {
  if (error instanceof errors.JWTExpired) return 'EXPIRED';
  if (error instanceof errors.JWSInvalid || error instanceof errors.JWTInvalid) return 'MALFORMED';
  const early =
    error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf' && error.reason !== 'invalid';
  return early ? 'NOT_YET_VALID' : 'UNKNOWN';
}
