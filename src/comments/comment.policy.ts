import { type Actor, isAmong } from '../core/actor';
import { guard, type Policy } from '../core/policy';

export type CommentAction = 'MODERATE' | 'FEATURE' | 'BAN' | 'ERASE' | 'EXPORT' | 'SET_COMMENTING';

/** Who may do what to comments that are not their own. Anybody may write, report, and change what is theirs. */
export const COMMENT_POLICY: Policy<CommentAction> = {
  MODERATE: ['MODERATOR', 'ADMIN'],
  FEATURE: ['MODERATOR', 'EDITOR', 'ADMIN'],
  BAN: ['MODERATOR', 'ADMIN'],
  ERASE: ['MODERATOR', 'ADMIN'],
  EXPORT: ['MODERATOR', 'ADMIN'],
  SET_COMMENTING: ['MODERATOR', 'EDITOR', 'ADMIN'],
};

/** @throws DatelineError FORBIDDEN */
export const assertMay = guard('comments', COMMENT_POLICY);

/** Whether the actor sees what is held and hidden, and what is known of those who wrote it. */
export function seesHidden(actor: Actor): boolean {
  return isAmong(actor, COMMENT_POLICY.MODERATE);
}
