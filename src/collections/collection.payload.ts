import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { IdempotencyKeyField } from '../graphql/input';
import { UserError } from '../graphql/user-errors';
import { Collection } from './collection.type';

@ObjectType({ simpleResolvers: true })
export class CollectionPayload {
  @Field(() => Collection, { nullable: true, description: 'As it is now; null where there are errors.' })
  collection!: Collection | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType()
export class CreateCollectionInput {
  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true, description: 'Made of the title when absent.' })
  slug?: string | null;

  @Field(() => [ID], { nullable: true, description: 'In their order; at most 50.' })
  articles?: string[] | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'What is absent stays.' })
export class UpdateCollectionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedRevision!: number;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Who comes by the former one is led to the new one.' })
  slug?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'All of them, in their new order; at most 50. For a single one see placeInCollection.',
  })
  articles?: string[] | null;
}

@InputType()
export class PlaceInCollectionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  article!: string;

  @Field(() => Int, { defaultValue: 0, description: '0 is the top; beyond the end is the end.' })
  position!: number;
}

@InputType()
export class RemoveFromCollectionInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ID)
  article!: string;
}
