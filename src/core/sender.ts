import { networkOf } from './network';
import type { SecretBox } from './sealed';

/** How to reach whoever has sent something, and from where it was sent. */
export interface Sender {
  readonly email: string | null;
  /** The network address. */
  readonly ip: string | null;
}

/** The same as it may be stored: sealed to be read, and hashed to be found. */
export interface SealedSender {
  readonly emailSealed: string | null;
  readonly emailHash: string | null;
  readonly ipHash: string | null;
}

/** Null where nothing is known of the sender. */
export function sealSender(box: SecretBox, { email, ip }: Sender): SealedSender | null {
  if (email === null && ip === null) return null;
  return {
    emailSealed: email === null ? null : box.seal(email),
    emailHash: email === null ? null : box.hash(email),
    ipHash: ip === null ? null : box.hash(networkOf(ip)),
  };
}
