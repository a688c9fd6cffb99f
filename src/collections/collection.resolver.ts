import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Article } from '../articles';
import type { RequestContext } from '../context';
import { decodeSlug } from '../core/text';
import { Collection } from './collection.type';

@Resolver(() => Collection)
export class CollectionResolver {
  @Query(() => Collection, { nullable: true })
  async collection(
    @Arg('slug', () => String) slug: string,
    @Ctx() { collections }: RequestContext,
  ): Promise<Collection | null> {
    const row = await collections.bySlug.load(decodeSlug(slug));
    return row && new Collection(row);
  }

  @Query(() => [Collection], { description: 'All of the site by slug; at most 500.' })
  async collections(@Ctx() { collections }: RequestContext): Promise<Collection[]> {
    return (await collections.all()).map((row) => new Collection(row));
  }

  @FieldResolver(() => [Article], {
    description: "In the editor's order, those that the viewer may see; at most 50.",
  })
  async articles(
    @Root() { row }: Collection,
    @Ctx() { articles, collections }: RequestContext,
  ): Promise<Article[]> {
    const held = await collections.articleIds.load(row.id);
    const found = await Promise.all(held.map(({ articleId }) => articles.byId.load(articleId)));
    return found.flatMap((article) => (article ? [new Article(article)] : []));
  }
}
