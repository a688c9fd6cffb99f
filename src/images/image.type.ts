import { Field, Int, ObjectType } from 'type-graphql';
import { Url } from '../graphql/scalars';
import type { ImageRow } from './image';

@ObjectType({ simpleResolvers: true })
export class Image implements Omit<ImageRow, 'id'> {
  @Field(() => Url)
  url!: string;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  width!: number | null;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  height!: number | null;

  @Field(() => String, { nullable: true, description: 'What the image shows, for those who cannot see it.' })
  alt!: string | null;

  @Field(() => String, { nullable: true })
  caption!: string | null;

  @Field(() => String, { nullable: true })
  credit!: string | null;
}
