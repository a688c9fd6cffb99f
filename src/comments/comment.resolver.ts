import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { isPublicAt } from '../articles';
import { Article } from '../articles/article.type';
import type { RequestContext } from '../context';
import { keyOf } from '../core/ids';
import type { Slice } from '../core/paging';
import type { Connection } from '../graphql/connections';
import { type CommentRow, MAX_REPLY_DEPTH } from './comment';
import { commentList, type Discussion } from './comment.list';
import { findComment } from './comment.lookup';
import { isChangeable } from './comment.own';
import { mayWrite } from './comment.policy';
import type { CommentPageQuery, CommentPlace } from './comment.query';
import type { CommentReads } from './comment.reads';
import { Comment, CommentConnection, Commenting, CommentListArgs, CommentPermissions } from './comment.type';
import { isThere } from './comment.visibility';

@Resolver(() => Comment)
export class CommentResolver {
  @Query(() => Comment, { nullable: true })
  async comment(
    @Arg('id', () => ID) id: string,
    @Arg('editToken', () => String, {
      nullable: true,
      description: 'With it a guest sees what they wrote while it is held.',
    })
    editToken: string | null,
    @Ctx() context: RequestContext,
  ): Promise<Comment | null> {
    const key = keyOf('Comment', id);
    return key === null ? null : findComment(context, key, editToken);
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

  @FieldResolver(() => CommentPermissions)
  viewerCan(@Root() comment: Comment, @Ctx() context: RequestContext): Promise<CommentPermissions> {
    return permissionsOn(comment, context);
  }

  @FieldResolver(() => CommentConnection)
  replies(
    @Root() { row }: Comment,
    @Args(() => CommentListArgs) args: CommentListArgs,
    @Ctx() { comments }: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Connection<Comment> | Promise<Connection<Comment>> {
    return commentList(comments.standing, args, info, new Replies(row, comments));
  }
}

/** What is listed below a comment. */
class Replies implements Discussion {
  constructor(
    private readonly to: CommentRow,
    private readonly comments: CommentReads,
  ) {}

  atHand(place: CommentPlace): Slice<CommentRow> | null {
    return this.comments.repliesAtHand(this.to, place);
  }

  page(query: CommentPageQuery): Promise<Slice<CommentRow>> {
    return this.comments.replies(this.to.id, query);
  }

  async total(): Promise<number> {
    return this.to.replyCount;
  }
}

/** What a client may offer its user to do. */
async function permissionsOn(
  { row, standing }: Comment,
  context: RequestContext,
): Promise<CommentPermissions> {
  const { actor, articles, comments, now, services } = context;
  const article = await articles.byId.load(row.articleId);
  const open = article !== null && (await comments.commenting(article)).open;
  const own = standing === 'AUTHOR' || (await isOwnOf(context, row.id));
  const change = own && isChangeable(row, services.comments.settings, now);
  const approved = row.status === 'APPROVED';
  const writes = mayWrite(actor);
  return {
    edit: change && writes,
    delete: change && writes,
    report: approved && !own && writes,
    reply: approved && open && row.depth < MAX_REPLY_DEPTH && writes,
  };
}

async function isOwnOf({ actor, comments }: RequestContext, id: number): Promise<boolean> {
  if (actor.kind === 'ANONYMOUS') return false;
  return (await comments.privateById.load(id))?.account === actor.name;
}

/** What is below it is nothing. */
const NO_ARTICLE = { id: 0, commentCount: 0 };

/** What an article has to do with comments: articles themselves know nothing of them. */
@Resolver(() => Article)
export class DiscussionResolver {
  @FieldResolver(() => Commenting)
  commenting(
    @Root() { row }: Article,
    @Ctx() { comments }: RequestContext,
  ): Commenting | Promise<Commenting> {
    return comments.commenting(row);
  }

  @FieldResolver(() => CommentConnection, { description: 'The top level of the discussion.' })
  comments(
    @Root() { row }: Article,
    @Args(() => CommentListArgs) args: CommentListArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Connection<Comment> | Promise<Connection<Comment>> {
    const { articles, comments, now } = context;
    const below = (seen: boolean) =>
      commentList(comments.standing, args, info, {
        atHand: () => null,
        page: (query) => comments.threads(seen ? row : NO_ARTICLE, query),
        total: async () => (seen ? comments.threadCount.load(row.id) : 0),
      });
    // A preview shows an article that its viewer has no other way to, and so no discussion below it either.
    return isPublicAt(row, now)
      ? below(true)
      : articles.byId.load(row.id).then((seen) => below(seen !== null));
  }
}
