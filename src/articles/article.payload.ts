import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LanguageTag, Url } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { Article } from './article.type';

@ObjectType({ simpleResolvers: true })
export class ArticlePayload {
  @Field(() => Article, { nullable: true, description: 'As it is now; null where there are errors.' })
  article!: Article | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType()
export class DatelineInput {
  @Field(() => String, { nullable: true })
  place?: string | null;

  @Field(() => String, { nullable: true })
  source?: string | null;
}

@InputType()
export class ImageInput {
  @Field(() => Url)
  url!: string;

  @Field(() => Int, { nullable: true })
  width?: number | null;

  @Field(() => Int, { nullable: true })
  height?: number | null;

  @Field(() => String, { nullable: true })
  alt?: string | null;

  @Field(() => String, { nullable: true })
  caption?: string | null;

  @Field(() => String, { nullable: true })
  credit?: string | null;
}

@InputType()
export class CreateArticleInput {
  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true, description: 'Made of the title when absent.' })
  slug?: string | null;

  @Field(() => LanguageTag)
  language!: string;

  @Field(() => String, { nullable: true })
  standfirst?: string | null;

  @Field(() => String, { description: 'Is sanitised: what is not allowed in a body is left out.' })
  html!: string;

  @Field(() => DatelineInput, { nullable: true })
  dateline?: DatelineInput | null;

  @Field(() => [String], { nullable: true, description: 'Slugs, in the order of the byline; at most 20.' })
  authors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Slugs, the primary one first; at most 50.' })
  categories?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Slugs; at most 100.' })
  topics?: string[] | null;

  @Field(() => ImageInput, { nullable: true })
  leadImage?: ImageInput | null;

  @Field(() => ID, { nullable: true, description: 'The article that this one translates.' })
  translationOf?: string | null;
}
