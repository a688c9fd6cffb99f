import { type Actor, type Grantee, isAmong } from '../core/actor';
import { DatelineError } from '../core/errors';

/** Who may read how much the newsroom publishes. Who is not named may not. */
const READ: readonly Grantee[] = ['CONTRIBUTOR', 'EDITOR', 'MODERATOR', 'ADMIN'];

/** @throws DatelineError FORBIDDEN */
export function assertMayReadStats(actor: Actor): void {
  if (isAmong(actor, READ)) return;
  throw new DatelineError('FORBIDDEN', 'You may not read the stats: they are for the newsroom.');
}
