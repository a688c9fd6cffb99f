import type { Actor } from '../core/actor';
import { looksLikeKey } from './api-key';
import type { KeyVerifier } from './key-verifier';
import { unauthenticated } from './refusal';
import type { TokenVerifier } from './token-verifier';

/** RFC 6750: the scheme in any case, then one token. */
const BEARER = /^bearer +([\w.~+/-]+=*) *$/i;
/** Characters; what is longer is no credential of anybody's. */
const MAX_CREDENTIAL = 8_192;

/** Finds out who sends a request, by the value of its Authorization header. */
export class Authenticator {
  /** @param tokens null where no identity provider is configured */
  constructor(
    private readonly keys: KeyVerifier,
    private readonly tokens: TokenVerifier | null,
  ) {}

  /**
   * @throws DatelineError UNAUTHENTICATED for whatever is no good; SERVICE_UNAVAILABLE when that cannot be found
   *   out now
   */
  async authenticate(authorization: string): Promise<Actor> {
    const credential = authorization.length <= MAX_CREDENTIAL ? BEARER.exec(authorization)?.[1] : undefined;
    if (credential === undefined) throw unauthenticated('MALFORMED');
    if (looksLikeKey(credential)) return this.keys.verify(credential);
    if (this.tokens === null) throw unauthenticated('UNKNOWN');
    return this.tokens.verify(credential);
  }
}
