/** Comments: what readers reply. */
export type { ImportedComment } from './comment';
export { type BatchedComment, importComments } from './comment.import';
