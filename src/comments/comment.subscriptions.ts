import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../context';
import { DatelineError } from '../core/errors';
import { keyOf } from '../core/ids';
import type { AddedComment } from './comment.news';
import { Comment } from './comment.type';

interface Subscribed {
  readonly args: { readonly articleId: string };
  readonly context: RequestContext;
}

@Resolver()
export class CommentSubscriptions {
  @Subscription(() => Comment, {
    description:
      'Comments below an article, as they appear; of those that were held, when they are let through.',
    subscribe: async ({ args: { articleId }, context }: Subscribed) => {
      const key = keyOf('Article', articleId) ?? 0;
      if ((await context.articles.byId.load(key)) === null)
        throw new DatelineError('NOT_FOUND', 'There is no such article.', { argument: 'articleId' });
      return context.services.commentNews.subscribe(context.actor, key);
    },
  })
  commentAdded(
    @Root() { comment }: AddedComment,
    @Arg('articleId', () => ID) _articleId: string,
    @Ctx() { comments }: RequestContext,
  ): Comment {
    return new Comment(comment, comments.standing);
  }
}
