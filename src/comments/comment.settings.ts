import type { CommentingMode } from '../database';

/** So many within a period of so many milliseconds. */
export interface Rate {
  readonly count: number;
  readonly period: number;
}

/** What a newsroom decides about its readers' comments. Times are milliseconds. */
export interface CommentSettings {
  /** Of the whole site; a category or an article can only be stricter. */
  readonly mode: CommentingMode;
  /** After its publication an article takes comments for so long; null for ever. */
  readonly closeAfter: number | null;
  /** Characters of a comment. */
  readonly maxLength: number;
  /** With more links a comment is held. */
  readonly maxLinks: number;
  /** Words and phrases; one that ends in "*" stands for all that begin so. */
  readonly heldWords: readonly string[];
  readonly spamWords: readonly string[];
  /** By network address, or by account. All of them hold. */
  readonly rates: readonly Rate[];
  readonly editWindow: number;
  /** So many reports hide a comment until a moderator has looked. */
  readonly reportsToHold: number;
  /** Accounts with fewer approved comments wait, and guests always; 0 for nobody. */
  readonly trustAfter: number;
  /** How long addresses of commenters are kept; null for ever. A keyed hash stays. */
  readonly privateRetention: number | null;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export const COMMENT_DEFAULTS: CommentSettings = {
  mode: 'OPEN',
  closeAfter: null,
  maxLength: 5_000,
  maxLinks: 2,
  heldWords: [],
  spamWords: [],
  rates: [
    { count: 5, period: MINUTE },
    { count: 60, period: HOUR },
  ],
  editWindow: 15 * MINUTE,
  reportsToHold: 3,
  trustAfter: 0,
  privateRetention: 180 * DAY,
};
