/** Search: articles by what they say. */
export { SearchReads } from './search.reads';
export { SearchEdgeResolver, SearchFacetsResolver, SearchResolver } from './search.resolver';
export type { ComparedText, SimilarTexts } from './search.similar';
