import type { GraphQLSchema } from 'graphql';
import { ViewerResolver } from './access';
import {
  ArticleBodyResolver,
  ArticleMutations,
  ArticleResolver,
  ArticleSubscriptions,
  BLOCK_TYPES,
  PreviewResolver,
  RevisionResolver,
} from './articles';
import { AuthorMutations, AuthorResolver } from './authors';
import { CategoryMutations, CategoryResolver } from './categories';
import { AuditResolver } from './changes';
import { CollectionMutations, CollectionResolver } from './collections';
import {
  CommenterMutations,
  CommentingMutations,
  CommentModerationResolver,
  CommentMutations,
  CommentResolver,
  CommentSubscriptions,
  DiscussionResolver,
  ModerationDetailsResolver,
  ModerationResolver,
} from './comments';
import { buildSchema } from './graphql/schema';
import { USER_ERROR_TYPES } from './graphql/user-errors';
import { ImageMutations, ImageResolver } from './images';
import {
  BurstResolver,
  CoverageBucketResolver,
  RelatedArticlesResolver,
  RelationResolver,
  TopicRelationsResolver,
} from './relations';
import { NodeResolver } from './routes';
import { SearchEdgeResolver, SearchFacetsResolver, SearchResolver } from './search';
import { StatsBucketResolver, StatsResolver } from './stats';
import { PartnerFeedResolver, WebhookMutations, WebhookResolver } from './syndication';
import { TopicMutations, TopicResolver } from './topics';

/** The public schema with its resolvers. Needs nothing but the code, so it can be printed anywhere. */
export function datelineSchema(): GraphQLSchema {
  return buildSchema({
    resolvers: [
      ArticleResolver,
      ArticleBodyResolver,
      ArticleMutations,
      ArticleSubscriptions,
      PreviewResolver,
      RevisionResolver,
      AuthorResolver,
      AuthorMutations,
      CategoryResolver,
      CategoryMutations,
      CollectionResolver,
      CollectionMutations,
      CommentResolver,
      CommentMutations,
      CommentSubscriptions,
      CommentModerationResolver,
      CommenterMutations,
      CommentingMutations,
      DiscussionResolver,
      ModerationResolver,
      ModerationDetailsResolver,
      ImageResolver,
      ImageMutations,
      TopicResolver,
      TopicMutations,
      RelationResolver,
      CoverageBucketResolver,
      BurstResolver,
      RelatedArticlesResolver,
      TopicRelationsResolver,
      SearchResolver,
      SearchEdgeResolver,
      SearchFacetsResolver,
      NodeResolver,
      ViewerResolver,
      AuditResolver,
      StatsResolver,
      StatsBucketResolver,
      PartnerFeedResolver,
      WebhookResolver,
      WebhookMutations,
    ],
    orphanedTypes: [...BLOCK_TYPES, ...USER_ERROR_TYPES],
  });
}
