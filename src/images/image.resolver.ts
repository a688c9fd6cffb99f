import { Arg, Args, ArgsType, Ctx, Field, ID, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../context';
import { isNewsroom } from '../core/actor';
import { withinLength } from '../core/fields';
import { keyOf } from '../core/ids';
import { toPage } from '../core/paging';
import { normalise } from '../core/text';
import { type Connection, ConnectionArgs, connection } from '../graphql/connections';
import { NEWEST_FIRST } from './image';
import type { ImageQuery } from './image.store';
import { Image, ImageConnection } from './image.type';

/** Characters that are looked for at once. */
const MAX_MATCHING = 200;

@ArgsType()
class ImageListArgs extends ConnectionArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Words, or parts of them, of the file name, the alternative text, the caption and the credit: all of them, in whatever spelling.',
  })
  matching?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Whether an article has it as its lead image, published or not, or an author as a portrait. What stands in bodies is not counted.',
  })
  used?: boolean | null;
}

@Resolver(() => Image)
export class ImageResolver {
  @Query(() => Image, {
    nullable: true,
    description: 'For readers only what an article that they may see shows, or an author.',
  })
  image(@Arg('id', () => ID) id: string, @Ctx() context: RequestContext): Promise<Image | null> {
    const key = keyOf('Image', id);
    return key === null ? Promise.resolve(null) : visibleImage(context, key);
  }

  @Query(() => ImageConnection, { description: 'Those that came last first. For the newsroom.' })
  async images(
    @Args(() => ImageListArgs) args: ImageListArgs,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<Connection<Image>> {
    const page = toPage(args, NEWEST_FIRST);
    const query = queryOf(args);
    return connection({
      slice: await services.images.page(actor, query, page),
      order: NEWEST_FIRST,
      position: ({ id }) => ({ sort: id, key: id }),
      node: (row) => new Image(row),
      total: () => services.images.total(actor, query),
    });
  }
}

/** The image, where somebody shows it whom the viewer may see; the newsroom sees all. */
export async function visibleImage(
  { actor, articles, authors, images }: RequestContext,
  id: number,
): Promise<Image | null> {
  const isShown =
    isNewsroom(actor) || (await articles.showsImage.load(id)) || (await authors.showsImage.load(id));
  const row = isShown ? await images.byId.load(id) : null;
  return row && new Image(row);
}

function queryOf({ matching, used }: ImageListArgs): ImageQuery {
  const text = matching == null ? '' : normalise(withinLength('matching', matching, MAX_MATCHING));
  const words = text.split(' ').filter((word) => word !== '');
  return {
    ...(words.length === 0 ? {} : { words: [...new Set(words)] }),
    ...(used == null ? {} : { used }),
  };
}
