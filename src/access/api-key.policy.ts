import { type Actor, type Grantee, isAmong } from '../core/actor';
import { DatelineError } from '../core/errors';

/** What can be done about API keys. */
export type KeyAction = 'LIST' | 'CREATE' | 'REVOKE' | 'ROTATE';

/** Who may do what. Who is not named may not. SYSTEM is the command line: who runs it has the database anyway. */
const ALLOWED: Readonly<Record<KeyAction, readonly Grantee[]>> = {
  LIST: ['ADMIN'],
  CREATE: ['ADMIN'],
  REVOKE: ['ADMIN'],
  ROTATE: ['ADMIN'],
};

/**
 * Keys have no scope of their own: who was narrowed to anything could otherwise make a key that was not.
 * @throws DatelineError FORBIDDEN
 */
export function assertMayActOnKeys(actor: Actor, action: KeyAction): void {
  if (isAmong(actor, ALLOWED[action]) && actor.scopes === null) return;
  throw new DatelineError('FORBIDDEN', `You may not ${action.toLowerCase()} API keys.`);
}
