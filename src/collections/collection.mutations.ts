import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import type { Seen } from '../core/revision';
import { DeletePayload, deletion, SeenInput, seenIn } from '../graphql/deletion';
import { given, keyIn, keysIn, mustHaveValue } from '../graphql/input';
import { attempt, type Outcome } from '../graphql/user-errors';
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
  async createCollection(
    @Arg('input', () => CreateCollectionInput) { articles, ...input }: CreateCollectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CollectionPayload> {
    const made = await attempt(() =>
      context.services.collections.create(context.actor, {
        ...given(input),
        ...(articles ? { articles: keysIn('Article', 'articles', articles) } : {}),
      }),
    );
    return payload(context, made);
  }

  @Mutation(() => CollectionPayload)
  async updateCollection(
    @Arg('input', () => UpdateCollectionInput) input: UpdateCollectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CollectionPayload> {
    const done = await attempt(() => {
      const { articles, title, slug } = mustHaveValue(input, ['articles', 'title', 'slug']);
      return context.services.collections.update(context.actor, seenIn('Collection', input), {
        ...given({ title, slug }),
        ...(articles ? { articles: keysIn('Article', 'articles', articles) } : {}),
      });
    });
    return payload(context, done);
  }

  @Mutation(() => CollectionPayload, {
    description:
      'Puts one article in its place, or moves it there. Needs no revision: to do it twice is to do it once.',
  })
  async placeInCollection(
    @Arg('input', () => PlaceInCollectionInput) { id, article, position }: PlaceInCollectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CollectionPayload> {
    const done = await attempt(() =>
      context.services.collections.place(
        context.actor,
        keyIn('Collection', 'id', id),
        keyIn('Article', 'article', article),
        position,
      ),
    );
    return payload(context, done);
  }

  @Mutation(() => CollectionPayload, {
    description: 'Takes one article out. To do it twice is to do it once.',
  })
  async removeFromCollection(
    @Arg('input', () => RemoveFromCollectionInput) { id, article }: RemoveFromCollectionInput,
    @Ctx() context: RequestContext,
  ): Promise<CollectionPayload> {
    const done = await attempt(() =>
      context.services.collections.remove(
        context.actor,
        keyIn('Collection', 'id', id),
        keyIn('Article', 'article', article),
      ),
    );
    return payload(context, done);
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
async function payload(
  context: RequestContext,
  { done, userErrors }: Outcome<Seen>,
): Promise<CollectionPayload> {
  context.forget();
  const row = done && (await context.collections.byId.load(done.id));
  return { collection: row && new Collection(row), userErrors };
}
