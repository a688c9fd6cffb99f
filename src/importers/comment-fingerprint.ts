import { hash } from 'node:crypto';
import type { SecretBox } from '../core/sealed';
import type { ImportComment, ImportMedium } from './wordpress';

type Words = Pick<ImportComment, 'status' | 'authorName' | 'text'>;

/**
 * What a comment is recognised by: its state, and its words as the medium tells them. The words are hashed under the
 * server's secret: what is erased later must not be guessable from what is kept.
 */
export function commentFingerprint(
  box: SecretBox,
  medium: ImportMedium,
  comment: Words,
  safeHtml: string,
): string {
  return `${comment.status} ${medium} ${box.hash(wordsHash(comment, safeHtml))}`;
}

/** Of small letters and digits, since the box takes capitals and small letters for the same. */
function wordsHash({ authorName, text }: Words, safeHtml: string): string {
  return hash('sha256', JSON.stringify([authorName, text, safeHtml]), 'hex');
}

/** What is remembered of a comment that is no longer there: it is like no comment. */
export const GONE_COMMENT = 'GONE';

/** Whether a comment is over there as it was; its words can be compared within one medium only. */
export function isSameComment(stored: string, now: string): boolean {
  const [status, medium, words] = stored.split(' ');
  const [statusNow, mediumNow, wordsNow] = now.split(' ');
  return status === statusNow && (medium !== mediumNow || words === wordsNow);
}

/** Whether the words are told by the medium that told them last: else they may differ without anybody's doing. */
export function isSameMedium(stored: string, now: string): boolean {
  return stored.split(' ')[1] === now.split(' ')[1];
}
