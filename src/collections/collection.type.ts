import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../core/ids';
import { Node } from '../graphql/node.type';
import type { CollectionRow } from './collection';

@ObjectType({
  description: 'Articles that an editor has put together: the front page, a dossier.',
  implements: Node,
  simpleResolvers: true,
})
export class Collection extends Node {
  readonly __typename = 'Collection';

  @Field(() => ID)
  override id: string;

  @Field(() => String)
  slug: string;

  @Field(() => String)
  title: string;

  @Field(() => Int, { description: 'Rises by one at every change.' })
  revision: number;

  constructor(readonly row: CollectionRow) {
    super();
    this.id = globalId('Collection', row.id);
    this.slug = row.slug;
    this.title = row.title;
    this.revision = row.revision;
  }
}
