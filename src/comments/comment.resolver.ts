import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { isPublicAt } from '../articles';
import { Article } from '../articles/article.type';
import type { RequestContext } from '../context';
import { keyOf } from '../core/ids';
import type { Connection } from '../graphql/connections';
import { commentList } from './comment.list';
import { findComment } from './comment.lookup';
import { Comment, CommentConnection, Commenting, CommentListArgs } from './comment.type';
import { isThere } from './comment.visibility';
import { commentingOn } from './commenting';

@Resolver(() => Comment)
export class CommentResolver {
  @Query(() => Comment, { nullable: true })
  async comment(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Comment | null> {
    const key = keyOf('Comment', id);
    return key === null ? null : findComment(context, key);
  }

  @FieldResolver(() => Article)
  async article(@Root() { row }: Comment, @Ctx() { articles }: RequestContext): Promise<Article> {
    const article = await articles.byId.load(row.articleId);
    if (article === null) throw new Error('A comment whose article its viewer may not see');
    return new Article(article);
  }

  @FieldResolver(() => Comment, { nullable: true, description: 'What it replies to.' })
  async parent(@Root() { row }: Comment, @Ctx() { comments }: RequestContext): Promise<Comment | null> {
    const parent = row.parentId === null ? null : await comments.byId.load(row.parentId);
    return parent && isThere(parent, comments.standing) ? new Comment(parent, comments.standing) : null;
  }

  @FieldResolver(() => CommentConnection)
  replies(
    @Root() { row }: Comment,
    @Args(() => CommentListArgs) args: CommentListArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Comment>> {
    return commentList(context, args, {
      below: 'COMMENT',
      key: row.id,
      total: async () => row.replyCount,
    });
  }
}

/** What an article has to do with comments: articles themselves know nothing of them. */
@Resolver(() => Article)
export class DiscussionResolver {
  @FieldResolver(() => Commenting)
  commenting(@Root() { row }: Article, @Ctx() { now }: RequestContext): Commenting {
    return commentingOn(row, isPublicAt(row, now), now);
  }

  @FieldResolver(() => CommentConnection, { description: 'The top level of the discussion.' })
  comments(
    @Root() { row }: Article,
    @Args(() => CommentListArgs) args: CommentListArgs,
    @Ctx() context: RequestContext,
  ): Promise<Connection<Comment>> {
    const { comments } = context;
    return commentList(context, args, {
      below: 'ARTICLE',
      key: row.id,
      total: () => comments.threadCount.load(row.id),
    });
  }
}
