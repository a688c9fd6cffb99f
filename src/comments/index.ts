/** Comments: what readers reply. */
export type { ImportedComment } from './comment';
export {
  adoptReplies,
  type BatchedComment,
  importComments,
  type StoredComment,
  storeComments,
} from './comment.import';
export { type Restated, type RestatedComment, restateComments } from './comment.restate';
