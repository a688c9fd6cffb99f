import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import type { Tx } from '../database';

/** Who changes something, when, and in which transaction. */
export interface WriteScope {
  readonly tx: Tx;
  readonly actor: Actor;
  readonly at: Instant;
}
