/** Comments: what readers reply. */

export { AKISMET_URL, Akismet, type AkismetAccount } from './akismet';
export type { ImportedComment } from './comment';
export {
  adoptReplies,
  type BatchedComment,
  importComments,
  importSealedComments,
  loadingComments,
  type SealedComment,
  type StoredComment,
  storeComments,
} from './comment.import';
export { findComment } from './comment.lookup';
export { CommentMutations } from './comment.mutations';
export { CommentNews } from './comment.news';
export { CommentReads } from './comment.reads';
export { CommentResolver, DiscussionResolver } from './comment.resolver';
export { type Restated, type RestatedComment, restateComments } from './comment.restate';
export { CommentService } from './comment.service';
export { COMMENT_DEFAULTS, type CommentSettings, type Rate } from './comment.settings';
export { CommentSubscriptions } from './comment.subscriptions';
export { Comment } from './comment.type';
export type { Origin } from './commenter';
export { markFormerAccounts } from './commenter.marks';
export { CommenterMutations, CommentingMutations } from './commenter.mutations';
export type { CommentingRules } from './commenting';
export {
  CommentModerationResolver,
  ModerationDetailsResolver,
  ModerationResolver,
} from './moderation.resolver';
export { type CommentChecker, NO_CHECKER } from './pipeline';
export { commentRetention } from './retention';
