import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { Instant } from '../core/clock';
import type { CommentAuthorKind, CommentStatus } from '../database';
import { DateTime } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { CommentAuthorKinds } from './comment.type';
import { CommentReport, CommentStatuses, CommentVersion } from './moderation.type';

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
    description:
      'Nobody may write from the network address either, behind which there may be others: for as long as network addresses are kept, and until the author is erased.',
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

  @Field(() => CommentAuthorKinds)
  authorKind!: CommentAuthorKind;

  @Field(() => String, { nullable: true })
  email!: string | null;

  @Field(() => String, { nullable: true, description: 'By which the account is known here.' })
  account!: string | null;

  @Field(() => Boolean, { description: 'Whether a keyed hash of the network address is still kept.' })
  networkKept!: boolean;

  @Field(() => CommentStatuses)
  status!: CommentStatus;

  @Field(() => [String], { description: 'Why it was held.' })
  reasons!: readonly string[];

  @Field(() => String)
  text!: string;

  @Field(() => DateTime)
  createdAt!: Instant;

  @Field(() => DateTime, { nullable: true })
  editedAt!: Instant | null;
}

@ObjectType({ description: 'What a comment of the person said before it was edited.', simpleResolvers: true })
export class ExportedVersion extends CommentVersion {
  @Field(() => ID)
  commentId!: string;
}

@ObjectType({ description: 'What became of a comment of the person.', simpleResolvers: true })
export class ExportedDecision {
  @Field(() => ID)
  commentId!: string;

  @Field(() => DateTime)
  at!: Instant;

  @Field(() => CommentStatuses)
  from!: CommentStatus;

  @Field(() => CommentStatuses)
  to!: CommentStatus;

  @Field(() => String, { nullable: true })
  reason!: string | null;
}

@ObjectType({ description: 'What the person has said against a comment of another.', simpleResolvers: true })
export class ExportedReport extends CommentReport {
  @Field(() => ID)
  commentId!: string;
}

@ObjectType({ description: 'A ban that holds.', simpleResolvers: true })
export class ExportedBan {
  @Field(() => DateTime)
  since!: Instant;

  @Field(() => DateTime, { nullable: true, description: 'Null for ever.' })
  until!: Instant | null;
}

@ObjectType({
  description: 'A page has at most 200 entries of all lists together, the first ones first.',
  simpleResolvers: true,
})
export class ExportCommenterPayload {
  @Field(() => [ExportedComment])
  comments!: readonly ExportedComment[];

  @Field(() => [ExportedVersion])
  earlierVersions!: readonly ExportedVersion[];

  @Field(() => [ExportedDecision])
  decisions!: readonly ExportedDecision[];

  @Field(() => [ExportedReport], {
    description:
      'Of an account. Guests are told apart by their networks, behind which there may be others: theirs are not told.',
  })
  reports!: readonly ExportedReport[];

  @Field(() => ExportedBan, { nullable: true, description: 'Null where there is none.' })
  ban!: ExportedBan | null;

  @Field(() => ID, { nullable: true, description: 'Send it as `after` for more; null at the end.' })
  next!: string | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
