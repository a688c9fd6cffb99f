import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Article } from '../articles/article.type';
import type { Instant } from '../core/clock';
import { DateTime } from '../graphql/scalars';
import { Topic } from '../topics/topic.type';
import { startOf } from './days';
import type { RelatedMode } from './related-topics';
import type { FoundBurst, Relation } from './relation';
import type { Coverage } from './timeline';
import type { TrendWindow } from './trending';

export const RelatedTopicModes = {
  COVERED_WITH: 'COVERED_WITH',
  ASSOCIATED: 'ASSOCIATED',
  DISTINCTIVE: 'DISTINCTIVE',
  RISING: 'RISING',
} as const satisfies { readonly [M in RelatedMode]: M };
registerEnumType(RelatedTopicModes, {
  name: 'RelatedTopicMode',
  valuesConfig: {
    COVERED_WITH: {
      description:
        "The share of the topic's articles that carry the other too, of topics with a lift above 1. Without a window articles count half after 60 days, counted back from the newest.",
    },
    ASSOCIATED: { description: 'Articles that carry both times npmi, of significant ones.' },
    DISTINCTIVE: { description: 'npmi, where at least five articles carry both.' },
    RISING: { description: 'z of the newest complete week against the weeks before it.' },
  },
});

export const TrendWindows = { DAY: 'DAY', WEEK: 'WEEK', MONTH: 'MONTH' } as const satisfies {
  readonly [W in TrendWindow]: W;
};
registerEnumType(TrendWindows, {
  name: 'TrendWindow',
  description: 'The last 1, 7 or 30 days, up to that of the newest article.',
});

@ObjectType({ simpleResolvers: true })
export class TopicCount {
  @Field(() => Topic)
  topic!: Topic;

  @Field(() => Int)
  articleCount!: number;
}

@ObjectType({ simpleResolvers: true })
export class ConditionalShare {
  @Field(() => Topic)
  given!: Topic;

  @Field(() => Topic)
  topic!: Topic;

  @Field(() => Float, {
    nullable: true,
    description:
      'Of the articles about `given` the share that is about `topic` too; null where there are none.',
  })
  share!: number | null;
}

@ObjectType({
  description:
    'How much topics belong together. The measures are null where fewer than 3 articles carry all of them.',
  simpleResolvers: true,
})
export class Association {
  @Field(() => Int, { description: 'All articles of the window.' })
  total!: number;

  @Field(() => [TopicCount])
  each!: TopicCount[];

  @Field(() => Float, { description: 'Articles that would carry all by chance.' })
  expected!: number;

  @Field(() => Float, { nullable: true, description: 'How many times as often as by chance.' })
  lift!: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Normalised pointwise mutual information: from -1, never together, over 0, by chance, to 1, only together.',
  })
  npmi!: number | null;

  @Field(() => Float, { nullable: true, description: 'The articles about all of them, of those about any.' })
  jaccard!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'G2 of two topics, negative where they are together less often than by chance.',
  })
  logLikelihood!: number | null;

  @Field(() => [ConditionalShare], { description: 'For every ordered pair.' })
  conditional!: ConditionalShare[];

  @Field(() => Boolean, { description: 'Of every two of them: p < .001 that it is chance.' })
  significant!: boolean;
}

@ObjectType({ simpleResolvers: true })
export class CoverageBucket {
  @Field(() => DateTime)
  start: Instant;

  @Field(() => DateTime, { description: 'Exclusive.' })
  end: Instant;

  @Field(() => Int)
  count: number;

  @Field(() => Int, { description: 'All articles of the bucket.' })
  total: number;

  @Field(() => Float, { description: 'count / total; 0 where there are none.' })
  share: number;

  @Field(() => Float, {
    nullable: true,
    description: 'What was to be expected by the buckets before; null in the first.',
  })
  baseline: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'How far the count is from the baseline, in standard deviations; null in the first.',
  })
  z: number | null;

  constructor(readonly coverage: Coverage) {
    this.start = startOf(coverage.days.from);
    this.end = startOf(coverage.days.to);
    this.count = coverage.count;
    this.total = coverage.total;
    this.share = coverage.share;
    this.baseline = coverage.baseline;
    this.z = coverage.z;
  }
}

@ObjectType({ description: 'Days on which it was in the news far more than usual.', simpleResolvers: true })
export class Burst {
  @Field(() => DateTime)
  start: Instant;

