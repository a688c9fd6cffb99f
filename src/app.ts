/** The composition root: the only place that puts the rooms together. */
import type { GraphQLSchema } from 'graphql';
import { ArticleReads, ArticleResolver, BLOCK_TYPES } from './articles';
import { AuthorReads, AuthorResolver } from './authors';
import { CategoryReads, CategoryResolver } from './categories';
import type { RequestContext } from './context';
import type { Actor } from './core/actor';
import type { Clock } from './core/clock';
import type { Database } from './database';
import { buildSchema } from './graphql/schema';
import { ImageReads } from './images';
import { NodeResolver } from './routes';
import { TopicReads, TopicResolver } from './topics';

/** The public schema with its resolvers. Needs nothing but the code, so it can be printed anywhere. */
export function datelineSchema(): GraphQLSchema {
  return buildSchema({
    resolvers: [ArticleResolver, AuthorResolver, CategoryResolver, TopicResolver, NodeResolver],
    orphanedTypes: BLOCK_TYPES,
  });
}

/** What the resolvers of one request share. */
export function requestContext(
  { database, clock }: { database: Database; clock: Clock },
  { actor, requestId }: { actor: Actor; requestId: string },
): RequestContext {
  const now = clock.now();
  return {
    actor,
    now,
    requestId,
    articles: new ArticleReads(database, actor, now),
    authors: new AuthorReads(database),
    categories: new CategoryReads(database),
    images: new ImageReads(database),
    topics: new TopicReads(database),
  };
}
