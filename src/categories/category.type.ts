import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../core/ids';
import { Node } from '../graphql/node.type';
import type { CategoryRow } from './category';

@ObjectType({ implements: Node, simpleResolvers: true })
export class Category extends Node {
  readonly __typename = 'Category';

  @Field(() => ID)
  override id: string;

  @Field(() => String)
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  description: string | null;

  @Field(() => Int, { description: 'Rises by one at every change.' })
  revision: number;

  constructor(readonly row: CategoryRow) {
    super();
    this.id = globalId('Category', row.id);
    this.slug = row.slug;
    this.revision = row.revision;
    this.name = row.name;
    this.description = row.description;
  }
}
