import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { IdempotencyKeyField } from '../graphql/input';
import { UserError } from '../graphql/user-errors';
import { Category } from './category.type';

@ObjectType({ simpleResolvers: true })
export class CategoryPayload {
  @Field(() => Category, { nullable: true, description: 'As it is now; null where there are errors.' })
  category!: Category | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType()
export class CreateCategoryInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'Made of the name when absent.' })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'A slug.' })
  parent?: string | null;

  @Field(() => String, { nullable: true, description: 'The slug of the topic that it stands for.' })
  topic?: string | null;

  @Field(() => Int, { nullable: true, description: 'Among its siblings; the last when absent.' })
  position?: number | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'What is absent stays; null clears the description, the parent and the topic.' })
export class UpdateCategoryInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedRevision!: number;

  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Who comes by the former one is led to the new one.' })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  description?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A slug. The category moves there with all that is below it and all articles; null: to the top.',
  })
  parent?: string | null;

  @Field(() => String, { nullable: true, description: 'The slug of the topic that it stands for.' })
  topic?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Among its siblings, which are shown by their positions, and equal ones by their slugs.',
  })
  position?: number | null;
}

@InputType()
export class MergeCategoryInput {
  @Field(() => ID, { description: 'The category that goes.' })
  id!: string;

  @Field(() => Int, { description: 'Of the category that goes.' })
  expectedRevision!: number;

  @Field(() => ID, { description: 'The category that stays.' })
  into!: string;
}