  @Field(() => DateTime, { description: 'Exclusive.' })
  end: Instant;

  @Field(() => Float, { description: 'How strong it was; comparable within one relation.' })
  weight: number;

  constructor(readonly found: FoundBurst) {
    this.start = startOf(found.days.from);
    this.end = startOf(found.days.to);
    this.weight = found.weight;
  }
}

@ObjectType({ description: 'A topic through which the others hang together.', simpleResolvers: true })
export class Connector {
  @Field(() => Topic)
  topic!: Topic;

  @Field(() => Float, {
    nullable: true,
    description: 'G2 of "about all of them" against "about some of them"; null below 3 articles.',
  })
  logLikelihood!: number | null;

  @Field(() => Int, { description: 'Articles that carry it and all of them.' })
  articleCount!: number;

  @Field(() => Boolean, {
    description:
      'Whether it was never seen with all of them before the window; never so without a beginning.',
  })
  newInWindow!: boolean;
}

@ObjectType({ simpleResolvers: true })
export class RelatedTopic {
  @Field(() => Topic)
  topic!: Topic;

  @Field(() => Float, { description: 'By the mode; comparable within one list.' })
  score!: number;

  @Field(() => Int, { description: 'Articles that carry both.' })
  articleCount!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Null, as the two below, where fewer than 3 articles carry both.',
  })
  lift!: number | null;

  @Field(() => Float, { nullable: true })
  npmi!: number | null;

  @Field(() => Float, { nullable: true })
  logLikelihood!: number | null;
}

@ObjectType({ simpleResolvers: true })
export class TrendingTopic {
  @Field(() => Topic)
  topic!: Topic;

  @Field(() => Float, { description: 'How far above the year before, in standard deviations.' })
  z!: number;

  @Field(() => Int, { description: 'In the window.' })
  articleCount!: number;
}

@ObjectType({
  description:
    'How 2 to 5 topics are covered together. What counts is what readers can see now, whoever asks.',
  simpleResolvers: true,
})
export class TopicRelation {
  @Field(() => ID, { description: 'Of the topics, whatever their order, the window and includeDescendants.' })
  id: string;

  @Field(() => [Topic], { description: 'In the order in which they were asked for.' })
  topics: Topic[];

  constructor(
    readonly relation: Relation,
    topics: readonly Topic[],
  ) {
    this.id = idOf(relation);
    this.topics = [...topics];
  }
}

/** Opaque; in the alphabet of other ids. */
function idOf({ query: { topics, window, includeDescendants } }: Relation): string {
  const keys = [...topics].sort((a, b) => a - b).join('+');
  const ends = [window.from, window.to].map((day) => day ?? '').join('..');
  return Buffer.from(`Relation:${keys}:${ends}:${includeDescendants ? 1 : 0}`).toString('base64url');
}

export const RelatedReasonKinds = {
  SHARED_TOPIC: 'SHARED_TOPIC',
  SIMILAR_TEXT: 'SIMILAR_TEXT',
  SAME_STORY: 'SAME_STORY',
} as const;
registerEnumType(RelatedReasonKinds, {
  name: 'RelatedReasonKind',
  valuesConfig: {
    SHARED_TOPIC: { description: 'Both carry the topic.' },
    SIMILAR_TEXT: { description: 'Both have words that tell most of the article.' },
    SAME_STORY: { description: 'It is nearly the same text, published at most 3 days before or after.' },
  },
});

@ObjectType({ description: 'Why an article is related.', simpleResolvers: true })
export class RelatedReason {
  @Field(() => RelatedReasonKinds)
  kind!: keyof typeof RelatedReasonKinds;

  @Field(() => Topic, { nullable: true, description: 'That both carry; null for another reason.' })
  topic!: Topic | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of similar texts up to 5 words that both have, as the article has them; null for another reason.',
  })
  text!: string | null;
}

@ObjectType({ simpleResolvers: true })
export class RelatedArticle {
  @Field(() => Article)
  article!: Article;

  @Field(() => Float, { description: 'Comparable within one list.' })
  score!: number;

  @Field(() => [RelatedReason], { description: 'The most telling first; at most 3.' })
  reasons!: RelatedReason[];
}

/** Of every argument that is one. */
export const WINDOW = {
  nullable: true,
  description:
    'Whole days of UTC: an instant within a day is widened to the whole of it. An end that is absent is that of the archive. At most 200 years.',
} as const;
