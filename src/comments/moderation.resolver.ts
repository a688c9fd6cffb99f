import { Args, ArgsType, Ctx, Field, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../context';
import { toPage } from '../core/paging';
import type { CommentStatus } from '../database';
import { type Connection, ConnectionArgs, connection } from '../graphql/connections';
import { assertReads } from './comment.policy';
import { Comment, CommentConnection } from './comment.type';
import { QUEUE_ORDER } from './moderation.query';
import {
  CommenterHistory,
  CommentModeration,
  CommentReport,
  CommentStatuses,
  CommentVersion,
  ModerationEvent,
} from './moderation.type';

@ArgsType()
class QueueArgs extends ConnectionArgs {
  @Field(() => [CommentStatuses], {
    nullable: true,
    description: 'PENDING when absent; of those that were reported APPROVED as well.',
  })
  status?: CommentStatus[] | null;

  @Field(() => Boolean, { defaultValue: false })
  reportedOnly!: boolean;
}

@Resolver()
export class ModerationResolver {
  @Query(() => CommentConnection, { description: 'For moderators: what has waited longest comes first.' })
  async moderationQueue(
    @Args(() => QueueArgs) { status, reportedOnly, ...args }: QueueArgs,
    @Ctx() { actor, comments }: RequestContext,
  ): Promise<Connection<Comment>> {
    assertReads(actor, 'MODERATE');
    const usual: CommentStatus[] = reportedOnly ? ['PENDING', 'APPROVED'] : ['PENDING'];
    const query = { statuses: [...new Set(status ?? usual)], reportedOnly };
    return connection({
      slice: await comments.queue(query, toPage(args, QUEUE_ORDER)),
      order: QUEUE_ORDER,
      position: (row) => ({ sort: row.createdAt, key: row.id }),
      node: (row) => new Comment(row, comments.standing),
      total: () => comments.queueLength(query),
    });
  }
}

@Resolver(() => Comment)
export class CommentModerationResolver {
  @FieldResolver(() => CommentModeration, { nullable: true, description: 'For moderators, else null.' })
  async moderation(
    @Root() { row: { id, status }, standing }: Comment,
    @Ctx() { comments, services }: RequestContext,
  ): Promise<CommentModeration | null> {
    if (standing !== 'MODERATOR') return null;
    const row = await comments.privateById.load(id);
    if (row === null) return null;
    const email = services.comments.addressIn(row.emailSealed);
    return { status, reasons: row.reasons ?? [], reportCount: row.reportCount, email, row };
  }
}

@Resolver(() => CommentModeration)
export class ModerationDetailsResolver {
  @FieldResolver(() => [ModerationEvent], { description: 'The latest first; at most 100.' })
  async history(
    @Root() { row }: CommentModeration,
    @Ctx() { comments }: RequestContext,
  ): Promise<ModerationEvent[]> {
    return [...(await comments.eventsById.load(row.id))];
  }

  @FieldResolver(() => [CommentReport], { description: 'The latest first; at most 100.' })
  async reports(
    @Root() { row }: CommentModeration,
    @Ctx() { comments }: RequestContext,
  ): Promise<CommentReport[]> {
    return [...(await comments.reportsById.load(row.id))];
  }

  @FieldResolver(() => [CommentVersion], { description: 'The latest first; at most 100.' })
  async versions(
    @Root() { row }: CommentModeration,
    @Ctx() { comments }: RequestContext,
  ): Promise<CommentVersion[]> {
    return [...(await comments.revisionsById.load(row.id))];
  }

  @FieldResolver(() => CommenterHistory, {
    nullable: true,
    description: 'By account or e-mail address, which a guest only claims; null where there is neither.',
  })
  async author(
    @Root() { row }: CommentModeration,
    @Ctx() { comments, services }: RequestContext,
  ): Promise<CommenterHistory | null> {
    const { account, emailHash } = row;
    const name = account ?? emailHash;
    const [mark] = services.comments.commenters.marksOf({ account, emailHash });
    if (name === null || mark === undefined) return null;
    const [counts, banned] = await Promise.all([
      comments.historyByName.load(name),
      comments.bannedByName.load(mark),
    ]);
    const { APPROVED = 0, PENDING = 0, REJECTED = 0, SPAM = 0, DELETED = 0 } = counts ?? {};
    return {
      ...{ approved: APPROVED, pending: PENDING, rejected: REJECTED, spam: SPAM, deleted: DELETED },
      banned: banned !== null,
    };
  }
}
