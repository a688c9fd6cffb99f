import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { Author, keptAuthor } from '../authors/author.type';
import { Category, keptCategory } from '../categories/category.type';
import { type ToldOne, told, toldOne } from '../changes';
import type { RequestContext } from '../context';
import { badInput } from '../core/errors';
import { keyOf } from '../core/ids';
import { decodeSlug } from '../core/text';
import type { ArticleStatus, TopicKind } from '../database';
import type { Connection } from '../graphql/connections';
import { ownFields, standsAlone } from '../graphql/selection';
import { Image, keptImage } from '../images';
import { ArticleTopic, TopicKinds } from '../topics/topic.type';
import { type ArticleRow, statusAt } from './article';
import { columnsForOne, columnsForTranslations } from './article.columns';
import { ArticleListArgs } from './article.input';
import { articleList } from './article.list';
import { permissionsOn } from './article.policy';
import {
  Article,
  ArticleBody,
  ArticleConnection,
  ArticlePermissions,
  ArticleStatuses,
  Correction,
  Rights,
} from './article.type';
import { Block, blockOf } from './block.type';

const asArticle = (row: ArticleRow | null) => row && new Article(row);

@Resolver(() => Article)
export class ArticleResolver {
  @Query(() => Article, {
    nullable: true,
    description:
      'By its id or by its slug: exactly one of the two. A slug that it had before finds it as well: compare it with `slug`, and redirect.',
  })
  article(
    @Arg('id', () => ID, { nullable: true }) id: string | null,
    @Arg('slug', () => String, { nullable: true }) slug: string | null,
    @Ctx() { articles }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): ToldOne<Article> {
    if ((id == null) === (slug == null))
      throw badInput('id', 'Give either "id" or "slug", and only one of them.');
    const columns = columnsForOne(ownFields(info));
    const isAlone = standsAlone(info);
    if (slug != null) return articles.underSlug(decodeSlug(slug), columns, isAlone).then(asArticle);
    const key = id == null ? null : keyOf('Article', id);
    return key === null ? null : articles.withKey(key, columns, isAlone).then(asArticle);
  }

  @Query(() => ArticleConnection)
  articles(
    @Args(() => ArticleListArgs) args: ArticleListArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Article>> {
    return articleList(context, args, info);
  }

  @FieldResolver(() => ArticleStatuses)
  status(@Root() { row }: Article, @Ctx() { now }: RequestContext): ArticleStatus {
    return statusAt(row, now);
  }

  @FieldResolver(() => ArticleBody)
  body(@Root() { row }: Article, @Ctx() { articles }: RequestContext): ArticleBody | Promise<ArticleBody> {
    const body = articles.bodyOf(row);
    return body instanceof Promise ? body.then((each) => new ArticleBody(each)) : new ArticleBody(body);
  }

  @FieldResolver(() => [Author], { description: 'In the order of the byline; at most 20.' })
  authors(@Root() { row }: Article, @Ctx() { authors }: RequestContext): Author[] | Promise<Author[]> {
    return told(authors.ofArticle(row), keptAuthor);
  }

  @FieldResolver(() => Category, { nullable: true })
  primaryCategory(@Root() { row }: Article, @Ctx() { categories }: RequestContext): ToldOne<Category> {
    const { primaryCategoryId: key } = row;
    return key === null ? null : toldOne(categories.known(key), keptCategory);
  }

  @FieldResolver(() => [Category], { description: 'At most 50.' })
  categories(
    @Root() { row }: Article,
    @Ctx() { categories }: RequestContext,
  ): Category[] | Promise<Category[]> {
    return told(categories.ofArticle(row), keptCategory);
  }

  @FieldResolver(() => [ArticleTopic], { description: 'The most salient first; at most 100.' })
  topics(
    @Root() { row }: Article,
    @Arg('kind', () => TopicKinds, { nullable: true }) kind: TopicKind | null,
    @Ctx() { topics }: RequestContext,
  ): ArticleTopic[] | Promise<ArticleTopic[]> {
    const isOfKind = ({ topic }: ArticleTopic) => kind == null || topic.kind === kind;
    const all = told(topics.ofArticle(row), (carried) => new ArticleTopic(carried));
    return all instanceof Promise ? all.then((each) => each.filter(isOfKind)) : all.filter(isOfKind);
  }

  @FieldResolver(() => Image, { nullable: true })
  leadImage(@Root() { row }: Article, @Ctx() { images }: RequestContext): ToldOne<Image> {
    return row.leadImageId === null ? null : toldOne(images.known(row.leadImageId), keptImage);
  }

  @FieldResolver(() => [Article], { description: 'The same article in other languages, at most one each.' })
  translations(
    @Root() { row }: Article,
    @Ctx() { articles }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Article[] | Promise<Article[]> {
    if (row.translationGroup === null) return [];
    const columns = columnsForTranslations(ownFields(info));
    const group = articles.ofGroup(row.translationGroup, columns, standsAlone(info));
    return group.then((rows) => rows.filter(({ id }) => id !== row.id).map((each) => new Article(each)));
  }

  @FieldResolver(() => [Correction], { description: 'The first one first; at most 100.' })
  async corrections(@Root() { row }: Article, @Ctx() { articles }: RequestContext): Promise<Correction[]> {
    return [...(await articles.correctionsById.load(row.id))];
  }

  @FieldResolver(() => Rights, {
    nullable: true,
    description: 'Null where nobody has said anything about them.',
  })
  rights(@Root() { row }: Article): Rights | null {
    const rights = new Rights(row);
    const { textAndDataMining, ...others } = rights;
    const isSaid = !textAndDataMining || Object.values(others).some((value) => value !== null);
    return isSaid ? rights : null;
  }

  @FieldResolver(() => ArticlePermissions)
  viewerCan(@Root() { row }: Article, @Ctx() { actor, now }: RequestContext): ArticlePermissions {
    return permissionsOn(actor, { createdBy: row.createdBy, status: statusAt(row, now) });
  }
}

@Resolver(() => ArticleBody)
export class ArticleBodyResolver {
  @FieldResolver(() => String, { description: 'Without markup; paragraphs are a blank line apart.' })
  async text(@Root() { row }: ArticleBody, @Ctx() { articles }: RequestContext): Promise<string> {
    return (await articles.textById.load(row.articleId))?.text ?? '';
  }

  @FieldResolver(() => [Block], { description: 'What a native app renders.' })
  async blocks(@Root() { row }: ArticleBody, @Ctx() { articles }: RequestContext): Promise<object[]> {
    return (await articles.blocksById.load(row.articleId))?.blocks.map(blockOf) ?? [];
  }
}
