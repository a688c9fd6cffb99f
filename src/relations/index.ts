/** Relations between topics: how they are covered together, whether that is changing, and through whom. */
export { ArchiveIndex } from './archive/archive-index';
export { RelatedArticlesResolver } from './related-articles.resolver';
export { RelationReads } from './relation.reads';
export { BurstResolver, CoverageBucketResolver, RelationResolver } from './relation.resolver';
export { TopicRelationsResolver } from './topic-relations.resolver';
