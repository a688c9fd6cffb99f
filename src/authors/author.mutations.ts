import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Seen } from '../core/revision';
import { DeletePayload, deletion, SeenInput, seenIn } from '../graphql/deletion';
import { given, keyIn, mustHaveValue } from '../graphql/input';
import { attemptOn } from '../graphql/user-errors';
import { AuthorPayload, CreateAuthorInput, MergeAuthorInput, UpdateAuthorInput } from './author.payload';
import { Author } from './author.type';

@Resolver()
export class AuthorMutations {
  @Mutation(() => AuthorPayload)
  createAuthor(
    @Arg('input', () => CreateAuthorInput) input: CreateAuthorInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthorPayload> {
    return answer(context, () => {
      const { idempotencyKey, ...draft } = given(input);
      const once = context.services.idempotency.once({ operation: 'createAuthor', input });
      return context.services.authors.create(context.actor, draft, once);
    });
  }

  @Mutation(() => AuthorPayload)
  updateAuthor(
    @Arg('input', () => UpdateAuthorInput) input: UpdateAuthorInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthorPayload> {
    return answer(context, () => {
      const { id, expectedRevision, ...edit } = mustHaveValue(input, ['name', 'slug']);
      const seen = seenIn('Author', { id, expectedRevision });
      return context.services.authors.update(context.actor, seen, edit);
    });
  }

  @Mutation(() => AuthorPayload, {
    description:
      'Makes one author part of another, and answers the other, who takes over the articles; the slug leads there. To do it twice is to do it once.',
  })
  mergeAuthor(
    @Arg('input', () => MergeAuthorInput) { into, ...input }: MergeAuthorInput,
    @Ctx() context: RequestContext,
  ): Promise<AuthorPayload> {
    return answer(context, () =>
      context.services.authors.merge(context.actor, seenIn('Author', input), keyIn('Author', 'into', into)),
    );
  }

  @Mutation(() => DeletePayload, { description: 'Only an author without articles, whatever their status.' })
  deleteAuthor(
    @Arg('input', () => SeenInput) input: SeenInput,
    @Ctx() context: RequestContext,
  ): Promise<DeletePayload> {
    return deletion(context, input, () =>
      context.services.authors.delete(context.actor, seenIn('Author', input)),
    );
  }
}

/** The author as they are after the change. */
async function answer(context: RequestContext, change: () => Promise<Seen>): Promise<AuthorPayload> {
  const { done, userErrors } = await attemptOn(context, change, (id) => context.authors.byId.load(id));
  return { author: done && new Author(done), userErrors };
}
