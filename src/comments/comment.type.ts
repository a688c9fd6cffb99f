import { ArgsType, Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { TextDirections } from '../articles/article.type';
import type { Instant } from '../core/clock';
import { globalIdsOf } from '../core/ids';
import { directionInHtml, type TextDirection } from '../core/text';
import type { CommentAuthorKind, CommentingMode } from '../database';
import { ConnectionArgs, connectionType } from '../graphql/connections';
import { Node } from '../graphql/node.type';
import { DateTime } from '../graphql/scalars';
import type { CommentRow } from './comment';
import type { CommentOrder } from './comment.query';
import { isHeld, isReadable, type Standing } from './comment.visibility';
import type { CommentingState } from './commenting';

const idOf = globalIdsOf('Comment');

export const CommentAuthorKinds = { GUEST: 'GUEST', READER: 'READER', STAFF: 'STAFF' } as const;
registerEnumType(CommentAuthorKinds, { name: 'CommentAuthorKind' });

export const CommentOrders = { OLDEST: 'OLDEST', NEWEST: 'NEWEST' } as const;
registerEnumType(CommentOrders, { name: 'CommentOrder' });

export const CommentingModes = { OPEN: 'OPEN', PREMODERATED: 'PREMODERATED', CLOSED: 'CLOSED' } as const;
registerEnumType(CommentingModes, {
  name: 'CommentingMode',
  description: 'PREMODERATED: what is new waits for a moderator.',
});

@ObjectType({ description: 'How readers may comment on an article.', simpleResolvers: true })
export class Commenting implements CommentingState {
  @Field(() => CommentingModes)
  mode!: CommentingMode;

  @Field(() => Boolean, { description: 'Whether a comment would be taken now.' })
  open!: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Null where it does not close by itself.' })
  closesAt!: Instant | null;
}

@ObjectType({ simpleResolvers: true })
export class CommentBody {
  @Field(() => String)
  text!: string;

  @Field(() => String, { description: 'Sanitised when it was written.' })
  html!: string;
}

@ObjectType({
  implements: Node,
  description: 'What a reader replies. A tombstone stands for one that is hidden and has replies.',
  simpleResolvers: true,
})
export class Comment extends Node {
  readonly __typename = 'Comment';

  @Field(() => ID)
  override id: string;

  @Field(() => Int, { description: '0 for the top of a thread.' })
  depth: number;

  @Field(() => String, { nullable: true, description: 'Null on a tombstone.' })
  authorName: string | null;

  @Field(() => CommentAuthorKinds)
  authorKind: CommentAuthorKind;

  @Field(() => CommentBody, { nullable: true, description: 'Null on a tombstone.' })
  body: CommentBody | null;

  @Field(() => TextDirections, { description: 'Of its text.' })
  get direction(): TextDirection {
    this.readDirection ??= isReadable(this.row, this.standing) ? directionInHtml(this.row.html) : 'LTR';
    return this.readDirection;
  }

  @Field(() => Boolean, {
    description: 'Waits for a moderator. Only its author and moderators see it at all.',
  })
  held: boolean;

  @Field(() => DateTime)
  createdAt: Instant;

  @Field(() => DateTime, { nullable: true })
  editedAt: Instant | null;

  @Field(() => Boolean)
  featured: boolean;

  @Field(() => Int, { description: 'Direct replies that a reader can see.' })
  replyCount: number;

  @Field(() => Int, { description: 'Rises by one at every change.' })
  version: number;

  private readDirection: TextDirection | null = null;

  /** @param standing of the viewer, who may see it */
  constructor(
    readonly row: CommentRow,
    readonly standing: Standing,
  ) {
    super();
    const readable = isReadable(row, standing);
    this.id = idOf(row.id);
    this.depth = row.depth;
    this.authorName = readable ? row.authorName : null;
    this.authorKind = row.authorKind;
    this.body = readable ? { text: row.text, html: row.html } : null;
    this.held = readable && isHeld(row);
    this.createdAt = row.createdAt;
    this.editedAt = readable ? row.editedAt : null;
    this.featured = row.featured && row.status === 'APPROVED';
    this.replyCount = row.replyCount;
    this.version = row.version;
  }
}

@ObjectType({ description: 'What the viewer may do to the comment.', simpleResolvers: true })
export class CommentPermissions {
  @Field(() => Boolean)
  edit!: boolean;

  @Field(() => Boolean)
  delete!: boolean;

  @Field(() => Boolean)
  report!: boolean;

  @Field(() => Boolean)
  reply!: boolean;
}

export const CommentConnection = connectionType('Comment', () => Comment);

@ArgsType()
export class CommentListArgs extends ConnectionArgs {
  @Field(() => CommentOrders, { defaultValue: 'OLDEST' })
  orderBy!: CommentOrder;
}
