import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../core/ids';
import { oncePer } from '../core/once-per';
import { Node } from '../graphql/node.type';
import type { CategoryFacts } from './category';

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

  constructor(readonly row: CategoryFacts) {
    super();
    this.id = globalId('Category', row.id);
    this.slug = row.slug;
    this.revision = row.revision;
    this.name = row.name;
    this.description = row.description;
  }
}

/** The category of a row that is kept, and so shown again and again. */
export const keptCategory = oncePer((row: CategoryFacts) => new Category(row));
