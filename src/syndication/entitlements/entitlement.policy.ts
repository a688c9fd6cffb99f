import { type Actor, isAmong } from '../../core/actor';
import { DatelineError } from '../../core/errors';

/** Whoever may make keys may say what their holders get. @throws DatelineError FORBIDDEN */
export function assertMayEntitle(actor: Actor): void {
  if (isAmong(actor, ['ADMIN']) && actor.scopes === null) return;
  throw new DatelineError('FORBIDDEN', 'You may not say what partners are entitled to: that is for admins.');
}
