/** Answers for readers who have not said who they are, kept for as long as they are true. */
export { AnswerCache, type AnswerCacheParts, type MadeAnswer, type Making } from './answer-cache';
export { CdnPurge, type PurgeHook } from './cdn-purge';
export { tagsOfChange } from './change-tags';
export { EVERYTHING, Footprint } from './footprint';
export { KeptAnswer } from './kept-answer';
export { TracedContext } from './traced-context';
