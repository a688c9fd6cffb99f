/** What the search finds articles by, kept in the transactions that change them. */
export { checkIndex, isSound } from './check';
export {
  articleOf,
  dayOf,
  documentOf,
  highestOfDay,
  KEYS,
  lowestOfDay,
  type SearchDocument,
  subjectTerm,
} from './document';
export { handOver } from './handed-over';
export { indexChanges } from './index-changes';
export { indexNames } from './names';
export { entriesOf, profileWith, sharedWeight, weightIn } from './profile';
export { type IndexProgress, isIndexCurrent, type Rebuilding, rebuildIndex } from './rebuild';
export { textsOf } from './searched-articles';
export { hashOf, surfaceTerm } from './terms';
export { type AnalysedTexts, completable, FIELD_WEIGHTS, TextAnalysis, type Texts } from './texts';
export { ALL_DOCUMENTS, ALL_WORDS, countWords, reversed, VERSION } from './words';
