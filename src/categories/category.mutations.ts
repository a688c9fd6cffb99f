import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Seen } from '../core/revision';
import { DeletePayload, deletion, SeenInput, seenIn } from '../graphql/deletion';
import { given, keyIn, mustHaveValue } from '../graphql/input';
import { attemptOn } from '../graphql/user-errors';
import {
  CategoryPayload,
  CreateCategoryInput,
  MergeCategoryInput,
  UpdateCategoryInput,
} from './category.payload';
import { Category } from './category.type';

@Resolver()
export class CategoryMutations {
  @Mutation(() => CategoryPayload, { description: 'A site has at most 1000.' })
  createCategory(
    @Arg('input', () => CreateCategoryInput) input: CreateCategoryInput,
    @Ctx() context: RequestContext,
  ): Promise<CategoryPayload> {
    return answer(context, () => {
      const { idempotencyKey, ...draft } = given(input);
      const once = context.services.idempotency.once({ operation: 'createCategory', input });
      return context.services.categories.create(context.actor, draft, once);
    });
  }

  @Mutation(() => CategoryPayload)
  updateCategory(
    @Arg('input', () => UpdateCategoryInput) input: UpdateCategoryInput,
    @Ctx() context: RequestContext,
  ): Promise<CategoryPayload> {
    return answer(context, () => {
      const { id, expectedRevision, ...edit } = mustHaveValue(input, ['name', 'slug', 'position']);
      const seen = seenIn('Category', { id, expectedRevision });
      return context.services.categories.update(context.actor, seen, edit);
    });
  }

  @Mutation(() => CategoryPayload, {
    description:
      'Makes one category part of another, and answers the other. Its articles and the categories below it go over, and its slug leads there. To do it twice is to do it once.',
  })
  mergeCategory(
    @Arg('input', () => MergeCategoryInput) { into, ...input }: MergeCategoryInput,
    @Ctx() context: RequestContext,
  ): Promise<CategoryPayload> {
    return answer(context, () =>
      context.services.categories.merge(
        context.actor,
        seenIn('Category', input),
        keyIn('Category', 'into', into),
      ),
    );
  }

  @Mutation(() => DeletePayload, { description: 'Only a category without articles and without children.' })
  deleteCategory(
    @Arg('input', () => SeenInput) input: SeenInput,
    @Ctx() context: RequestContext,
  ): Promise<DeletePayload> {
    return deletion(context, input, () =>
      context.services.categories.delete(context.actor, seenIn('Category', input)),
    );
  }
}

/** The category as it is after the change. */
async function answer(context: RequestContext, change: () => Promise<Seen>): Promise<CategoryPayload> {
  const { done, userErrors } = await attemptOn(context, change, (id) => context.categories.byId.load(id));
  return { category: done && new Category(done), userErrors };
}
