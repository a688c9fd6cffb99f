import type { Actor } from '../core/actor';
import type { Clock } from '../core/clock';
import type { Database } from '../database';
import type { WriteScope } from './write-scope';

/**
 * Authorises, then checks what needs no database, then writes, all of it in one transaction.
 * @throws DatelineError FORBIDDEN, before anything else is looked at; and what `prepare` and its work throw
 */
export type GuardedWrite<Action> = <T>(
  actor: Actor,
  action: Action,
  prepare: () => (scope: WriteScope) => Promise<T>,
) => Promise<T>;

/** @param assertMay the policy of the room */
export function guardedWrite<Action>(
  database: Database,
  clock: Clock,
  assertMay: (actor: Actor, action: Action) => void,
): GuardedWrite<Action> {
  return async (actor, action, prepare) => {
    assertMay(actor, action);
    const work = prepare();
    return database.write((tx) => work({ tx, actor, at: clock.now() }));
  };
}
