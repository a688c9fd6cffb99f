import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Int, Query, Resolver, Root } from 'type-graphql';
import {
  type Article,
  ArticleConnection,
  articleList,
  PUBLISHED_ARTICLES,
  SubjectArticleListArgs,
} from '../articles';
import type { RequestContext } from '../context';
import { decodeSlug } from '../core/text';
import type { Connection } from '../graphql/connections';
import { Topic } from '../topics';
import { type CategoryFacts, MAX_CHILDREN } from './category';
import { Category, keptCategory } from './category.type';

@Resolver(() => Category)
export class CategoryResolver {
  @Query(() => Category, { nullable: true })
  async category(
    @Arg('slug', () => String) slug: string,
    @Ctx() { categories }: RequestContext,
  ): Promise<Category | null> {
    const row = await categories.underSlug(decodeSlug(slug));
    return row && keptCategory(row);
  }

  @Query(() => [Category], { description: 'All of the site (at most 1000), or only those without a parent.' })
  async categories(
    @Arg('roots', () => Boolean, { defaultValue: false }) roots: boolean,
    @Ctx() { categories }: RequestContext,
  ): Promise<Category[]> {
    const tree = await categories.tree();
    return toTypes(roots ? tree.roots : tree.rows);
  }

  @FieldResolver(() => Category, { nullable: true })
  async parent(@Root() { row }: Category, @Ctx() { categories }: RequestContext): Promise<Category | null> {
    const parent = row.parentId === null ? null : await categories.known(row.parentId);
    return parent && keptCategory(parent);
  }

  @FieldResolver(() => [Category], { description: 'From the top down to the parent.' })
  async ancestors(@Root() { row }: Category, @Ctx() { categories }: RequestContext): Promise<Category[]> {
    return toTypes((await categories.tree()).ancestors(row));
  }

  @FieldResolver(() => [Category], { description: 'At most 500.' })
  async children(@Root() { row }: Category, @Ctx() { categories }: RequestContext): Promise<Category[]> {
    return toTypes((await categories.tree()).children(row.id).slice(0, MAX_CHILDREN));
  }

  @FieldResolver(() => Topic, { nullable: true, description: 'The subject that this category stands for.' })
  async topic(@Root() { row }: Category, @Ctx() { topics }: RequestContext): Promise<Topic | null> {
    const topic = row.topicId === null ? null : await topics.byId.load(row.topicId);
    return topic && new Topic(topic);
  }

  @FieldResolver(() => Int)
  articleCount(
    @Root() { row }: Category,
    @Arg('includeDescendants', () => Boolean, { defaultValue: true }) includeDescendants: boolean,
    @Ctx() { articles }: RequestContext,
  ): Promise<number> {
    return articles.total(PUBLISHED_ARTICLES, { facet: 'category', id: row.id, includeDescendants });
  }

  @FieldResolver(() => ArticleConnection)
  articles(
    @Root() { row }: Category,
    @Args(() => SubjectArticleListArgs) args: SubjectArticleListArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Article>> {
    return articleList(context, args, info, {
      facet: 'category',
      id: row.id,
      includeDescendants: args.includeDescendants,
    });
  }
}

function toTypes(rows: readonly CategoryFacts[]): Category[] {
  return rows.map(keptCategory);
}
