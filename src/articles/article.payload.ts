import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../core/clock';
import type { ArticleKind } from '../database';
import { SeenInput } from '../graphql/deletion';
import { IdempotencyKeyField } from '../graphql/input';
import { DateTime, LanguageTag, Url } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { ImageInput } from '../images';
import type { ArticleEdit, RightsEdit } from './article.edit';
import { Article, ArticleKinds } from './article.type';

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
export class RightsInput implements RightsEdit {
  @Field(() => String, { nullable: true, description: 'Whom to name.' })
  credit?: string | null;

  @Field(() => String, { nullable: true, description: 'A name or an address of the terms.' })
  licence?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Where it may be used: ISO 3166-1 ("AF") or UN M49 ("142"). Null for everywhere.',
  })
  territories?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Until then readers do not see it.' })
  embargoUntil?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: 'From then on readers do not see it.' })
  expiresAt?: Instant | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether machines may learn from it. True when null.',
  })
  textAndDataMining?: boolean | null;
}

/** What can be said of an article when it is made and later on. */
@InputType()
class ArticleFieldsInput implements ArticleEdit {
  @Field(() => String, {
    nullable: true,
    description: "The path on the publisher's site; made of the slug when nobody says otherwise.",
  })
  path?: string | null;

  @Field(() => Url, { nullable: true })
  canonicalUrl?: string | null;

  @Field(() => ArticleKinds, { nullable: true })
  kind?: ArticleKind | null;

  @Field(() => String, { nullable: true })
  standfirst?: string | null;

  @Field(() => DatelineInput, { nullable: true })
  dateline?: DatelineInput | null;

  @Field(() => String, { nullable: true, description: 'In place of the names of the authors.' })
  byline?: string | null;

  @Field(() => [String], { nullable: true, description: 'Slugs, in the order of the byline; at most 20.' })
  authors?: string[] | null;

  @Field(() => [String], { nullable: true, description: 'Slugs, the primary one first; at most 50.' })
  categories?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'The slug of one of the categories; the first of them when nobody says otherwise.',
  })
  primaryCategory?: string | null;

  @Field(() => [String], { nullable: true, description: 'Slugs; at most 100.' })
  topics?: string[] | null;

  @Field(() => ImageInput, { nullable: true })
  leadImage?: ImageInput | null;

  @Field(() => Boolean, { nullable: true })
  pinned?: boolean | null;

  @Field(() => RightsInput, { nullable: true })
  rights?: RightsInput | null;
}

@InputType()
export class CreateArticleInput extends ArticleFieldsInput {
  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true, description: 'Made of the title when absent.' })
  slug?: string | null;

  @Field(() => LanguageTag)
  language!: string;

  @Field(() => String, { description: 'Is sanitised: what is not allowed in a body is left out.' })
  html!: string;

  @Field(() => ID, { nullable: true, description: 'The article that this one translates.' })
  translationOf?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({
  description:
    'What is absent stays as it is; null clears. What an article cannot be without cannot be cleared.',
})
export class UpdateArticleInput extends ArticleFieldsInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, {
    description: 'The revision that you have read. Where there is another by now, nothing is done.',
  })
  expectedRevision!: number;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'The old one leads to the article still.' })
  slug?: string | null;

  @Field(() => LanguageTag, { nullable: true })
  language?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Is sanitised: what is not allowed in a body is left out.',
  })
  html?: string | null;
}

@InputType()
export class PublishArticleInput extends SeenInput {
  @Field(() => DateTime, { nullable: true, description: 'Now when absent. A later one schedules it.' })
  at?: Instant | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Published, but not for readers before then. Absent stays; null for no embargo.',
  })
  embargoUntil?: Instant | null;
}

@InputType()
export class CorrectArticleInput extends SeenInput {
  @Field(() => String, { description: 'What was wrong, for all to read.' })
  text!: string;

  @Field(() => String, { nullable: true, description: 'The whole body without the mistake.' })
  html?: string | null;
}

@InputType()
export class WithdrawArticleInput extends SeenInput {
  @Field(() => String, { description: 'Why, for those who had it.' })
  note!: string;
}

@InputType()
export class UnpublishArticleInput extends SeenInput {}

@InputType()
export class RestoreArticleInput extends SeenInput {}

@InputType()
export class RollbackArticleInput extends SeenInput {
  @Field(() => Int, { description: 'The earlier revision that it is made to say the same as.' })
  revision!: number;
}

@InputType()
export class LinkTranslationsInput extends SeenInput {
  @Field(() => ID, { description: 'The article that it translates.' })
  translationOf!: string;
}

@InputType()
export class UnlinkTranslationInput extends SeenInput {}
