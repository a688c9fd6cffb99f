import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Seen } from '../core/revision';
import { DeletePayload, deletion, SeenInput, seenIn } from '../graphql/deletion';
import { given, keyIn, keysIn, mustHaveValue } from '../graphql/input';
import { attemptOn } from '../graphql/user-errors';
import {
  CollectionPayload,
  CreateCollectionInput,
  PlaceInCollectionInput,
  RemoveFromCollectionInput,
  UpdateCollectionInput,
} from './collection.payload';
import { Collection } from './collection.type';

@Resolver()
export class CollectionMutations {
  @Mutation(() => CollectionPayload)
  createCollection(
    @Arg('input', () => CreateCollectionInput) input: CreateCollectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CollectionPayload> {
    return answer(context, () => {
      const { articles, idempotencyKey, ...draft } = given(input);
      const once = context.services.idempotency.once({ operation: 'createCollection', input });
      const fields = {
        ...draft,
        ...(articles ? { articles: keysIn('Article', 'articles', articles) } : {}),
      };
      return context.services.collections.create(context.actor, fields, once);
    });
  }

  @Mutation(() => CollectionPayload)
  updateCollection(
    @Arg('input', () => UpdateCollectionInput) input: UpdateCollectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CollectionPayload> {
    return answer(context, () => {
      const { articles, title, slug } = mustHaveValue(input, ['articles', 'title', 'slug']);
      return context.services.collections.update(context.actor, seenIn('Collection', input), {
        ...given({ title, slug }),
        ...(articles ? { articles: keysIn('Article', 'articles', articles) } : {}),
      });
    });
  }

  @Mutation(() => CollectionPayload, {
    description:
      'Puts one article in its place, or moves it there. Needs no revision: to do it twice is to do it once.',
  })
  placeInCollection(
    @Arg('input', () => PlaceInCollectionInput) { id, article, position }: PlaceInCollectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CollectionPayload> {
    return answer(context, () =>
      context.services.collections.place(
        context.actor,
        keyIn('Collection', 'id', id),
        keyIn('Article', 'article', article),
        position,
      ),
    );
  }

  @Mutation(() => CollectionPayload, {
    description: 'Takes one article out. To do it twice is to do it once.',
  })
  removeFromCollection(
    @Arg('input', () => RemoveFromCollectionInput) { id, article }: RemoveFromCollectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CollectionPayload> {
    return answer(context, () =>
      context.services.collections.remove(
        context.actor,
        keyIn('Collection', 'id', id),
        keyIn('Article', 'article', article),
      ),
    );
  }

  @Mutation(() => DeletePayload, { description: 'The articles stay.' })
  deleteCollection(
    @Arg('input', () => SeenInput) input: SeenInput,
    @Ctx() context: RequestContext,
  ): Promise<DeletePayload> {
    return deletion(context, input, () =>
      context.services.collections.delete(context.actor, seenIn('Collection', input)),
    );
  }
}

/** The collection as it is after the change. */
async function answer(context: RequestContext, change: () => Promise<Seen>): Promise<CollectionPayload> {
  const { done, userErrors } = await attemptOn(context, change, (id) => context.collections.byId.load(id));
  return { collection: done && new Collection(done), userErrors };
}
