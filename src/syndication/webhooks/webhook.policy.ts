import { type Actor, isAmong } from '../../core/actor';
import { DatelineError } from '../../core/errors';

/** @throws DatelineError FORBIDDEN for who is neither a partner, who has their own, nor an admin, who has all */
export function assertMayKeepWebhooks(actor: Actor): void {
  // As with keys: who was narrowed to anything could otherwise have more told than they may read.
  if (isAmong(actor, ['ADMIN', 'PARTNER']) && actor.scopes === null) return;
  throw new DatelineError('FORBIDDEN', 'You may not see or change webhooks.');
}
