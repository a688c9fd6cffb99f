import { type Actor, type Grantee, mayChange, type Scope } from './actor';
import { DatelineError } from './errors';

/** Who may do what in a room. Who is not named may not. SYSTEM, that is Dateline itself, may do everything. */
export type Policy<Action extends string> = Readonly<Record<Action, readonly Grantee[]>>;

/**
 * The policy of a room, made to be asked.
 * @throws DatelineError FORBIDDEN, from what it returns
 */
export function guard<Action extends string>(
  room: Exclude<Scope, 'read'>,
  policy: Policy<Action>,
): (actor: Actor, action: Action) => void {
  return (actor, action) => {
    if (mayChange(actor, room, policy[action])) return;
    throw new DatelineError('FORBIDDEN', `You may not ${action.toLowerCase()} ${room}.`);
  };
}
