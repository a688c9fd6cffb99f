import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Seen } from '../core/revision';
import { DeletePayload, deletion, SeenInput, seenIn } from '../graphql/deletion';
import { given, keyIn, mustHaveValue } from '../graphql/input';
import { attempt } from '../graphql/user-errors';
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
    return answer(context, () => context.services.categories.create(context.actor, given(input)));
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
  const { done, userErrors } = await attempt(change);
  context.forget();
  const row = done && (await context.categories.byId.load(done.id));
  return { category: row && new Category(row), userErrors };
}
