import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Seen } from '../core/revision';
import { DeletePayload, deletion, SeenInput, seenIn } from '../graphql/deletion';
import { given } from '../graphql/input';
import { attemptOn } from '../graphql/user-errors';
import { CreateImageInput, ImagePayload, UpdateImageInput } from './image.payload';
import { Image } from './image.type';

@Resolver()
export class ImageMutations {
  @Mutation(() => ImagePayload, {
    description: 'To give an article an image, name it there: it is made if it is new.',
  })
  createImage(
    @Arg('input', () => CreateImageInput) input: CreateImageInput,
    @Ctx() context: RequestContext,
  ): Promise<ImagePayload> {
    return answer(context, () => {
      const { idempotencyKey, ...draft } = given(input);
      const once = context.services.idempotency.once({ operation: 'createImage', input });
      return context.services.images.create(context.actor, draft, once);
    });
  }

  @Mutation(() => ImagePayload, { description: 'Describes an image anew, wherever it is shown.' })
  updateImage(
    @Arg('input', () => UpdateImageInput) { id, expectedRevision, ...edit }: UpdateImageInput,
    @Ctx() context: RequestContext,
  ): Promise<ImagePayload> {
    return answer(context, async () =>
      context.services.images.update(context.actor, seenIn('Image', { id, expectedRevision }), edit),
    );
  }

  @Mutation(() => DeletePayload, {
    description: 'Only an image that neither an article nor an author shows.',
  })
  deleteImage(
    @Arg('input', () => SeenInput) input: SeenInput,
    @Ctx() context: RequestContext,
  ): Promise<DeletePayload> {
    return deletion(context, input, () =>
      context.services.images.delete(context.actor, seenIn('Image', input)),
    );
  }
}

/** The image as it is after the change. */
async function answer(context: RequestContext, change: () => Promise<Seen>): Promise<ImagePayload> {
  const { done, userErrors } = await attemptOn(context, change, (id) => context.images.byId.load(id));
  return { image: done && new Image(done), userErrors };
}
