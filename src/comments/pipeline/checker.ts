import type { Instant } from '../../core/clock';

/** What an outside service is told of a comment. It is told addresses: it is asked only where an operator wants it. */
export interface CheckedComment {
  readonly text: string;
  readonly isReply: boolean;
  readonly name: string;
  readonly email: string | null;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly path: string;
  readonly language: string;
  readonly at: Instant;
}

/** UNSURE: there was no answer, or none that makes sense. */
export type CheckedAs = 'FINE' | 'SPAM' | 'UNSURE';

/** Somebody outside who is asked about comments. */
export interface CommentChecker {
  /** Never throws, and takes no longer than it was told. */
  check(comment: CheckedComment): Promise<CheckedAs>;
}

export const NO_CHECKER: CommentChecker = { check: async () => 'FINE' };
