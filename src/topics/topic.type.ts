import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { globalId } from '../core/ids';
import { oncePer } from '../core/once-per';
import type { TopicKind, TopicSource } from '../database';
import { connectionType } from '../graphql/connections';
import { Node } from '../graphql/node.type';
import { LanguageTag } from '../graphql/scalars';
import type { CarriedTopic, LocalName, TopicFacts } from './topic';

export const TopicKinds = {
  PLACE: 'PLACE',
  PERSON: 'PERSON',
  ORGANISATION: 'ORGANISATION',
  EVENT: 'EVENT',
  SUBJECT: 'SUBJECT',
} as const;
registerEnumType(TopicKinds, { name: 'TopicKind' });

export const TopicSources = { EDITOR: 'EDITOR', IMPORT: 'IMPORT', MACHINE: 'MACHINE' } as const;
registerEnumType(TopicSources, { name: 'TopicSource', description: 'Who gave the article the topic.' });

export const TopicOrders = { NAME: 'NAME', MOST_COVERED: 'MOST_COVERED' } as const;
registerEnumType(TopicOrders, { name: 'TopicOrder' });

@ObjectType({
  description: 'What a topic is called in one language: "TTP", "Tehrik-i-Taliban Pakistan".',
  simpleResolvers: true,
})
export class LocalizedName implements LocalName {
  @Field(() => LanguageTag)
  language!: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String])
  aliases!: string[];
}

@ObjectType({ implements: Node, simpleResolvers: true })
export class Topic extends Node {
  readonly __typename = 'Topic';

  @Field(() => ID)
  override id: string;

  @Field(() => String)
  slug: string;

  @Field(() => TopicKinds)
  kind: TopicKind;

  @Field(() => String, { nullable: true })
  description: string | null;

  @Field(() => String, { nullable: true, description: 'E.g. "Q889".' })
  wikidataId: string | null;

  @Field(() => Int, { description: 'Rises by one at every change.' })
  revision: number;

  constructor(readonly row: TopicFacts) {
    super();
    this.id = globalId('Topic', row.id);
    this.slug = row.slug;
    this.kind = row.kind;
    this.description = row.description;
    this.wikidataId = row.wikidataId;
    this.revision = row.revision;
  }
}

/** The topic of a row that is kept, and so shown again and again. */
const keptTopic = oncePer((row: TopicFacts) => new Topic(row));

export const TopicConnection = connectionType('Topic', () => Topic);

@ObjectType({ description: 'A topic as an article carries it.', simpleResolvers: true })
export class ArticleTopic {
  @Field(() => Topic)
  topic: Topic;

  @Field(() => Float, { description: 'From 0 to 1: how much the article is about it.' })
  salience: number;

  @Field(() => Int, { description: 'How often the text names it; 0 where nobody counted.' })
  mentions: number;

  @Field(() => TopicSources)
  source: TopicSource;

  constructor({ topic, salience, mentions, source }: CarriedTopic) {
    this.topic = keptTopic(topic);
    this.salience = salience;
    this.mentions = mentions;
    this.source = source;
  }
}
