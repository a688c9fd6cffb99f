import { DatelineError } from '../core/errors';

/** Why a credential is refused, for machines; people read the message. */
export type CredentialFault = 'MALFORMED' | 'UNKNOWN' | 'EXPIRED' | 'REVOKED' | 'NOT_YET_VALID';

/** Fixed sentences: nothing of a credential may get into an answer or a log. No quotes: they stand in a header. */
const MESSAGES: Readonly<Record<CredentialFault, string>> = {
  MALFORMED: 'Send an API key or an access token as Authorization: Bearer, and nothing else.',
  UNKNOWN: 'The credential is not valid here.',
  EXPIRED: 'The credential has expired.',
  REVOKED: 'The credential was revoked.',
  NOT_YET_VALID: 'The credential is not valid yet.',
};

/** A credential is no good: 401 over HTTP, and never taken for no credential. */
export function unauthenticated(reason: CredentialFault): DatelineError {
  return new DatelineError('UNAUTHENTICATED', MESSAGES[reason], { reason });
}
