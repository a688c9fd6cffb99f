/** What a viewer may see of a comment, in one place: lists, lookups, parents and replies all ask here. */
import type { CommentRow } from './comment';

/**
 * PUBLIC: anybody. AUTHOR: who wrote it, and can prove it. MODERATOR: sees everything.
 */
export type Standing = 'PUBLIC' | 'AUTHOR' | 'MODERATOR';

type Shown = Pick<CommentRow, 'status' | 'visible'>;

/** Whether there is such a comment for the viewer, if only as a tombstone. Lists have the visible ones only. */
export function isThere(comment: Shown, standing: Standing): boolean {
  return standing === 'MODERATOR' || comment.visible || (standing === 'AUTHOR' && isHeld(comment));
}

/** Whether the viewer may read what it says. What was deleted says nothing any more. */
export function isReadable(comment: Shown, standing: Standing): boolean {
  if (comment.status === 'APPROVED') return true;
  if (comment.status === 'DELETED') return false;
  return standing === 'MODERATOR' || (standing === 'AUTHOR' && isHeld(comment));
}

/** Waits for a moderator. To its author spam looks the same: nobody is to learn how to get past the check. */
export function isHeld({ status }: Pick<CommentRow, 'status'>): boolean {
  return status === 'PENDING' || status === 'SPAM';
}
