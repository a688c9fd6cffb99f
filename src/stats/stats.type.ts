import { Field, Int, ObjectType } from 'type-graphql';
import { Author } from '../authors/author.type';
import { Category } from '../categories/category.type';
import { CommentStatuses } from '../comments/moderation.type';
import type { Instant } from '../core/clock';
import type { CommentStatus } from '../database';
import { DateTime, LanguageTag } from '../graphql/scalars';
import { Topic } from '../topics/topic.type';
import type { CountedComments, CountedSubject, StatsReads } from './stats.reads';

const PER_BUCKET = { description: 'The same in each of `buckets`, in their order.' };

@ObjectType({ simpleResolvers: true })
export class StatsBucket {
  @Field(() => DateTime)
  start!: Instant;

  @Field(() => DateTime, { description: 'Exclusive: when the next one starts.' })
  end!: Instant;

  @Field(() => Int, { description: 'Published within it.' })
  articles!: number;

  /** By which the buckets are told apart. */
  readonly place!: number;

  readonly reads!: StatsReads;
}

@ObjectType({
  description: 'Of comments that were written then, by what they are now.',
  simpleResolvers: true,
})
export class CommentStats implements CountedComments {
  @Field(() => CommentStatuses)
  status!: CommentStatus;

  @Field(() => Int)
  commentCount!: number;

  @Field(() => [Int], PER_BUCKET)
  perBucket!: readonly number[];
}

@ObjectType({ simpleResolvers: true })
export class LanguageStats {
  @Field(() => LanguageTag)
  language!: string;

  @Field(() => Int)
  articleCount!: number;

  @Field(() => [Int], PER_BUCKET)
  perBucket!: readonly number[];
}

/** How much there is of something that articles are listed under. */
@ObjectType({ simpleResolvers: true })
abstract class SubjectStats {
  @Field(() => Int, { description: 'In the whole window.' })
  articleCount: number;

  @Field(() => [Int], PER_BUCKET)
  readonly perBucket: () => Promise<readonly number[]>;

  constructor({ articleCount, perBucket }: CountedSubject) {
    this.articleCount = articleCount;
    this.perBucket = perBucket;
  }
}

@ObjectType({ simpleResolvers: true })
export class AuthorStats extends SubjectStats {
  @Field(() => Author)
  author: Author;

  constructor(author: Author, counted: CountedSubject) {
    super(counted);
    this.author = author;
  }
}

@ObjectType({ description: 'With what is in the categories below it.', simpleResolvers: true })
export class CategoryStats extends SubjectStats {
  @Field(() => Category)
  category: Category;

  constructor(category: Category, counted: CountedSubject) {
    super(counted);
    this.category = category;
  }
}

@ObjectType({ description: 'With what is about the topics below it.', simpleResolvers: true })
export class TopicStats extends SubjectStats {
  @Field(() => Topic)
  topic: Topic;

  constructor(topic: Topic, counted: CountedSubject) {
    super(counted);
    this.topic = topic;
  }
}

@ObjectType({
  description:
    'Of articles proper that are published by now, embargoed and expired ones included; what was withdrawn is not counted.',
  simpleResolvers: true,
})
export class NewsroomStats {
  constructor(readonly reads: StatsReads) {}
}
