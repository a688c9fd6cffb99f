import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { TopicKind } from '../database';
import { IdempotencyKeyField } from '../graphql/input';
import { LanguageTag } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { Topic, TopicKinds } from './topic.type';

@ObjectType({ simpleResolvers: true })
export class TopicPayload {
  @Field(() => Topic, { nullable: true, description: 'As it is now; null where there are errors.' })
  topic!: Topic | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType({ description: 'What a topic is called in one language.' })
export class LocalizedNameInput {
  @Field(() => LanguageTag)
  language!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String], {
    defaultValue: [],
    description: 'What else it is called there, so that it is found; at most 50.',
  })
  aliases!: string[];
}

@InputType()
export class CreateTopicInput {
  @Field(() => TopicKinds)
  kind!: TopicKind;

  @Field(() => [LocalizedNameInput], {
    description: 'One a language. Where there is none in English, the first is the name for everybody else.',
  })
  names!: LocalizedNameInput[];

  @Field(() => String, { nullable: true, description: 'Made of the name when absent.' })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'E.g. "Q889". Of one thing there is one topic.' })
  wikidataId?: string | null;

  @Field(() => String, { nullable: true, description: 'A slug: Karachi -> Pakistan.' })
  parent?: string | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({
  description: 'What is absent stays; null clears the description, the wikidataId and the parent.',
})
export class UpdateTopicInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedRevision!: number;

  @Field(() => TopicKinds, { nullable: true })
  kind?: TopicKind | null;

  @Field(() => [LocalizedNameInput], { nullable: true, description: 'All of them, with their aliases.' })
  names?: LocalizedNameInput[] | null;

  @Field(() => String, { nullable: true, description: 'Who comes by the former one is led to the new one.' })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true })
  wikidataId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'A slug. The topic moves there with all that is below it and all articles.',
  })
  parent?: string | null;
}

@InputType()
export class RenameTopicInput {
  @Field(() => ID)
  id!: string;

  @Field(() => LanguageTag)
  language!: string;

  @Field(() => String)
  name!: string;
}

@InputType()
export class TopicAliasInput {
  @Field(() => ID)
  id!: string;

  @Field(() => LanguageTag)
  language!: string;

  @Field(() => String)
  alias!: string;
}

@InputType()
export class MergeTopicInput {
  @Field(() => ID, { description: 'The topic that goes.' })
  id!: string;

  @Field(() => Int, { description: 'Of the topic that goes.' })
  expectedRevision!: number;

  @Field(() => ID, { description: 'The topic that stays.' })
  into!: string;
}
