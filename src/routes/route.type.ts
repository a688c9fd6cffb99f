import 'reflect-metadata';
import { createUnionType, Field, ObjectType } from 'type-graphql';
import type { Instant } from '../core/clock';
import { Node } from '../graphql/node.type';
import { DateTime } from '../graphql/scalars';

@ObjectType({ description: 'What lives at the path.', simpleResolvers: true })
export class RouteTo {
  readonly __typename = 'RouteTo';

  @Field(() => String)
  path: string;

  @Field(() => Node)
  node: Node;

  constructor(path: string, node: Node) {
    this.path = path;
    this.node = node;
  }
}

@ObjectType({ description: 'What lived at the path lives elsewhere now.', simpleResolvers: true })
export class Redirect {
  readonly __typename = 'Redirect';

  @Field(() => String)
  path: string;

  @Field(() => String)
  to: string;

  @Field(() => Boolean, { description: '301 or 308 rather than 302 or 307.' })
  permanent: boolean;

  constructor(path: string, to: string, permanent: boolean) {
    this.path = path;
    this.to = to;
    this.permanent = permanent;
  }
}

@ObjectType({ description: 'What lived at the path has been withdrawn: answer 410.', simpleResolvers: true })
export class Gone {
  readonly __typename = 'Gone';

  @Field(() => String)
  path: string;

  @Field(() => DateTime)
  since: Instant;

  constructor(path: string, since: Instant) {
    this.path = path;
    this.since = since;
  }
}

export const Route = createUnionType({ name: 'Route', types: () => [RouteTo, Redirect, Gone] as const });
