import { Field, ID, Int, ObjectType } from 'type-graphql';
import { globalId } from '../core/ids';
import { oncePer } from '../core/once-per';
import { connectionType } from '../graphql/connections';
import { Node } from '../graphql/node.type';
import type { AuthorFacts } from './author';

@ObjectType({ implements: Node, simpleResolvers: true })
export class Author extends Node {
  readonly __typename = 'Author';

  @Field(() => ID)
  override id: string;

  @Field(() => String)
  slug: string;

  @Field(() => String)
  name: string;

  @Field(() => String, { nullable: true })
  bio: string | null;

  @Field(() => Int, { description: 'Rises by one at every change.' })
  revision: number;

  constructor(readonly row: AuthorFacts) {
    super();
    this.id = globalId('Author', row.id);
    this.slug = row.slug;
    this.revision = row.revision;
    this.name = row.name;
    this.bio = row.bio;
  }
}

/** The author of a row that is kept, and so shown again and again. */
export const keptAuthor = oncePer((row: AuthorFacts) => new Author(row));

export const AuthorConnection = connectionType('Author', () => Author);
