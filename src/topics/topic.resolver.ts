import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Info,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import {
  type Article,
  ArticleConnection,
  articleList,
  PUBLISHED_ARTICLES,
  SubjectArticleListArgs,
} from '../articles';
import type { RequestContext } from '../context';
import { type Page, type Slice, toPage } from '../core/paging';
import { decodeSlug, normalise } from '../core/text';
import type { TopicKind } from '../database';
import { type Connection, ConnectionArgs, connection } from '../graphql/connections';
import { LanguageTag } from '../graphql/scalars';
import { localNames, nameIn, TOPIC_ORDERS, type TopicOrder, type TopicRow } from './topic';
import { LocalizedName, Topic, TopicConnection, TopicKinds, TopicOrders } from './topic.type';

@ArgsType()
class TopicListArgs extends ConnectionArgs {
  @Field(() => TopicKinds, { nullable: true })
  kind?: TopicKind | null;

  @Field(() => String, {
    nullable: true,
    description: 'The beginning of a name or an alias in any language, in whatever spelling.',
  })
  matching?: string | null;

  @Field(() => TopicOrders, { defaultValue: 'NAME' })
  orderBy!: TopicOrder;
}

@Resolver(() => Topic)
export class TopicResolver {
  @Query(() => Topic, { nullable: true })
  async topic(
    @Arg('slug', () => String) slug: string,
    @Ctx() { topics }: RequestContext,
  ): Promise<Topic | null> {
    const row = await topics.bySlug.load(decodeSlug(slug));
    return row && new Topic(row);
  }

  @Query(() => TopicConnection)
  async topics(
    @Args(() => TopicListArgs) args: TopicListArgs,
    @Ctx() { topics }: RequestContext,
  ): Promise<Connection<Topic>> {
    const query = {
      kind: args.kind ?? null,
      matching: args.matching == null ? null : normalise(args.matching),
    };
    const page = toPage(args, TOPIC_ORDERS[args.orderBy]);
    return topicList(args.orderBy, await topics.page(query, args.orderBy, page), () => topics.total(query));
  }

  @FieldResolver(() => String, {
    description:
      'In the asked language; else in another form of it (fa for fa-AF), else in English, else in any that there is.',
  })
  async name(
    @Root() topic: Topic,
    @Arg('language', () => LanguageTag, { nullable: true }) language: string | null,
    @Ctx() { topics }: RequestContext,
  ): Promise<string> {
    if (language == null) return topic.row.name;
    return nameIn(await topics.namesById.load(topic.row.id), language) ?? topic.row.name;
  }

  @FieldResolver(() => [LocalizedName])
  async names(@Root() { row }: Topic, @Ctx() { topics }: RequestContext): Promise<LocalizedName[]> {
    return localNames(await topics.namesById.load(row.id)).map((name) => ({
      ...name,
      aliases: [...name.aliases],
    }));
  }

  @FieldResolver(() => Topic, { nullable: true, description: 'Karachi -> Pakistan.' })
  async parent(@Root() { row }: Topic, @Ctx() { topics }: RequestContext): Promise<Topic | null> {
    const parent = row.parentId === null ? null : await topics.byId.load(row.parentId);
    return parent && new Topic(parent);
  }

  @FieldResolver(() => TopicConnection, { description: 'By name.' })
  async children(
    @Root() { row }: Topic,
    @Args(() => ConnectionArgs) args: ConnectionArgs,
    @Ctx() { topics }: RequestContext,
  ): Promise<Connection<Topic>> {
    const page: Page = toPage(args, TOPIC_ORDERS.NAME);
    return topicList('NAME', await topics.children(row.id, page), () => topics.childCount.load(row.id));
  }

  @FieldResolver(() => Int)
  articleCount(
    @Root() { row }: Topic,
    @Arg('includeDescendants', () => Boolean, { defaultValue: true }) includeDescendants: boolean,
    @Ctx() { articles }: RequestContext,
  ): Promise<number> {
    return articles.total(PUBLISHED_ARTICLES, { facet: 'topic', id: row.id, includeDescendants });
  }

  @FieldResolver(() => ArticleConnection)
  articles(
    @Root() { row }: Topic,
    @Args(() => SubjectArticleListArgs) args: SubjectArticleListArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Connection<Article>> {
    return articleList(context, args, info, {
      facet: 'topic',
      id: row.id,
      includeDescendants: args.includeDescendants,
    });
  }
}

function topicList(
  order: TopicOrder,
  slice: Slice<TopicRow>,
  total: () => Promise<number>,
): Connection<Topic> {
  return connection({
    slice,
    order: TOPIC_ORDERS[order],
    position: (row) => ({ sort: order === 'NAME' ? row.sortName : row.coverage, key: row.id }),
    node: (row) => new Topic(row),
    total,
  });
}
