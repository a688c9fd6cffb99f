import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

/** Bytes: from 24 to 64 by the specification. */
const SECRET_BYTES = 32;

/** A new secret, as receivers and their libraries take it. */
export function makeSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/**
 * The headers of the Standard Webhooks specification: what a receiver tells a message by, when it was sent, and one
 * signature for each secret, of which one has to be right.
 * @param secrets the newest first
 */
export function signed(
  secrets: readonly string[],
  { id, at, body }: { readonly id: string; readonly at: Date; readonly body: string },
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Dateline-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
