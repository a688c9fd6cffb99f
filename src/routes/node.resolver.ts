import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { Article } from '../articles';
import { Author } from '../authors';
import { Category } from '../categories';
import { Collection } from '../collections';
import { findComment } from '../comments';
import type { RequestContext } from '../context';
import { badInput } from '../core/errors';
import { parseGlobalId } from '../core/ids';
import { Node } from '../graphql/node.type';
import { visibleImage } from '../images';
import { Topic } from '../topics';
import { resolveRoute } from './route';
import { type Gone, type Redirect, Route, type RouteTo } from './route.type';

/** Most ids that `nodes` takes. */
const MAX_NODES = 100;

@Resolver()
export class NodeResolver {
  @Query(() => Node, { nullable: true })
  node(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Node | null> {
    return nodeOf(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'In the order of the ids, of which there may be 100.',
  })
  async nodes(
    @Arg('ids', () => [ID]) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<(Node | null)[]> {
    if (ids.length > MAX_NODES) {
      throw badInput('ids', `"ids" has ${ids.length} values; at most ${MAX_NODES} are allowed.`);
    }
    return Promise.all(ids.map((id) => nodeOf(context, id)));
  }

  @Query(() => Route, { nullable: true, description: "What lives at a path of the publisher's site now." })
  route(
    @Arg('path', () => String) path: string,
    @Ctx() context: RequestContext,
  ): Promise<RouteTo | Redirect | Gone | null> {
    return resolveRoute(context, path);
  }
}

async function nodeOf(context: RequestContext, id: string): Promise<Node | null> {
  const { articles, authors, categories, collections, topics } = context;
  const global = parseGlobalId(id);
  switch (global?.type) {
    case 'Article': {
      const row = await articles.byId.load(global.key);
      return row && new Article(row);
    }
    case 'Author': {
      const row = await authors.byId.load(global.key);
      return row && new Author(row);
    }
    case 'Category': {
      const row = await categories.byId.load(global.key);
      return row && new Category(row);
    }
    case 'Collection': {
      const row = await collections.byId.load(global.key);
      return row && new Collection(row);
    }
    case 'Comment':
      return findComment(context, global.key);
    case 'Image':
      return visibleImage(context, global.key);
    case 'Topic': {
      const row = await topics.byId.load(global.key);
      return row && new Topic(row);
    }
    default:
      return null;
  }
}
