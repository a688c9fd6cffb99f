import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, Info, Query, Resolver, Root } from 'type-graphql';
import { type Article, ArticleConnection, ArticleListArgs, articleList } from '../articles';
import { type ToldOne, toldOne } from '../changes';
import type { RequestContext } from '../context';
import { toPage } from '../core/paging';
import { decodeSlug } from '../core/text';
import { type Connection, ConnectionArgs, connection } from '../graphql/connections';
import { Image, keptImage } from '../images';
import { BY_NAME } from './author';
import { Author, AuthorConnection } from './author.type';

@Resolver(() => Author)
export class AuthorResolver {
  @Query(() => Author, { nullable: true })
  async author(
    @Arg('slug', () => String) slug: string,
    @Ctx() { authors }: RequestContext,
  ): Promise<Author | null> {
    const row = await authors.bySlug.load(decodeSlug(slug));
    return row && new Author(row);
  }

  @Query(() => AuthorConnection, { description: 'By name.' })
  async authors(
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { authors }: RequestContext,
  ): Promise<Connection<Author>> {
    return connection({
      slice: await authors.page(toPage(args, BY_NAME)),
      order: BY_NAME,
      position: (row) => ({ sort: row.sortName, key: row.id }),
      node: (row) => new Author(row),
      total: () => authors.total(),
    });
  }

  @FieldResolver(() => Image, { nullable: true })
  avatar(@Root() { row }: Author, @Ctx() { images }: RequestContext): ToldOne<Image> {
    return row.avatarId === null ? null : toldOne(images.known(row.avatarId), keptImage);
  }

  @FieldResolver(() => ArticleConnection)
  articles(
    @Root() { row }: Author,
    @Args(() => ArticleListArgs) args: ArticleListArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Article>> {
    return articleList(context, args, info, { facet: 'author', id: row.id, includeDescendants: true });
  }
}
