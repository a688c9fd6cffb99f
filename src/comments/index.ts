/** Comments: what readers reply. */
export type { ImportedComment } from './comment';
export {
  adoptReplies,
  type BatchedComment,
  importComments,
  type StoredComment,
  storeComments,
} from './comment.import';
export { findComment } from './comment.lookup';
export { CommentReads } from './comment.reads';
export { CommentResolver, DiscussionResolver } from './comment.resolver';
export { type Restated, type RestatedComment, restateComments } from './comment.restate';
export { Comment } from './comment.type';
