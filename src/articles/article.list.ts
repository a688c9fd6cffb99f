import type { GraphQLResolveInfo } from 'graphql';
import type { RequestContext } from '../context';
import { toPage } from '../core/paging';
import { type Connection, connection } from '../graphql/connections';
import { nodeFields } from '../graphql/selection';
import { columnsFor } from './article.columns';
import { type ArticleFilter, toCriteria } from './article.filter';
import type { ArticleListArgs } from './article.input';
import { articleSort } from './article.listing';
import { ARTICLE_ORDERS, type ArticleCriteria } from './article.query';
import type { Parent } from './article.reads';
import { subjectsIn } from './article.subjects';
import { Article } from './article.type';

/**
 * A list of articles as a client asks for it: all of them, or those of an author, a category or a topic. Only
 * what the client asks for is read.
 * @throws DatelineError for a bad page, cursor or filter
 */
export async function articleList(
  context: RequestContext,
  args: ArticleListArgs,
  info: GraphQLResolveInfo,
  parent?: Parent,
): Promise<Connection<Article>> {
  const { articles } = context;
  const order = ARTICLE_ORDERS[args.orderBy];
  const page = toPage(args, order);
  const criteria = await criteriaOf(context, args.filter);
  return connection({
    slice: await articles.page(criteria, args.orderBy, page, parent, columnsFor(nodeFields(info))),
    order,
    position: (row) => ({ sort: articleSort(args.orderBy, row), key: row.id }),
    node: (row) => new Article(row),
    total: () => articles.total(criteria, parent),
  });
}

/** What a client's filter asks for. @throws DatelineError BAD_USER_INPUT */
export function criteriaOf(
  context: RequestContext,
  filter: ArticleFilter | null | undefined,
): Promise<ArticleCriteria> {
  return toCriteria(filter, context.articles.audience, subjectsIn(context));
}
