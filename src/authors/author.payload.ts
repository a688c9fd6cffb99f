import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { SeenInput } from '../graphql/deletion';
import { IdempotencyKeyField } from '../graphql/input';
import { UserError } from '../graphql/user-errors';
import { ImageInput } from '../images';
import { Author } from './author.type';

@ObjectType({ simpleResolvers: true })
export class AuthorPayload {
  @Field(() => Author, { nullable: true, description: 'As it is now; null where there are errors.' })
  author!: Author | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType()
export class CreateAuthorInput {
  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true, description: 'Made of the name when absent.' })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  bio?: string | null;

  @Field(() => ImageInput, { nullable: true })
  avatar?: ImageInput | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'What is absent stays; null clears the biography and the portrait.' })
export class UpdateAuthorInput extends SeenInput {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Who comes by the former one is led to the new one.' })
  slug?: string | null;

  @Field(() => String, { nullable: true })
  bio?: string | null;

  @Field(() => ImageInput, { nullable: true })
  avatar?: ImageInput | null;
}

@InputType()
export class MergeAuthorInput {
  @Field(() => ID, { description: 'The author that goes.' })
  id!: string;

  @Field(() => Int, { description: 'Of the author that goes.' })
  expectedRevision!: number;

  @Field(() => ID, { description: 'The author that stays.' })
  into!: string;
}
