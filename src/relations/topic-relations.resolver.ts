import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../context';
import type { TimeBucket } from '../core/calendar';
import type { TopicKind } from '../database';
import { DateRange, TimeBuckets } from '../graphql/time';
import { Topic, TopicKinds } from '../topics/topic.type';
import type { RelatedMode } from './related-topics';
import { boundedFirst, topicsOf } from './relation.topics';
import {
  CoverageBucket,
  RelatedTopic,
  RelatedTopicModes,
  TrendingTopic,
  TrendWindows,
  WINDOW,
} from './relation.type';
import type { TrendWindow } from './trending';

const MAX_RELATED = 50;
const MAX_TRENDING = 100;

@ArgsType()
class RelatedTopicsArgs {
  @Field(() => Int, { defaultValue: 10, description: '1 to 50.' })
  first!: number;

  @Field(() => RelatedTopicModes, { defaultValue: 'COVERED_WITH' })
  mode!: RelatedMode;

  @Field(() => TopicKinds, { nullable: true })
  kind?: TopicKind | null;

  @Field(() => DateRange, WINDOW)
  window?: DateRange | null;
}

@ArgsType()
class TrendingArgs {
  @Field(() => Int, { defaultValue: 10, description: '1 to 100.' })
  first!: number;

  @Field(() => TrendWindows, { defaultValue: 'WEEK' })
  window!: TrendWindow;

  @Field(() => TopicKinds, { nullable: true })
  kind?: TopicKind | null;
}

/** What a topic has to do with others, and when it was covered. */
@Resolver(() => Topic)
export class TopicRelationsResolver {
  @Query(() => [TrendingTopic], {
    description:
      'Topics that are in the news more than in the year before, the most surprising first, up to the day of the newest article.',
  })
  async trendingTopics(
    @Args(() => TrendingArgs) { first, window, kind }: TrendingArgs,
    @Ctx() context: RequestContext,
  ): Promise<TrendingTopic[]> {
    const found = await context.relations.trending(boundedFirst(first, MAX_TRENDING), window, kind ?? null);
    return topicsOf(context, found);
  }

  @FieldResolver(() => [RelatedTopic], {
    description: 'The best first; what stands above or below the topic is left out.',
  })
  async related(
    @Root() { row }: Topic,
    @Args(() => RelatedTopicsArgs) { first, mode, kind, window }: RelatedTopicsArgs,
    @Ctx() context: RequestContext,
  ): Promise<RelatedTopic[]> {
    const found = await context.relations.relatedTopics(row.id, {
      ...{ mode, kind: kind ?? null, window: window ?? null },
      first: boundedFirst(first, MAX_RELATED),
    });
    return topicsOf(context, found);
  }

  @FieldResolver(() => [CoverageBucket], {
    description: 'How the topic was covered: the whole window, empty buckets included; at most 4000.',
  })
  async timeline(
    @Root() { row }: Topic,
    @Arg('bucket', () => TimeBuckets, { defaultValue: 'MONTH' }) bucket: TimeBucket,
    @Arg('window', () => DateRange, WINDOW) window: DateRange | null,
    @Ctx() { relations }: RequestContext,
  ): Promise<CoverageBucket[]> {
    const covered = await relations.relation([row.id], window, true);
    return (await covered.timeline(bucket)).map((coverage) => new CoverageBucket(coverage));
  }
}
