import { Field, InputType, Int, ObjectType } from 'type-graphql';
import { SeenInput } from '../graphql/deletion';
import { IdempotencyKeyField } from '../graphql/input';
import { Url } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import type { ImageDescription } from './image';
import { Image } from './image.type';

@ObjectType({ simpleResolvers: true })
export class ImagePayload {
  @Field(() => Image, { nullable: true, description: 'As it is now; null where there are errors.' })
  image!: Image | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType({ description: 'An image is known by its URL: what is absent of its description stays.' })
export class ImageInput implements ImageDescription {
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
export class CreateImageInput extends ImageInput {
  @IdempotencyKeyField()
  idempotencyKey?: string | null;
}

@InputType({ description: 'What is absent stays; null clears.' })
export class UpdateImageInput extends SeenInput {
  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  width?: number | null;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  height?: number | null;

  @Field(() => String, { nullable: true, description: 'What the image shows, for those who cannot see it.' })
  alt?: string | null;

  @Field(() => String, { nullable: true })
  caption?: string | null;

  @Field(() => String, { nullable: true })
  credit?: string | null;
}
