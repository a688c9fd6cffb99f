import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Info,
  Int,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Article, ArticleFilter, criteriaOf } from '../articles';
import { Author } from '../authors';
import { Category } from '../categories';
import type { RequestContext } from '../context';
import { badInput } from '../core/errors';
import { toPage } from '../core/paging';
import { ownFields } from '../graphql/selection';
import { TopicRelation } from '../relations/relation.type';
import { Topic } from '../topics';
import { MAX_COMPLETIONS } from './search.completions';
import type { SearchOrder } from './search.cursor';
import { countLanguages, countYears } from './search.facets';
import { highlightsOf } from './search.highlights';
import {
  AuthorFacet,
  CategoryFacet,
  Highlight,
  SearchConnection,
  SearchEdge,
  SearchFacets,
  SearchOrders,
  Suggestion,
  TopicFacet,
  ValueFacet,
} from './search.type';

@ArgsType()
class SearchArgs {
  @Field(() => String, {
    description:
      'Several words, all of which must be there; "a phrase"; -without; prefix*. At most 500 characters and 32 words.',
  })
  query!: string;

  @Field(() => Int, { nullable: true, description: 'How many: 1 to 100, 20 when absent.' })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'A cursor of the same search. It is good for a day; `extensions.reason` says why one is refused.',
  })
  after?: string | null;

  @Field(() => ArticleFilter, { nullable: true })
  filter?: ArticleFilter | null;

  @Field(() => SearchOrders, { defaultValue: 'RELEVANCE' })
  orderBy!: SearchOrder;
}

@Resolver(() => SearchConnection)
export class SearchResolver {
  @Query(() => SearchConnection, {
    description:
      'Articles by what their titles, standfirsts and bodies say, and by the names of their authors and topics, in whatever spelling.',
  })
  async search(
    @Args(() => SearchArgs) { query, first, after, filter, orderBy }: SearchArgs,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<SearchConnection> {
    const { size } = toPage({ first }, { name: orderBy, sort: 'number' });
    const result = await context.search.search({
      ...{ query, size, order: orderBy, after: after ?? null },
      criteria: await criteriaOf(context, filter),
    });
    // Facets look at all that was found, so that nobody has to count it beside that.
    if (ownFields(info).has('facets')) await result.matches();
    const rows = await Promise.all(result.hits.map(({ id }) => context.articles.byId.load(id)));
    const edges = result.hits.flatMap((hit, at) => {
      const row = rows[at];
      return row ? [new SearchEdge(hit, new Article(row), result)] : [];
    });
    return new SearchConnection(result, edges, after != null);
  }

  @Query(() => [Suggestion], {
    description:
      'Topics of which a name begins so, in any language and spelling, those that most articles carry first, then articles whose titles do.',
  })
  async autocomplete(
    @Arg('prefix', () => String) prefix: string,
    @Arg('first', () => Int, { defaultValue: 8, description: `1 to ${MAX_COMPLETIONS}.` }) first: number,
    @Ctx() { search, articles, topics }: RequestContext,
  ): Promise<Suggestion[]> {
    if (first < 1 || first > MAX_COMPLETIONS)
      throw badInput('first', `"first" must be from 1 to ${MAX_COMPLETIONS}; it is ${first}.`);
    const completions = await search.completions(prefix, first);
    const suggestions = await Promise.all(
      completions.map(async ({ kind, id, text }): Promise<Suggestion | null> => {
        if (kind === 'topic') {
          const row = await topics.byId.load(id);
          return row && { text, node: new Topic(row) };
        }
        const row = await articles.byId.load(id);
        return row && { text, node: new Article(row) };
      }),
    );
    return suggestions.flatMap((suggestion) => suggestion ?? []);
  }

  @FieldResolver(() => Int, {
    description:
      'How many articles match, for this viewer; at least so many where `totalCountIsExact` is false.',
  })
  async totalCount(@Root() { result }: SearchConnection): Promise<number> {
    return (await result.counted()).count;
  }

  @FieldResolver(() => Boolean, {
    description:
      'False where more than 1,500 match: the newest of them are counted. Also where there is a filter and more have the words than are looked at: 20,000, or 200,000 where the filter asks for topics, categories or authors of few articles; the pages end there, too.',
  })
  async totalCountIsExact(@Root() { result }: SearchConnection): Promise<boolean> {
    return (await result.counted()).exact;
  }

  @FieldResolver(() => SearchFacets)
  async facets(@Root() { result }: SearchConnection): Promise<SearchFacets> {
    return new SearchFacets(await result.matches());
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The query with its misspelt words as they may have been meant, where it finds nothing and that does.',
  })
  suggestion(
    @Root() { result }: SearchConnection,
    @Ctx() { search }: RequestContext,
  ): Promise<string | null> {
    return search.suggestion(result);
  }

