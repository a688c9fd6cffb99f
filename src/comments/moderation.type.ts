import { Field, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Instant } from '../core/clock';
import type { CommentStatus, ReportReason } from '../database';
import { DateTime } from '../graphql/scalars';

export const CommentStatuses = {
  PENDING: 'PENDING',
  APPROVED: 'APPROVED',
  REJECTED: 'REJECTED',
  SPAM: 'SPAM',
  DELETED: 'DELETED',
} as const satisfies { readonly [S in CommentStatus]: S };
registerEnumType(CommentStatuses, {
  name: 'CommentStatus',
  description: 'DELETED: by its author, or with its author; for good.',
});

export const ReportReasons = {
  SPAM: 'SPAM',
  ABUSE: 'ABUSE',
  OFF_TOPIC: 'OFF_TOPIC',
  PERSONAL_INFORMATION: 'PERSONAL_INFORMATION',
  OTHER: 'OTHER',
} as const satisfies { readonly [R in ReportReason]: R };
registerEnumType(ReportReasons, { name: 'ReportReason' });

@ObjectType({ simpleResolvers: true })
export class ModerationEvent {
  @Field(() => DateTime)
  at!: Instant;

  @Field(() => String, { description: 'The name under which the actor is known, or "author".' })
  actor!: string;

  @Field(() => CommentStatuses)
  from!: CommentStatus;

  @Field(() => CommentStatuses)
  to!: CommentStatus;

  @Field(() => String, { nullable: true })
  reason!: string | null;
}

@ObjectType({ description: 'What a reader said against a comment.', simpleResolvers: true })
export class CommentReport {
  @Field(() => DateTime)
  at!: Instant;

  @Field(() => ReportReasons)
  reason!: ReportReason;

  @Field(() => String, { nullable: true })
  details!: string | null;
}

@ObjectType({ description: 'What a comment said before it was edited.', simpleResolvers: true })
export class CommentVersion {
  @Field(() => Int)
  version!: number;

  @Field(() => String)
  text!: string;

  @Field(() => DateTime, { description: 'When it was superseded.' })
  until!: Instant;
}

@ObjectType({ description: 'What became of what the author wrote.', simpleResolvers: true })
export class CommenterHistory {
  @Field(() => Int)
  approved!: number;

  @Field(() => Int)
  pending!: number;

  @Field(() => Int)
  rejected!: number;

  @Field(() => Int)
  spam!: number;

  @Field(() => Int)
  deleted!: number;

  @Field(() => Boolean)
  banned!: boolean;
}

/** What is kept of a comment beside what everybody may read. */
export interface PrivateRow {
  readonly id: number;
  readonly reportCount: number;
  readonly reasons: readonly string[] | null;
  readonly emailSealed: string | null;
  readonly emailHash: string | null;
  readonly account: string | null;
}

@ObjectType({ description: 'What moderators know of a comment.', simpleResolvers: true })
export class CommentModeration {
  @Field(() => CommentStatuses)
  status!: CommentStatus;

  @Field(() => [String], { description: 'Why it was held.' })
  reasons!: readonly string[];

  @Field(() => Int, { description: 'Since a moderator last decided.' })
  reportCount!: number;

  @Field(() => String, { nullable: true, description: 'Null where there is none, or it was purged.' })
  email!: string | null;

  readonly row!: PrivateRow;
}
