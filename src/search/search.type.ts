import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Article } from '../articles';
import { Author } from '../authors';
import { Category } from '../categories';
import { PageInfo } from '../graphql/connections';
import { Node } from '../graphql/node.type';
import { Topic } from '../topics';
import type { FieldHighlight } from './search.highlights';
import type { Hit, SearchResult } from './search.reads';
import type { Matches } from './search.relevance';

export const SearchOrders = { RELEVANCE: 'RELEVANCE', NEWEST: 'NEWEST' } as const;
registerEnumType(SearchOrders, {
  name: 'SearchOrder',
  description:
    'RELEVANCE ranks the newest 1,500 articles that match; the newer of two that answer alike comes first. NEWEST goes through all of them by date, where there is a filter as far as `totalCountIsExact` says.',
});

@ObjectType({ description: 'What of an article answers the query.', simpleResolvers: true })
export class Highlight implements FieldHighlight {
  @Field(() => String, { description: 'title, standfirst, body, authors or topics.' })
  field!: string;

  @Field(() => [String], {
    description:
      'Safe HTML, with <mark> around what was searched for: a title and a standfirst as a whole, of a body at most three pieces, of authors and topics their names.',
  })
  fragments!: string[];
}

@ObjectType({ simpleResolvers: true })
export class SearchEdge {
  @Field(() => Article)
  readonly node: Article;

  @Field(() => Float, {
    description:
      'How well the article answers the query, to be compared within one search only; 0 in the order NEWEST.',
  })
  readonly score: number;

  private madeCursor: string | null = null;

  constructor(
    private readonly hit: Hit,
    node: Article,
    readonly result: SearchResult,
  ) {
    this.node = node;
    this.score = hit.score;
  }

  @Field(() => String)
  get cursor(): string {
    this.madeCursor ??= this.hit.cursor();
    return this.madeCursor;
  }
}

@ObjectType({ simpleResolvers: true })
export class CategoryFacet {
  @Field(() => Category)
  category!: Category;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ simpleResolvers: true })
export class TopicFacet {
  @Field(() => Topic)
  topic!: Topic;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ simpleResolvers: true })
export class AuthorFacet {
  @Field(() => Author)
  author!: Author;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ simpleResolvers: true })
export class ValueFacet {
  @Field(() => String)
  value!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({
  description: 'How many of the matches have what: what a filter by it would leave. At most 20 values each.',
  simpleResolvers: true,
})
export class SearchFacets {
  @Field(() => Boolean, {
    description:
      'False where more than 1,500 match, or a filter left out most of very many: the newest of them are counted.',
  })
  readonly exact: boolean;

  constructor(readonly matches: Matches) {
    this.exact = matches.exact;
  }
}

@ObjectType({ simpleResolvers: true })
export class SearchConnection {
  @Field(() => [SearchEdge])
  readonly edges: SearchEdge[];

  @Field(() => PageInfo)
  readonly pageInfo: PageInfo;

  constructor(
    readonly result: SearchResult,
    edges: SearchEdge[],
    hasPreviousPage: boolean,
  ) {
    this.edges = edges;
    this.pageInfo = {
      hasNextPage: result.hasNextPage,
      hasPreviousPage,
      get startCursor() {
        return edges[0]?.cursor ?? null;
      },
      get endCursor() {
        return edges.at(-1)?.cursor ?? null;
      },
    };
  }
}

@ObjectType({ description: 'What somebody who has begun to type may want.', simpleResolvers: true })
export class Suggestion {
  @Field(() => String)
  text!: string;

  @Field(() => Node)
  node!: Article | Topic;
}
