import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomFillSync,
  timingSafeEqual,
} from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Asking the system for random bytes takes as long as sealing does: they are fetched for so many nonces at once. */
const NONCES = 256;

/** Can be cloned. */
export type BoxKeys = Readonly<Record<'seal' | 'hash' | 'fingerprint' | 'proof', KeyObject>>;

/**
 * Keeps private values under the server's secret: sealed, so that they can be read again here and nowhere
 * else, and as keyed hashes, so that they can be found without being read. Each purpose has a key of its own.
 */
export class SecretBox {
  /** Another thread can have a box of these. */
  readonly keys: BoxKeys;
  private readonly nonces = Buffer.alloc(NONCES * NONCE_BYTES);
  private noncesUsed = NONCES;

  /** @param secret has at least 32 characters; or the keys of another box */
  constructor(secret: string | BoxKeys) {
    this.keys =
      typeof secret === 'string'
        ? {
            seal: derive(secret, 'seal'),
            hash: derive(secret, 'hash'),
            fingerprint: derive(secret, 'fingerprint'),
            proof: derive(secret, 'proof'),
          }
        : secret;
  }

  seal(value: string): string {
    const nonce = this.nextNonce();
    const cipher = createCipheriv(ALGORITHM, this.keys.seal, nonce);
    const sealed = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Null for what was not sealed under this secret, or was changed since. */
  open(sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) return null;
    const decipher = createDecipheriv(ALGORITHM, this.keys.seal, bytes.subarray(0, NONCE_BYTES));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    try {
      const value = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
      return Buffer.concat([value, decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }

  private nextNonce(): Buffer {
    if (this.noncesUsed === NONCES) {
      randomFillSync(this.nonces);
      this.noncesUsed = 0;
    }
    const start = this.noncesUsed * NONCE_BYTES;
    this.noncesUsed += 1;
    return this.nonces.subarray(start, start + NONCE_BYTES);
  }

  /** The same for the same value, whatever its case and surrounding space; useless without the secret. */
  hash(value: string): string {
    return createHmac('sha256', this.keys.hash).update(value.trim().toLowerCase()).digest('base64url');
  }

  /** The same for the same value to the letter, in 22 characters; useless without the secret. */
  fingerprint(value: string): string {
    return createHmac('sha256', this.keys.fingerprint).update(value).digest('base64url').slice(0, 22);
  }

  /** What only somebody with the secret could have written beside the value, to the letter. */
  proofOf(value: string): string {
    return createHmac('sha256', this.keys.proof).update(value).digest('base64url');
  }

  /** Whether it is that proof. Takes as long for a wrong one as for the right one. */
  proves(value: string, proof: string): boolean {
    const [given, right] = [Buffer.from(proof), Buffer.from(this.proofOf(value))];
    return given.length === right.length && timingSafeEqual(given, right);
  }
}

function derive(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'dateline', purpose, 32)));
}