  @FieldResolver(() => [Topic], {
    description:
      'Topics of which the query has a whole name or alias; at most 5, those with the longest names first.',
  })
  async topics(@Root() { result }: SearchConnection, @Ctx() context: RequestContext): Promise<Topic[]> {
    const named = await context.search.topicsNamed(result);
    const rows = await Promise.all(named.map(({ id }) => context.topics.byId.load(id)));
    return rows.flatMap((row) => (row ? [new Topic(row)] : []));
  }

  @FieldResolver(() => TopicRelation, {
    nullable: true,
    description: 'How the topics are covered together, when the query names two: "pakistan taliban".',
  })
  async relation(
    @Root() { result }: SearchConnection,
    @Ctx() context: RequestContext,
  ): Promise<TopicRelation | null> {
    const pair = await context.search.pairNamed(result);
    const rows = await Promise.all(pair.map((id) => context.topics.byId.load(id)));
    const topics = rows.flatMap((row) => (row ? [new Topic(row)] : []));
    if (topics.length !== 2) return null;
    const relation = await context.relations.relation(pair, null, true);
    return new TopicRelation(relation, topics);
  }
}

@Resolver(() => SearchEdge)
export class SearchEdgeResolver {
  @FieldResolver(() => [Highlight], { description: 'Only of fields that have something.' })
  highlights(@Root() { node, result }: SearchEdge, @Ctx() context: RequestContext): Promise<Highlight[]> {
    return highlightsOf(context, result.highlighter(), node.row);
  }
}

@Resolver(() => SearchFacets)
export class SearchFacetsResolver {
  @FieldResolver(() => [CategoryFacet], { description: 'With everything below them, as a filter has it.' })
  async categories(
    @Root() { matches }: SearchFacets,
    @Ctx() { search, categories }: RequestContext,
  ): Promise<CategoryFacet[]> {
    const counts = await search.facet('category', matches);
    const rows = await Promise.all(counts.map(({ value }) => categories.byId.load(value)));
    return counts.flatMap(({ count }, at) => {
      const row = rows[at];
      return row ? [{ category: new Category(row), count }] : [];
    });
  }

  @FieldResolver(() => [TopicFacet], { description: 'With everything below them, as a filter has it.' })
  async topics(
    @Root() { matches }: SearchFacets,
    @Ctx() { search, topics }: RequestContext,
  ): Promise<TopicFacet[]> {
    const counts = await search.facet('topic', matches);
    const rows = await Promise.all(counts.map(({ value }) => topics.byId.load(value)));
    return counts.flatMap(({ count }, at) => {
      const row = rows[at];
      return row ? [{ topic: new Topic(row), count }] : [];
    });
  }

  @FieldResolver(() => [AuthorFacet])
  async authors(
    @Root() { matches }: SearchFacets,
    @Ctx() { search, authors }: RequestContext,
  ): Promise<AuthorFacet[]> {
    const counts = await search.facet('author', matches);
    const rows = await Promise.all(counts.map(({ value }) => authors.byId.load(value)));
    return counts.flatMap(({ count }, at) => {
      const row = rows[at];
      return row ? [{ author: new Author(row), count }] : [];
    });
  }

  @FieldResolver(() => [ValueFacet])
  languages(@Root() { matches }: SearchFacets): ValueFacet[] {
    return countLanguages(matches);
  }

  @FieldResolver(() => [ValueFacet], {
    description: 'Of publication, in UTC; the newest first, however many.',
  })
  years(@Root() { matches }: SearchFacets): ValueFacet[] {
    return countYears(matches);
  }
}
