import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../context';
import { ArticleFilter } from './article.input';
import { Article } from './article.type';
import type { Published } from './publications/article-publications';

interface Subscribed {
  readonly args: { readonly filter?: ArticleFilter | null };
  readonly context: RequestContext;
}

@Resolver()
export class ArticleSubscriptions {
  @Subscription(() => Article, {
    description:
      'Articles that the viewer may see, as they are published or their embargo ends; each once, however often it is taken back and published again.',
    subscribe: ({ args: { filter }, context: { actor, services } }: Subscribed) =>
      services.publications.subscribe(actor, filter ?? null),
  })
  articlePublished(
    @Root() { article }: Published,
    @Arg('filter', () => ArticleFilter, { nullable: true }) _filter: ArticleFilter | null,
  ): Article {
    return new Article(article);
  }
}
