import type { Instant } from '../core/clock';
import type { CommentingMode } from '../database';

/** What decides whether a reader may comment on an article. */
export interface Discussed {
  readonly commenting: CommentingMode;
  readonly commentingClosesAt: Instant | null;
}

/** How readers may comment on an article. */
export interface CommentingState {
  readonly mode: CommentingMode;
  /** Whether a comment would be taken now. */
  readonly open: boolean;
  /** When it closes, or has closed; null where it does not close by itself. */
  readonly closesAt: Instant | null;
}

/** @param published whether readers see the article */
export function commentingOn(article: Discussed, published: boolean, now: Instant): CommentingState {
  const { commenting: mode, commentingClosesAt: closesAt } = article;
  return { mode, open: published && mode !== 'CLOSED' && (closesAt === null || now < closesAt), closesAt };
}
