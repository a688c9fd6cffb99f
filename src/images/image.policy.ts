import { type Actor, type Grantee, isAmong, mayChange } from '../core/actor';
import { DatelineError } from '../core/errors';
import { guard, type Policy } from '../core/policy';

/**
 * What can be done to an image. Whoever may edit an article gives it images as well; EDIT is also to describe one
 * anew that others show.
 */
export type ImageAction = 'CREATE' | 'EDIT' | 'DELETE';

const ALLOWED: Policy<ImageAction> = {
  CREATE: ['CONTRIBUTOR', 'EDITOR', 'ADMIN'],
  EDIT: ['EDITOR', 'ADMIN'],
  DELETE: ['EDITOR', 'ADMIN'],
};

/** @throws DatelineError FORBIDDEN */
export const assertMayActOnImages = guard('images', ALLOWED);

export function mayEditImages(actor: Actor): boolean {
  return mayChange(actor, 'images', ALLOWED.EDIT);
}

/** Who may look through all images, also those that nothing published shows. */
const LISTED_FOR: readonly Grantee[] = ['CONTRIBUTOR', 'EDITOR', 'MODERATOR', 'ADMIN'];

/** @throws DatelineError FORBIDDEN */
export function assertMayListImages(actor: Actor): void {
  if (isAmong(actor, LISTED_FOR)) return;
  throw new DatelineError('FORBIDDEN', 'You may not list images: that is for the newsroom.');
}
