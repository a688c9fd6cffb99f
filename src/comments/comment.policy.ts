import { type Actor, isAmong, mayChange } from '../core/actor';
import { DatelineError } from '../core/errors';
import { guard, type Policy } from '../core/policy';

export type CommentAction = 'WRITE' | 'MODERATE' | 'FEATURE' | 'BAN' | 'ERASE' | 'EXPORT' | 'SET_COMMENTING';

/** Who may do what. WRITE is also to report, and to change what is one's own. */
export const COMMENT_POLICY: Policy<CommentAction> = {
  WRITE: ['ANONYMOUS', 'READER', 'PARTNER', 'CONTRIBUTOR', 'EDITOR', 'MODERATOR', 'ADMIN'],
  MODERATE: ['MODERATOR', 'ADMIN'],
  FEATURE: ['MODERATOR', 'EDITOR', 'ADMIN'],
  BAN: ['MODERATOR', 'ADMIN'],
  ERASE: ['MODERATOR', 'ADMIN'],
  EXPORT: ['MODERATOR', 'ADMIN'],
  SET_COMMENTING: ['MODERATOR', 'EDITOR', 'ADMIN'],
};

/** @throws DatelineError FORBIDDEN */
export const assertMay = guard('comments', COMMENT_POLICY);

export function mayWrite(actor: Actor): boolean {
  return mayChange(actor, 'comments', COMMENT_POLICY.WRITE);
}

/** Whether the actor sees what is held and hidden, and what is known of those who wrote it. */
export function seesHidden(actor: Actor): boolean {
  return isAmong(actor, COMMENT_POLICY.MODERATE);
}

/** @throws DatelineError FORBIDDEN for who may not even look, whatever their credential is narrowed to */
export function assertReads(actor: Actor, action: CommentAction): void {
  if (!isAmong(actor, COMMENT_POLICY[action]))
    throw new DatelineError('FORBIDDEN', 'You may not see what waits for moderators.');
}
