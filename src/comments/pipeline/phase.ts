import type { Instant } from '../../core/clock';
import type { CommentStatus, Reader } from '../../database';
import type { CommentSettings } from '../comment.settings';
import type { Commenter } from '../commenter';
import type { CommentingState } from '../commenting';
import type { CommentChecker } from './checker';

/** What a phase finds against a comment, and for moderators why. */
export interface Finding {
  readonly verdict: 'PENDING' | 'SPAM';
  readonly reason: string;
}

/** The article that is commented on. */
export interface SubmittedTo {
  readonly id: number;
  readonly path: string;
  readonly language: string;
  /** Whether everybody may read it. */
  readonly isPublic: boolean;
  readonly commenting: CommentingState;
}

/** A comment on its way: what was sent, and what the phases before have made of it. */
export interface Submission {
  readonly now: Instant;
  readonly article: SubmittedTo;
  /** The comment that is edited; null for a new one. */
  readonly edited: number | null;
  readonly isReply: boolean;
  readonly author: Commenter;
  /** As it was sent. */
  readonly body: string;
  /** The field that people do not see. */
  readonly website: string | null;
  readonly text: string;
  readonly html: string;
  readonly links: number;
}

/** What phases work with. */
export interface Desk {
  readonly reader: Reader;
  readonly settings: CommentSettings;
  readonly checker: CommentChecker;
}

export interface PhaseResult {
  readonly made?: Partial<Pick<Submission, 'text' | 'html' | 'links'>>;
  readonly finding?: Finding | null;
}

/**
 * One thing that is looked at before a comment is taken.
 * @throws Refusal, DatelineError BAD_USER_INPUT where it cannot be taken at all
 */
export interface Phase {
  readonly name: string;
  run(submission: Submission, desk: Desk): PhaseResult | Promise<PhaseResult>;
}

/** What the pipeline makes of a comment. */
export interface Judged {
  readonly submission: Submission;
  readonly status: Extract<CommentStatus, 'APPROVED' | 'PENDING' | 'SPAM'>;
  readonly reasons: readonly string[];
}

export const NOTHING: PhaseResult = {};

export function held(reason: string): PhaseResult {
  return { finding: { verdict: 'PENDING', reason } };
}

export function spam(reason: string): PhaseResult {
  return { finding: { verdict: 'SPAM', reason } };
}
