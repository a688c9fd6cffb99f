import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import {
  ARTICLE_ORDERS,
  Article,
  ArticleConnection,
  type ArticleOrder,
  ArticleOrders,
  type ArticleRow,
} from '../articles';
import type { RequestContext } from '../context';
import type { TimeBucket } from '../core/calendar';
import type { Instant } from '../core/clock';
import { type Position, toPage, toSlice } from '../core/paging';
import type { TopicKind } from '../database';
import { type Connection, ConnectionArgs, connection } from '../graphql/connections';
import { DateTime } from '../graphql/scalars';
import { DateRange, TimeBuckets } from '../graphql/time';
import { TopicKinds } from '../topics/topic.type';
import { askedTopics, boundedFirst, topicsOf } from './relation.topics';
import { Association, Burst, Connector, CoverageBucket, TopicRelation, WINDOW } from './relation.type';

const MAX_CONNECTORS = 50;
const MAX_BURSTS = 100;

@ArgsType()
class RelationArticlesArgs extends ConnectionArgs {
  @Field(() => ArticleOrders, { defaultValue: 'NEWEST' })
  orderBy!: ArticleOrder;
}

@Resolver(() => TopicRelation)
export class RelationResolver {
  @Query(() => TopicRelation, {
    description: 'How topics are covered together, by their slugs: 2 to 5 of them, each once.',
  })
  async relation(
    @Arg('topics', () => [String]) slugs: string[],
    @Arg('window', () => DateRange, WINDOW) window: DateRange | null,
    @Arg('includeDescendants', () => Boolean, {
      defaultValue: true,
      description: 'Whether an article about Karachi carries Pakistan.',
    })
    includeDescendants: boolean,
    @Ctx() context: RequestContext,
  ): Promise<TopicRelation> {
    const topics = await askedTopics(context, slugs);
    const keys = topics.map(({ row }) => row.id);
    return new TopicRelation(await context.relations.relation(keys, window, includeDescendants), topics);
  }

  @FieldResolver(() => Int, { description: 'Articles that carry all of them.' })
  articleCount(@Root() { relation }: TopicRelation): Promise<number> {
    return relation.articleCount();
  }

  @FieldResolver(() => Int, {
    description:
      'The same after near-duplicates are folded: articles that share half of their wording or more, at most 3 days apart, are one story.',
  })
  storyCount(@Root() { relation }: TopicRelation): Promise<number> {
    return relation.storyCount();
  }

  @FieldResolver(() => Association)
  async association(@Root() { relation, topics }: TopicRelation): Promise<Association> {
    const { each, conditional, ...measures } = await relation.association();
    return {
      ...measures,
      each: topics.map((topic, place) => ({ topic, articleCount: each[place] ?? 0 })),
      conditional: conditional.flatMap(({ given, topic, share }) => {
        const pair = [topics[given], topics[topic]] as const;
        return pair[0] && pair[1] ? [{ given: pair[0], topic: pair[1], share }] : [];
      }),
    };
  }

  @FieldResolver(() => DateTime, { nullable: true })
  async firstSeen(@Root() { relation }: TopicRelation): Promise<Instant | null> {
    return (await relation.seen())?.first ?? null;
  }

  @FieldResolver(() => DateTime, { nullable: true })
  async lastSeen(@Root() { relation }: TopicRelation): Promise<Instant | null> {
    return (await relation.seen())?.last ?? null;
  }

  @FieldResolver(() => [CoverageBucket], {
    description: 'The whole window, empty buckets included; at most 4000.',
  })
  async timeline(
    @Root() { relation }: TopicRelation,
    @Arg('bucket', () => TimeBuckets, { defaultValue: 'MONTH' }) bucket: TimeBucket,
  ): Promise<CoverageBucket[]> {
    return (await relation.timeline(bucket)).map((coverage) => new CoverageBucket(coverage));
  }

  @FieldResolver(() => [Burst], { description: 'The strongest first; 1 to 100.' })
  async bursts(
    @Root() { relation }: TopicRelation,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
  ): Promise<Burst[]> {
    return (await relation.bursts(boundedFirst(first, MAX_BURSTS))).map((found) => new Burst(found));
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description:
      'Above 1 where they gain: the last days against the last months, up to the newest article, as compared to all articles. Null where nothing was covered.',
  })
  momentum(@Root() { relation }: TopicRelation): Promise<number | null> {
    return relation.momentum();
  }

  @FieldResolver(() => [Connector], { description: 'The strongest first; 1 to 50.' })
  async connectors(
    @Root() { relation }: TopicRelation,
    @Arg('first', () => Int, { defaultValue: 10 }) first: number,
    @Arg('kind', () => TopicKinds, { nullable: true }) kind: TopicKind | null,
    @Ctx() context: RequestContext,
  ): Promise<Connector[]> {
    const found = await relation.connectors(boundedFirst(first, MAX_CONNECTORS), kind ?? null);
    return topicsOf(context, found);
  }

  @FieldResolver(() => ArticleConnection, { description: 'Those that carry all of them.' })
  async articles(
    @Root() { relation }: TopicRelation,
    @Args(() => RelationArticlesArgs) args: RelationArticlesArgs,
    @Ctx() { articles }: RequestContext,
  ): Promise<Connection<Article>> {
    const order = ARTICLE_ORDERS[args.orderBy];
    const page = toPage(args, order);
    const slice = toSlice(await relation.page(args.orderBy, page), page);
    const rows = await Promise.all(slice.rows.map(({ key }) => articles.byId.load(key)));
    const listed = slice.rows.flatMap((position, place) => withRow(position, rows[place] ?? null));
    return connection({
      slice: { ...slice, rows: listed },
      order,
      position: ({ position }) => position,
      node: ({ row }) => new Article(row),
      total: () => relation.articleCount(),
    });
  }
}

/** One that went since the archive was looked at is left out. */
function withRow(position: Position, row: ArticleRow | null): { position: Position; row: ArticleRow }[] {
  return row === null ? [] : [{ position, row }];
}

@Resolver(() => CoverageBucket)
export class CoverageBucketResolver {
  @FieldResolver(() => Article, {
    nullable: true,
    description: 'The one that is most about them; of equal ones the newest.',
  })
  async representative(
    @Root() { coverage }: CoverageBucket,
    @Ctx() context: RequestContext,
  ): Promise<Article | null> {
    return articleOf(context, await coverage.representative());
  }
}

@Resolver(() => Burst)
export class BurstResolver {
  @FieldResolver(() => Article, {
    nullable: true,
    description: 'The one that is most about them; of equal ones the newest.',
  })
  async peak(@Root() { found }: Burst, @Ctx() context: RequestContext): Promise<Article | null> {
    return articleOf(context, await found.peak());
  }
}

async function articleOf({ articles }: RequestContext, key: number | null): Promise<Article | null> {
  const row = key === null ? null : await articles.byId.load(key);
  return row && new Article(row);
}
