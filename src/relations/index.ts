/** Relations between topics: how they are covered together, whether that is changing, and through whom. */
export { ArchiveIndex } from './archive/archive-index';
export { ArchiveCounts } from './archive-counts';
export { startOf } from './days';
export { RelatedArticlesResolver } from './related-articles.resolver';
export { prepareRelatedTopics } from './related-topics';
export type { Relation } from './relation';
export { RelationReads } from './relation.reads';
export { BurstResolver, CoverageBucketResolver, RelationResolver } from './relation.resolver';
export { askedTopics, FEWEST_TOPICS, MOST_TOPICS } from './relation.topics';
export { TopicRelationsResolver } from './topic-relations.resolver';
