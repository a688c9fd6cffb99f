import { type Actor, type Grantee, isAmong } from '../core/actor';
import { DatelineError } from '../core/errors';

/** What can be done about the audit. */
export type AuditAction = 'READ';

/** Who may do what. Who is not named may not. */
const ALLOWED: Readonly<Record<AuditAction, readonly Grantee[]>> = { READ: ['ADMIN'] };

/** @throws DatelineError FORBIDDEN */
export function assertMayAudit(actor: Actor, action: AuditAction): void {
  if (isAmong(actor, ALLOWED[action])) return;
  throw new DatelineError('FORBIDDEN', 'You may not read who did what: that is for admins.');
}
