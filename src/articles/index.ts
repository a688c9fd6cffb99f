/** Articles: what the house is for. */

export {
  type ArticleRow,
  isPublicAt,
  MAX_AUTHORS,
  MAX_CATEGORIES,
  MAX_TOPICS,
  type TopicMark,
} from './article';
export { articleAddress } from './article.address';
export { type ArticleColumn, columnsFor } from './article.columns';
export { MEMBERSHIPS, parametersOf as conditionParameters } from './article.conditions';
export {
  ARTICLE_DEFAULTS,
  type ArticleContent,
  type ArticleFields,
  type ArticleTies,
  type ArticleUpdate,
  SCHEDULER,
} from './article.content';
export type { ArticleCounter, ArticleTotal } from './article.counter';
export { isListed } from './article.driver';
export type { ArticleEdit } from './article.edit';
export { ArticleFilter, ArticleListArgs, SubjectArticleListArgs } from './article.input';
export { articleList, criteriaOf } from './article.list';
export { articleSort, articlesWhere, conditionShape } from './article.listing';
export { keepImportsInStep, type Merger, mergeSubject } from './article.merge';
export { ArticleMutations } from './article.mutations';
export { ArticlePayload } from './article.payload';
export {
  ARTICLE_ORDERS,
  type ArticleCriteria,
  type ArticleOrder,
  type ArticleQuery,
  FACETS,
  type Facet,
  PUBLISHED_ARTICLES,
  type Selection,
  type Subject,
} from './article.query';
export { ArticleReads } from './article.reads';
export { rebuildCoverage, rebuildTies } from './article.rebuild';
export { type FormerPath, redirectPaths } from './article.redirects';
export { ArticleBodyResolver, ArticleResolver } from './article.resolver';
export { type Revised, raiseRevisions, reviseArticlesWith } from './article.revisions';
export { articleScheduler } from './article.scheduler';
export { type ArticleDraft, ArticleService } from './article.service';
export { ArticleSubscriptions } from './article.subscriptions';
export {
  followNames,
  MAX_REMOVED_TOPICS,
  marksAfterReading,
  marksOf,
  readablesOf,
  readBy,
  removedFrom,
} from './article.tagging';
export { countCoverage, parentsOf, rebuildAncestors } from './article.ties';
export { type LinkedTranslations, linkTranslations, type TranslationLink } from './article.translations';
export { Article, ArticleConnection, ArticleOrders } from './article.type';
export {
  type Audience,
  audienceOf,
  isPublished,
  visibleArticle,
  visibleListing,
} from './article.visibility';
export {
  insertArticles,
  type StoredArticle,
  storeArticles,
  updateArticles,
} from './article.writer';
export { BLOCK_TYPES } from './block.type';
export { MAX_CORRECTIONS } from './corrections/correction.store';
export { PreviewResolver } from './previews/preview.resolver';
export { PreviewService } from './previews/preview.service';
export { ArticlePublications, type Published } from './publications/article-publications';
export { meets } from './publications/meets';
export { Moment } from './publications/moment';
export { Moments, type MomentsParts } from './publications/moments';
export { type Subjects, subjectsOfArticles } from './publications/subjects.store';
export { type ArticlePast, type PastState, pastsOf } from './revisions/past.store';
export { RevisionResolver } from './revisions/revision.resolver';
export { RevisionService } from './revisions/revision.service';
export {
  ANYBODY,
  hostedUntil,
  isAllowed,
  isWithin,
  mayBeGivenTo,
  type Recipient,
  type RightsOf,
} from './rights.policy';
