import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../core/ids';
import { oncePer } from '../core/once-per';
import { connectionType } from '../graphql/connections';
import { Node } from '../graphql/node.type';
import { Url } from '../graphql/scalars';
import type { ImageFields, ImageRow } from './image';

@ObjectType({ implements: Node, simpleResolvers: true })
export class Image extends Node implements ImageFields {
  readonly __typename = 'Image';

  @Field(() => ID)
  override id: string;

  @Field(() => Url)
  url: string;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  width: number | null;

  @Field(() => Int, { nullable: true, description: 'In pixels.' })
  height: number | null;

  @Field(() => String, { nullable: true, description: 'What the image shows, for those who cannot see it.' })
  alt: string | null;

  @Field(() => String, { nullable: true })
  caption: string | null;

  @Field(() => String, { nullable: true })
  credit: string | null;

  @Field(() => Int, { description: 'Rises by one at every change.' })
  revision: number;

  constructor({ id, url, width, height, alt, caption, credit, revision }: ImageRow) {
    super();
    this.id = globalId('Image', id);
    this.url = url;
    this.width = width;
    this.height = height;
    this.alt = alt;
    this.caption = caption;
    this.credit = credit;
    this.revision = revision;
  }
}

/** The image of a row that is kept, and so shown again and again. */
export const keptImage = oncePer((row: ImageRow) => new Image(row));

export const ImageConnection = connectionType('Image', () => Image);
