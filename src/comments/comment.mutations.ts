import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import { keyIn } from '../graphql/input';
import { attempt, type Outcome, refusedAs } from '../graphql/user-errors';
import { findComment } from './comment.lookup';
import {
  CommentPayload,
  CreateCommentInput,
  CreateCommentPayload,
  DeleteCommentInput,
  EditCommentInput,
  FeatureCommentInput,
  ModerateCommentsInput,
  ModerateCommentsPayload,
  ReportCommentInput,
} from './comment.payload';
import type { Comment } from './comment.type';

@Resolver()
export class CommentMutations {
  @Mutation(() => CreateCommentPayload, {
    description: 'Writes a comment, as a guest or as who is signed in. It may have to wait for a moderator.',
  })
  async createComment(
    @Arg('input', () => CreateCommentInput) input: CreateCommentInput,
    @Ctx() context: RequestContext,
  ): Promise<CreateCommentPayload> {
    const { actor, client, services } = context;
    const { done, userErrors } = await attempt(async () => {
      const { guest = null, parentId = null, website = null, body } = input;
      // Guests share an actor: a key of one is not another's.
      const asker = guest?.email.trim().toLowerCase() ?? '';
      const once = services.idempotency.once({ operation: 'createComment', asker, input });
      const draft = {
        articleId: keyIn('Article', 'articleId', input.articleId),
        parentId: parentId === null ? null : keyIn('Comment', 'parentId', parentId),
        ...{ body, website, guest: actor.kind === 'ANONYMOUS' ? guest : null },
      };
      return services.comments.create(actor, client, draft, once);
    });
    if (done === null) return { comment: null, outcome: null, editToken: null, userErrors };
    context.forget();
    const editToken = services.comments.editTokenOf(done.id);
    const comment = await findComment(context, done.id, editToken);
    return { comment, outcome: done.outcome, editToken, userErrors };
  }

  @Mutation(() => CommentPayload, {
    description: 'Changes what one’s own comment says, for a while after it was written.',
  })
  editComment(
    @Arg('input', () => EditCommentInput) { id, editToken = null, ...edit }: EditCommentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommentPayload> {
    const { actor, client, services } = context;
    return payload(context, editToken, () =>
      services.comments.edit(actor, client, { ...edit, id: keyIn('Comment', 'id', id), editToken }),
    );
  }

  @Mutation(() => CommentPayload, {
    description: 'Takes back one’s own comment, for a while after it was written. Replies stay.',
  })
  deleteComment(
    @Arg('input', () => DeleteCommentInput) { id, editToken = null }: DeleteCommentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommentPayload> {
    const { actor, services } = context;
    return payload(context, editToken, () =>
      services.comments.delete(actor, keyIn('Comment', 'id', id), editToken),
    );
  }

  @Mutation(() => CommentPayload, {
    description: 'Tells moderators of a comment. Of each reader it counts once.',
  })
  reportComment(
    @Arg('input', () => ReportCommentInput) { id, reason, details = null }: ReportCommentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommentPayload> {
    const { actor, client, services } = context;
    return payload(context, null, () =>
      services.comments.report(actor, client, { id: keyIn('Comment', 'id', id), reason, details }),
    );
  }

  @Mutation(() => ModerateCommentsPayload, { description: 'Decides about comments, each for itself.' })
  async moderateComments(
    @Arg('input', () => ModerateCommentsInput) { items, to, reason = null }: ModerateCommentsInput,
    @Ctx() context: RequestContext,
  ): Promise<ModerateCommentsPayload> {
    const { actor, services } = context;
    const { done, userErrors } = await attempt(async () =>
      services.comments.moderate(actor, {
        items: items.map(({ id, expectedVersion }, index) => ({
          id: keyIn('Comment', `items.${index}.id`, id),
          expectedVersion,
        })),
        ...{ to, reason },
      }),
    );
    context.forget();
    const results = (done ?? []).map(async (each) => {
      if ('refusal' in each) return { comment: null, userErrors: [refusedAs(each.refusal)] };
      return { comment: await findComment(context, each.id), userErrors: [] };
    });
    return { results: await Promise.all(results), userErrors };
  }

  @Mutation(() => CommentPayload, { description: 'Puts a comment forward, or takes it back.' })
  featureComment(
    @Arg('input', () => FeatureCommentInput) { id, featured }: FeatureCommentInput,
    @Ctx() context: RequestContext,
  ): Promise<CommentPayload> {
    const { actor, services } = context;
    return payload(context, null, () =>
      services.comments.feature(actor, keyIn('Comment', 'id', id), featured),
    );
  }
}

/** The comment as its viewer sees it after the change: nothing, where it is hidden by now. */
async function payload(
  context: RequestContext,
  editToken: string | null,
  change: () => Promise<number>,
): Promise<CommentPayload> {
  const { done, userErrors }: Outcome<number> = await attempt(async () => change());
  context.forget();
  const comment: Comment | null = done === null ? null : await findComment(context, done, editToken);
  return { comment, userErrors };
}
