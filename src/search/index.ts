/** Search: articles by what they say. */
export { SearchReads } from './search.reads';
export { SearchEdgeResolver, SearchFacetsResolver, SearchResolver } from './search.resolver';
export type { ComparedText, SimilarTexts } from './search.similar';
export { indexUpkeep, tellOfNewIndex } from './search.upkeep';
