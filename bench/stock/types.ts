/** The types of the three operations, as type-graphql's tutorial would write them. */
import 'reflect-metadata';
import { ArgsType, Field, Float, GraphQLISODateTime, ID, Int, ObjectType } from 'type-graphql';

@ObjectType()
export class Author {
  key!: number;

  @Field(() => ID)
  id!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  bio!: string | null;
}

@ObjectType()
export class Image {
  @Field(() => String)
  url!: string;

  @Field(() => Int, { nullable: true })
  width!: number | null;

  @Field(() => Int, { nullable: true })
  height!: number | null;

  @Field(() => String, { nullable: true })
  alt!: string | null;

  @Field(() => String, { nullable: true })
  caption!: string | null;

  @Field(() => String, { nullable: true })
  credit!: string | null;
}

@ObjectType()
export class Category {
  key!: number;
  parentKey!: number | null;

  @Field(() => ID)
  id!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description!: string | null;
}

@ObjectType()
export class Topic {
  key!: number;

  @Field(() => ID)
  id!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => String)
  kind!: string;
}

@ObjectType()
export class ArticleTopic {
  @Field(() => Float)
  salience!: number;

  @Field(() => Topic)
  topic!: Topic;
}

@ObjectType()
export class ArticleBody {
  @Field(() => String)
  html!: string;

  @Field(() => Int)
  wordCount!: number;

  @Field(() => Int)
  readingMinutes!: number;
}

@ObjectType()
export class Dateline {
  @Field(() => String, { nullable: true })
  place!: string | null;

  @Field(() => String, { nullable: true })
  source!: string | null;
}

@ObjectType()
export class Article {
  key!: number;
  primaryCategoryKey!: number | null;
  leadImageKey!: number | null;
  translationGroup!: number | null;

  @Field(() => ID)
  id!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => String)
  path!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  standfirst!: string | null;

  @Field(() => String)
  language!: string;

  @Field(() => String)
  direction!: string;

  @Field(() => Dateline, { nullable: true })
  dateline!: Dateline | null;

  @Field(() => String, { nullable: true })
  byline!: string | null;

  @Field(() => GraphQLISODateTime, { nullable: true })
  publishedAt!: Date | null;

  @Field(() => GraphQLISODateTime)
  updatedAt!: Date;

  @Field(() => Int)
  commentCount!: number;
}

@ObjectType()
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

@ObjectType()
export class ArticleConnection {
  @Field(() => [Article])
  nodes!: Article[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;
}

@ArgsType()
export class PageArgs {
  @Field(() => Int, { nullable: true })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}
