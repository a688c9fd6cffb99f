import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Instant } from '../core/clock';
import type { CommentingMode, CommentStatus, ReportReason } from '../database';
import { IdempotencyKeyField } from '../graphql/input';
import { DateTime } from '../graphql/scalars';
import { UserError } from '../graphql/user-errors';
import { Comment, CommentingModes } from './comment.type';
import type { Guest } from './commenter';
import { CommentStatuses, ReportReasons } from './moderation.type';

export const CommentOutcomes = { PUBLISHED: 'PUBLISHED', HELD: 'HELD' } as const;
registerEnumType(CommentOutcomes, {
  name: 'CommentOutcome',
  description: 'HELD: it waits for a moderator, whatever the reason.',
});

@ObjectType({ simpleResolvers: true })
export class CreateCommentPayload {
  @Field(() => Comment, {
    nullable: true,
    description: 'Also while it is held: this answer is its author’s. Null where there are errors.',
  })
  comment!: Comment | null;

  @Field(() => CommentOutcomes, { nullable: true })
  outcome!: 'PUBLISHED' | 'HELD' | null;

  @Field(() => String, {
    nullable: true,
    description: 'Keep it: with it a guest reads, edits and deletes the comment. A retry gets the same one.',
  })
  editToken!: string | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@ObjectType({ simpleResolvers: true })
export class CommentPayload {
  @Field(() => Comment, { nullable: true, description: 'As the viewer sees it now.' })
  comment!: Comment | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@ObjectType({ simpleResolvers: true })
export class ModerateCommentsPayload {
  @Field(() => [CommentPayload], { description: 'One for each item, in their order.' })
  results!: readonly CommentPayload[];

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType({ description: 'What a guest says of themselves. The address is never published.' })
export class GuestInput implements Guest {
  @Field(() => String)
  name!: string;

  @Field(() => String)
  email!: string;
}

@InputType()
export class CreateCommentInput {
  @Field(() => ID)
  articleId!: string;

  @Field(() => ID, { nullable: true, description: 'The comment that it replies to.' })
  parentId?: string | null;

  @Field(() => String, { description: 'Plain text; addresses of pages become links.' })
  body!: string;

  @Field(() => GuestInput, { nullable: true, description: 'Required unless the viewer is signed in.' })
  guest?: GuestInput | null;

  @IdempotencyKeyField()
  idempotencyKey?: string | null;

  @Field(() => String, { nullable: true, description: 'Show it to nobody: people leave it empty.' })
  website?: string | null;
}

@InputType()
export class EditCommentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  body!: string;

  @Field(() => Int, {
    description: 'The version that you have read. Where there is another by now, nothing is done.',
  })
  expectedVersion!: number;

  @Field(() => String, { nullable: true })
  editToken?: string | null;
}

@InputType()
export class DeleteCommentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true })
  editToken?: string | null;
}

@InputType()
export class ReportCommentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => ReportReasons)
  reason!: ReportReason;

  @Field(() => String, { nullable: true })
  details?: string | null;
}

@InputType()
export class ModerateCommentItem {
  @Field(() => ID)
  id!: string;

  @Field(() => Int)
  expectedVersion!: number;
}

@InputType()
export class ModerateCommentsInput {
  @Field(() => [ModerateCommentItem], { description: '1 to 50.' })
  items!: ModerateCommentItem[];

  @Field(() => CommentStatuses, { description: 'Not DELETED.' })
  to!: CommentStatus;

  @Field(() => String, { nullable: true, description: 'For other moderators.' })
  reason?: string | null;
}

@InputType()
export class FeatureCommentInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Boolean)
  featured!: boolean;
}

@InputType()
export class SetCommentingInput {
  @Field(() => ID)
  articleId!: string;

  @Field(() => CommentingModes)
  mode!: CommentingMode;

  @Field(() => DateTime, { nullable: true, description: 'Absent stays; null: it does not close by itself.' })
  closesAt?: Instant | null;
}

@InputType()
export class SetCategoryCommentingInput {
  @Field(() => ID)
  categoryId!: string;

  @Field(() => CommentingModes)
  mode!: CommentingMode;
}

@InputType()
export class SetSiteCommentingInput {
  @Field(() => CommentingModes)
  mode!: CommentingMode;
}

@ObjectType({ simpleResolvers: true })
export class SiteCommentingPayload {
  @Field(() => CommentingModes, {
    nullable: true,
    description: 'What holds now; null where there are errors.',
  })
  mode!: CommentingMode | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}
