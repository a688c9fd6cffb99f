/** What people may do to their own comments, and how they show that it is theirs. */
import type { Actor } from '../core/actor';
import type { Instant } from '../core/clock';
import { DatelineError } from '../core/errors';
import { Refusal } from '../core/refusal';
import type { SecretBox } from '../core/sealed';
import type { HeldComment } from './comment.held';
import type { CommentSettings } from './comment.settings';
import { isHeld } from './comment.visibility';

/** With it a guest reads a held comment, edits and deletes it: nobody else can have it made. */
export function editTokenOf(box: SecretBox, id: number): string {
  return box.proofOf(`comment ${id}`);
}

export function isEditToken(box: SecretBox, id: number, token: string): boolean {
  return box.proves(`comment ${id}`, token);
}

/** @param token as it was sent */
export function isOwn(
  box: SecretBox,
  actor: Actor,
  comment: Pick<HeldComment, 'id' | 'account'>,
  token: string | null,
): boolean {
  const signedIn = actor.kind !== 'ANONYMOUS' && comment.account === actor.name;
  return signedIn || (token !== null && isEditToken(box, comment.id, token));
}

/**
 * @throws Refusal EDIT_WINDOW_EXPIRED, NOT_ALLOWED_IN_STATE; DatelineError NOT_FOUND, FORBIDDEN. Of what is not seen
 *   nobody else is told whether it is there.
 */
export function assertOwn(
  { box, settings }: { readonly box: SecretBox; readonly settings: CommentSettings },
  actor: Actor,
  comment: HeldComment | null | undefined,
  token: string | null,
  now: Instant,
): asserts comment is HeldComment {
  const none = () => new DatelineError('NOT_FOUND', 'There is no such comment.', { argument: 'id' });
  if (!comment) throw none();
  if (!isOwn(box, actor, comment, token)) {
    if (!comment.visible) throw none();
    throw new DatelineError('FORBIDDEN', 'This comment is not yours.', { argument: 'id' });
  }
  if (comment.status === 'DELETED') throw none();
  if (comment.status === 'REJECTED')
    throw new Refusal('NOT_ALLOWED_IN_STATE', 'A moderator has taken this comment out.', 'id');
  if (!isWithinWindow(comment, settings, now))
    throw new Refusal('EDIT_WINDOW_EXPIRED', 'It is too late to change this comment.', 'id');
}

export function isWithinWindow(
  { createdAt }: Pick<HeldComment, 'createdAt'>,
  { editWindow }: CommentSettings,
  now: Instant,
): boolean {
  return now < createdAt + editWindow;
}

/** Whether its author may still change it. */
export function isChangeable(
  comment: Pick<HeldComment, 'createdAt' | 'status'>,
  settings: CommentSettings,
  now: Instant,
): boolean {
  return (comment.status === 'APPROVED' || isHeld(comment)) && isWithinWindow(comment, settings, now);
}
