import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../core/clock';
import type { CommentStatus } from '../database';
import { DateTime } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { CommentStatuses } from './moderation.type';

@InputType({
  description: 'The author of a comment, or whoever has an e-mail address: exactly one of the two.',
})
export class CommenterInput {
  @Field(() => ID, { nullable: true })
  commentId?: string | null;

  @Field(() => String, { nullable: true })
  email?: string | null;
}

@InputType()
export class BanCommenterInput extends CommenterInput {
  @Field(() => Boolean, { defaultValue: true, description: 'False to lift a ban.' })
  banned!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Null for ever.' })
  until?: Instant | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Nobody may write from the network address either, behind which there may be others.',
  })
  address!: boolean;
}

@InputType()
export class EraseCommenterInput extends CommenterInput {}

@InputType()
export class ExportCommenterInput extends CommenterInput {
  @Field(() => ID, { nullable: true, description: 'What `next` was in the page before.' })
  after?: string | null;
}

@ObjectType({ simpleResolvers: true })
export class BanCommenterPayload {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether they are banned now; null where there are errors.',
  })
  banned!: boolean | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@ObjectType({ simpleResolvers: true })
export class EraseCommenterPayload {
  @Field(() => Int, {
    nullable: true,
    description: 'Null where there are errors; 0 where it was done before.',
  })
  erasedComments!: number | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@ObjectType({ description: 'A comment with all that is kept of its author.', simpleResolvers: true })
export class ExportedComment {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  articleTitle!: string;

  @Field(() => String)
  articlePath!: string;

  @Field(() => String)
  authorName!: string;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => CommentStatuses)
  status!: CommentStatus;

  @Field(() => String)
  text!: string;

  @Field(() => DateTime)
  createdAt!: Instant;

  @Field(() => DateTime, { nullable: true })
  editedAt!: Instant | null;
}

@ObjectType({ simpleResolvers: true })
export class ExportCommenterPayload {
  @Field(() => [ExportedComment], { description: 'At most 200, the first ones first.' })
  comments!: readonly ExportedComment[];

  @Field(() => ID, { nullable: true, description: 'Send it as `after` for more; null at the end.' })
  next!: string | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
