import 'reflect-metadata';
import { Field, ID, InterfaceType } from 'type-graphql';

@InterfaceType({
  description: 'Anything that has a global id. The id is opaque: keep it, compare it, send it back.',
})
export abstract class Node {
  /** By which an executor tells the type of what it was given. */
  abstract readonly __typename: string;

  @Field(() => ID)
  id!: string;
}
