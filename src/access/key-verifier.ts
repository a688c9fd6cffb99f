import { timingSafeEqual } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Actor } from '../core/actor';
import type { Clock, Instant } from '../core/clock';
import { faultReport } from '../core/faults';
import type { Log } from '../core/log';
import type { Database } from '../database';
import { type ApiKey, hashOf, holderOf, publicIdOf, stateOf, USE_PRECISION } from './api-key';
import { keysByPublicId, noteKeyUse } from './api-key.store';
import { actorOf } from './holder';
import { unauthenticated } from './refusal';

/** Milliseconds for which a key that was found good is not looked up again: how late a revocation by another process can be. */
export const KEY_MEMORY = 2_000;
/** Keys that are remembered at once. */
const MAX_KEYS = 1_000;

interface Known {
  readonly key: ApiKey;
  readonly actor: Actor;
  readonly readAt: Instant;
}

export interface KeyVerifierParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/** Finds out who holds an API key. */
export class KeyVerifier {
  /** By the hash of the whole key; only of keys that were good. */
  private readonly known = new LRUCache<string, Known>({ max: MAX_KEYS });
  /** When the last use of a key was noted by this process, by its number. */
  private readonly noted = new LRUCache<number, Instant>({ max: MAX_KEYS });
  /** Rises with `forget`: what was read before is then not remembered after. */
  private generation = 0;

  constructor(private readonly parts: KeyVerifierParts) {}

  /** @throws DatelineError UNAUTHENTICATED; SERVICE_UNAVAILABLE when the database does not answer */
  async verify(written: string): Promise<Actor> {
    const hash = hashOf(written);
    const now = this.parts.clock.now();
    const { key, actor } = this.remembered(hash, now) ?? (await this.lookUp(written, hash, now));
    const state = stateOf(key, now);
    if (state !== 'ACTIVE') throw unauthenticated(state);
    this.noteUse(key, now);
    return actor;
  }

  /** Looks every key up again: call it when one was changed by this process. */
  forget(): void {
    this.generation++;
    this.known.clear();
  }

  private remembered(hash: string, now: Instant): Known | undefined {
    const known = this.known.get(hash);
    // A clock that was set back must not keep a revoked key alive.
    return known && Math.abs(now - known.readAt) < KEY_MEMORY ? known : undefined;
  }

  private async lookUp(written: string, hash: string, now: Instant): Promise<Known> {
    const publicId = publicIdOf(written);
    if (publicId === null) throw unauthenticated('MALFORMED');
    const { generation } = this;
    const [key] = await keysByPublicId(this.parts.database, { publicIds: [publicId] });
    if (!key || !sameHash(key.hash, hash)) throw unauthenticated('UNKNOWN');
    const known = { key, actor: actorOf(holderOf(key)), readAt: now };
    if (generation === this.generation) this.known.set(hash, known);
    return known;
  }

  /** In the background, and not in the change log: it changes nothing that anybody can see of the newsroom. */
  private noteUse({ id, lastUsedAt }: ApiKey, now: Instant): void {
    const since = now - USE_PRECISION;
    if (Math.max(lastUsedAt ?? 0, this.noted.get(id) ?? 0) > since) return;
    this.noted.set(id, now);
    this.parts.database
      .write((tx) => noteKeyUse(tx, id, { at: now, since }))
      .catch((error: unknown) => {
        this.parts.log.warn({ fault: faultReport(error) }, 'The use of an API key could not be noted');
      });
  }
}

/** Takes as long however much of the two is the same. */
function sameHash(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
