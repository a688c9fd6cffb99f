import { ArgsType, Field, InputType } from 'type-graphql';
import type { Instant } from '../core/clock';
import type { ArticleKind, ArticleStatus } from '../database';
import { ConnectionArgs } from '../graphql/connections';
import { DateTime, LanguageTag } from '../graphql/scalars';
import type { ArticleFilter as Filter, SlugSelection } from './article.filter';
import type { ArticleOrder } from './article.query';
import { ArticleKinds, ArticleOrders, ArticleStatuses } from './article.type';

@InputType({
  description: 'Slugs of which an article must carry all, at least one, or none. At most 50 each.',
})
class Selection implements SlugSelection {
  @Field(() => [String], { nullable: true })
  all?: string[] | null;

  @Field(() => [String], { nullable: true })
  any?: string[] | null;

  @Field(() => [String], { nullable: true })
  none?: string[] | null;

  @Field(() => Boolean, {
    defaultValue: true,
    description: 'Whether an article about Karachi carries Pakistan.',
  })
  includeDescendants!: boolean;
}

@InputType({ description: 'All that is given must hold.' })
export class ArticleFilter implements Filter {
  @Field(() => Selection, { nullable: true })
  topics?: Selection | null;

  @Field(() => Selection, { nullable: true })
  categories?: Selection | null;

  @Field(() => [String], { nullable: true, description: 'Slugs, any of them.' })
  authors?: string[] | null;

  @Field(() => [LanguageTag], {
    nullable: true,
    description: 'Any of them, by their whole tags: "fa" does not mean "fa-AF".',
  })
  languages?: string[] | null;

  @Field(() => DateTime, { nullable: true, description: 'Inclusive.' })
  publishedFrom?: Instant | null;

  @Field(() => DateTime, { nullable: true, description: 'Exclusive.' })
  publishedBefore?: Instant | null;

  @Field(() => [ArticleStatuses], { nullable: true, description: 'For staff; others see PUBLISHED only.' })
  status?: ArticleStatus[] | null;

  @Field(() => ArticleKinds, { nullable: true, description: 'ARTICLE when absent.' })
  kind?: ArticleKind | null;
}

@ArgsType()
export class ArticleListArgs extends ConnectionArgs {
  @Field(() => ArticleFilter, { nullable: true })
  filter?: ArticleFilter | null;

  @Field(() => ArticleOrders, { defaultValue: 'NEWEST' })
  orderBy!: ArticleOrder;
}

@ArgsType()
export class SubjectArticleListArgs extends ArticleListArgs {
  @Field(() => Boolean, { defaultValue: true })
  includeDescendants!: boolean;
}
