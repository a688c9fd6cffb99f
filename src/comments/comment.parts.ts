import type { Clock } from '../core/clock';
import type { SecretBox } from '../core/sealed';
import type { Database } from '../database';
import type { CommentSettings } from './comment.settings';
import type { CommentChecker } from './pipeline';

/** What the use cases of this room are made of. */
export interface CommentParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly box: SecretBox;
  readonly settings: CommentSettings;
  readonly checker: CommentChecker;
}
