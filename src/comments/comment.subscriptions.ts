import { Arg, Ctx, ID, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../context';
import { keyOf } from '../core/ids';
import type { CommentRow } from './comment';
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
    subscribe: ({ args: { articleId }, context }: Subscribed) => {
      const key = keyOf('Article', articleId) ?? 0;
      const isSeen = async () => {
        context.forget();
        return (await context.articles.byId.load(key)) !== null;
      };
      return context.services.commentNews.subscribe(key, isSeen);
    },
  })
  commentAdded(
    @Root() row: CommentRow,
    @Arg('articleId', () => ID) _articleId: string,
    @Ctx() { comments }: RequestContext,
  ): Comment {
    return new Comment(row, comments.standing);
  }
}
