/** Collections: articles in an editor's order. */
export { MAX_ARTICLES_OF_A_COLLECTION } from './collection';
export { CollectionMutations } from './collection.mutations';
export { CollectionReads } from './collection.reads';
export { CollectionResolver } from './collection.resolver';
export { CollectionService } from './collection.service';
export { Collection } from './collection.type';
export { storeCollections } from './collection.writer';
