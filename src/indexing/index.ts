/** What the search finds articles by, kept in the transactions that change them. */
export { checkIndex, isSound } from './check';
export {
  completable,
  highestOfDay,
  lowestOfDay,
  subjectTerm,
  surfaceTerm,
} from './document';
export { indexChanges } from './index-changes';
export { hashOf, weightIn } from './profile';
export { type IndexProgress, indexUpkeep, rebuildIndex } from './rebuild';
export { ALL_DOCUMENTS, ALL_WORDS, reversed, VERSION } from './words';
