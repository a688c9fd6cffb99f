import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql';
import { Article } from '../articles';
import { Author } from '../authors';
import { Category } from '../categories';
import type { RequestContext } from '../context';
import type { TimeBucket } from '../core/calendar';
import { pageSize } from '../core/paging';
import { DateRange, TimeBuckets } from '../graphql/time';
import { Topic } from '../topics';
import type { CountedLanguage, CountedSubject } from './stats.reads';
import {
  AuthorStats,
  CategoryStats,
  CommentStats,
  LanguageStats,
  NewsroomStats,
  StatsBucket,
  TopicStats,
} from './stats.type';

@ArgsType()
class StatsArgs {
  @Field(() => DateRange, { description: 'Until now when it has no end.' })
  window!: DateRange;

  @Field(() => TimeBuckets, { defaultValue: 'DAY' })
  bucket!: TimeBucket;

  @Field(() => String, {
    defaultValue: 'UTC',
    description: 'A name of the IANA database, e.g. "Asia/Kabul": where days, weeks, months and years begin.',
  })
  timeZone!: string;
}

const FIRST = { defaultValue: 10, description: '1 to 100.' };

@Resolver(() => NewsroomStats)
export class StatsResolver {
  @Query(() => NewsroomStats, { description: 'How much was published. For the newsroom.' })
  newsroomStats(
    @Args(() => StatsArgs) args: StatsArgs,
    @Ctx() { actor, services }: RequestContext,
  ): NewsroomStats {
    return new NewsroomStats(services.stats.open(actor, args));
  }

  @FieldResolver(() => Int, { description: 'In the whole window.' })
  async articles(@Root() { reads }: NewsroomStats): Promise<number> {
    return (await reads.articles()).reduce((sum, total) => sum + total, 0);
  }

  @FieldResolver(() => [StatsBucket], {
    description:
      'One after the other without a gap, at most 400; the first and the last are cut where the window begins and ends.',
  })
  async buckets(@Root() { reads }: NewsroomStats): Promise<StatsBucket[]> {
    const totals = await reads.articles();
    return reads.buckets.map(({ from, to }, place) => ({
      ...{ start: from, end: to },
      articles: totals[place] ?? 0,
      ...{ place, reads },
    }));
  }

  @FieldResolver(() => [CommentStats], { description: 'One for each status.' })
  async comments(@Root() { reads }: NewsroomStats): Promise<CommentStats[]> {
    return [...(await reads.comments())];
  }

  @FieldResolver(() => [Article], {
    description: 'Those below which most was written that everybody can read, the most first.',
  })
  async mostDiscussed(
    @Root() { reads }: NewsroomStats,
    @Arg('first', () => Int, FIRST) first: number,
    @Ctx() { articles }: RequestContext,
  ): Promise<Article[]> {
    const keys = await reads.mostDiscussed(pageSize('first', first));
    const rows = await Promise.all(keys.map((key) => articles.byId.load(key)));
    return rows.flatMap((row) => (row === null ? [] : new Article(row)));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      'Seconds from when a comment was written to a decision about it while it waited: the median of those made in the window. Null where none was made.',
  })
  medianModerationSeconds(@Root() { reads }: NewsroomStats): Promise<number | null> {
    return reads.medianModerationSeconds();
  }

  @FieldResolver(() => [LanguageStats], { description: 'As many as the archive has; the most used first.' })
  languages(@Root() { reads }: NewsroomStats): Promise<CountedLanguage[]> {
    return reads.languages();
  }

  @FieldResolver(() => [AuthorStats], { description: 'Those with the most articles first.' })
  async authors(
    @Root() { reads }: NewsroomStats,
    @Arg('first', () => Int, FIRST) first: number,
    @Ctx() { authors }: RequestContext,
  ): Promise<AuthorStats[]> {
    const most = await reads.most('author', pageSize('first', first));
    return present(most, authors.byId, (row, counted) => new AuthorStats(new Author(row), counted));
  }

  @FieldResolver(() => [CategoryStats], { description: 'Those with the most articles first.' })
  async categories(
    @Root() { reads }: NewsroomStats,
    @Arg('first', () => Int, FIRST) first: number,
    @Ctx() { categories }: RequestContext,
  ): Promise<CategoryStats[]> {
    const most = await reads.most('category', pageSize('first', first));
    return present(most, categories.byId, (row, counted) => new CategoryStats(new Category(row), counted));
  }

  @FieldResolver(() => [TopicStats], { description: 'Those with the most articles first.' })
  async mostCovered(
    @Root() { reads }: NewsroomStats,
    @Arg('first', () => Int, FIRST) first: number,
    @Ctx() { topics }: RequestContext,
  ): Promise<TopicStats[]> {
    const most = await reads.most('topic', pageSize('first', first));
    return present(most, topics.byId, (row, counted) => new TopicStats(new Topic(row), counted));
  }
}

@Resolver(() => StatsBucket)
export class StatsBucketResolver {
  @FieldResolver(() => Int, { description: 'Comments written within it, whatever became of them.' })
  async comments(@Root() { place, reads }: StatsBucket): Promise<number> {
    return (await reads.comments()).reduce((sum, { perBucket }) => sum + (perBucket[place] ?? 0), 0);
  }

  @FieldResolver(() => Int, { description: 'Those of them that still wait.' })
  async pending(@Root() { place, reads }: StatsBucket): Promise<number> {
    return (await reads.comments()).find(({ status }) => status === 'PENDING')?.perBucket[place] ?? 0;
  }
}

/** What was counted, with what it is; what has gone since is left out. */
async function present<R, T>(
  counted: readonly CountedSubject[],
  byId: { load(id: number): Promise<R | null> },
  make: (row: R, counted: CountedSubject) => T,
): Promise<T[]> {
  const rows = await Promise.all(counted.map(({ id }) => byId.load(id)));
  return counted.flatMap((each, index) => {
    const row = rows[index];
    return row == null ? [] : [make(row, each)];
  });
}
