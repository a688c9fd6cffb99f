import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Instant } from '../core/clock';
import { globalIdsOf } from '../core/ids';
import { directionOf } from '../core/text';
import type { ArticleKind } from '../database';
import { connectionType } from '../graphql/connections';
import { Node } from '../graphql/node.type';
import { DateTime, LanguageTag, Url } from '../graphql/scalars';
import { type ArticleRow, readingMinutes } from './article';
import type { Permissions } from './article.policy';
import type { BodyRow } from './article.reads';

const idOf = globalIdsOf('Article');

export const ArticleKinds = { ARTICLE: 'ARTICLE', PAGE: 'PAGE' } as const;
registerEnumType(ArticleKinds, { name: 'ArticleKind' });

export const ArticleStatuses = {
  DRAFT: 'DRAFT',
  SCHEDULED: 'SCHEDULED',
  PUBLISHED: 'PUBLISHED',
  WITHDRAWN: 'WITHDRAWN',
} as const;
registerEnumType(ArticleStatuses, { name: 'ArticleStatus' });

export const ArticleOrders = {
  NEWEST: 'NEWEST',
  OLDEST: 'OLDEST',
  RECENTLY_UPDATED: 'RECENTLY_UPDATED',
} as const;
registerEnumType(ArticleOrders, {
  name: 'ArticleOrder',
  description: 'Articles without a publication date come last.',
});

export const TextDirections = { LTR: 'LTR', RTL: 'RTL' } as const;
registerEnumType(TextDirections, { name: 'TextDirection' });

@ObjectType({
  description: 'Where and by whom the news was filed: "KARACHI, DID Press".',
  simpleResolvers: true,
})
export class Dateline {
  @Field(() => String, { nullable: true })
  place!: string | null;

  @Field(() => String, { nullable: true })
  source!: string | null;
}

@ObjectType({ description: 'What was wrong with an article, and was put right.', simpleResolvers: true })
export class Correction {
  @Field(() => String)
  text!: string;

  @Field(() => DateTime)
  at!: Instant;
}

@ObjectType({ description: 'Under what conditions an article may be used.', simpleResolvers: true })
export class Rights {
  @Field(() => String, { nullable: true, description: 'Whom to name.' })
  credit: string | null;

  @Field(() => String, { nullable: true, description: 'A name or an address of the terms.' })
  licence: string | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Where it may be used, as ISO 3166-1 or UN M49 call it; null for everywhere. At most 300.',
  })
  territories: readonly string[] | null;

  @Field(() => DateTime, { nullable: true })
  embargoUntil: Instant | null;

  @Field(() => DateTime, { nullable: true })
  expiresAt: Instant | null;

  @Field(() => Boolean, { description: 'Whether machines may learn from it.' })
  textAndDataMining: boolean;

  constructor(row: ArticleRow) {
    this.credit = row.credit;
    this.licence = row.licence;
    this.territories = row.territories;
    this.embargoUntil = row.embargoUntil;
    this.expiresAt = row.expiresAt;
    this.textAndDataMining = row.textAndDataMining;
  }
}

@ObjectType({ simpleResolvers: true })
export class ArticleBody {
  @Field(() => String, { description: 'Sanitised when it was written.' })
  html: string;

  @Field(() => Int)
  wordCount: number;

  @Field(() => Int, { description: 'Whole minutes at 200 words a minute, rounded up.' })
  readingMinutes: number;

  constructor(readonly row: BodyRow) {
    this.html = row.html;
    this.wordCount = row.wordCount;
    this.readingMinutes = readingMinutes(row.wordCount);
  }
}

@ObjectType({ implements: Node, simpleResolvers: true })
export class Article extends Node {
  readonly __typename = 'Article';

  @Field(() => ID)
  override id: string;

  @Field(() => String)
  slug: string;

  @Field(() => ArticleKinds)
  kind: ArticleKind;

  @Field(() => String, { description: "The path on the publisher's site." })
  path: string;

  @Field(() => Url, { nullable: true })
  canonicalUrl: string | null;

  @Field(() => LanguageTag)
  language: string;

  @Field(() => TextDirections, { description: 'From the language.' })
  direction: 'LTR' | 'RTL';

  @Field(() => String)
  title: string;

  @Field(() => String, { nullable: true, description: 'What WordPress calls the excerpt.' })
  standfirst: string | null;

  @Field(() => Dateline, { nullable: true })
  dateline: Dateline | null;

  @Field(() => String, { nullable: true })
  byline: string | null;

  @Field(() => Boolean, { description: "WordPress's sticky." })
  pinned: boolean;

  @Field(() => DateTime, { nullable: true, description: 'Null until published or scheduled.' })
  publishedAt: Instant | null;

  @Field(() => DateTime)
  updatedAt: Instant;

  @Field(() => Int, { description: 'Approved comments that a reader can reach.' })
  commentCount: number;

  @Field(() => Int, { description: 'Rises by one at every change.' })
  revision: number;

  constructor(readonly row: ArticleRow) {
    super();
    this.id = idOf(row.id);
    this.slug = row.slug;
    this.kind = row.kind;
    this.path = row.path;
    this.canonicalUrl = row.canonicalUrl;
    this.language = row.language;
    this.direction = directionOf(row.language);
    this.title = row.title;
    this.standfirst = row.standfirst;
    this.dateline = datelineOf(row);
    this.byline = row.byline;
    this.pinned = row.pinned;
    this.publishedAt = row.publishedAt;
    this.updatedAt = row.updatedAt;
    this.commentCount = row.commentCount;
    this.revision = row.revision;
  }
}

@ObjectType({ description: 'What the viewer may do to the article.', simpleResolvers: true })
export class ArticlePermissions implements Permissions {
  @Field(() => Boolean)
  edit!: boolean;

  @Field(() => Boolean)
  publish!: boolean;

  @Field(() => Boolean)
  withdraw!: boolean;
}

export const ArticleConnection = connectionType('Article', () => Article);

function datelineOf({ datelinePlace: place, datelineSource: source }: ArticleRow): Dateline | null {
  return place === null && source === null ? null : { place, source };
}
