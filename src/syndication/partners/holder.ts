import type { Actor } from '../../core/actor';

/** The name of an actor who holds an API key. */
const KEY = /^key:(.+)$/;

/** The public id of the key that a partner holds; null for who is no partner. */
export function publicIdOf(actor: Actor): string | null {
  return actor.kind === 'PARTNER' ? (KEY.exec(actor.name)?.[1] ?? null) : null;
}
