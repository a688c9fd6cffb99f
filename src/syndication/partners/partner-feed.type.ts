import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Article } from '../../articles';
import type { Instant } from '../../core/clock';
import { globalId } from '../../core/ids';
import { DateTime } from '../../graphql/scalars';
import type { Action, SyndicatedOp } from './meaning';
import type { SnapshotSlice, ToldChange } from './partner-feed.service';

export const ChangeOps = {
  PUBLISH: 'PUBLISH',
  UPDATE: 'UPDATE',
  CORRECT: 'CORRECT',
  KILL: 'KILL',
  WITHHOLD: 'WITHHOLD',
  RELEASE: 'RELEASE',
  EXPIRE: 'EXPIRE',
  REVOKE: 'REVOKE',
} as const satisfies { readonly [O in SyndicatedOp]: O };
registerEnumType(ChangeOps, {
  name: 'ChangeOp',
  description: 'What happened to an item, as far as the partner is concerned.',
  valuesConfig: {
    KILL: { description: 'It was withdrawn, for the reason in `note`. Whoever ever had it hears of it.' },
    WITHHOLD: { description: 'It was taken back for a while, or an embargo was laid upon it.' },
    RELEASE: {
      description: 'It became available to the partner: its embargo is over, or they are entitled to it now.',
    },
    EXPIRE: { description: 'Its rights ran out, or the time is over for which the partner may keep it.' },
    REVOKE: { description: 'The partner is not entitled to it any more.' },
  },
});

export const SyndicationActions = {
  USE: 'USE',
  REPLACE: 'REPLACE',
  HOLD: 'HOLD',
  REMOVE: 'REMOVE',
} as const satisfies { readonly [A in Action]: A };
registerEnumType(SyndicationActions, {
  name: 'SyndicationAction',
  description: 'What the partner has to do.',
  valuesConfig: {
    USE: { description: 'Take it: it is new to you.' },
    REPLACE: { description: 'Put it in the place of what you have.' },
    HOLD: { description: 'Show it no longer, until it comes again.' },
    REMOVE: { description: 'Delete it, wherever it is.' },
  },
});

@ObjectType({ simpleResolvers: true })
export class Change {
  @Field(() => String, { description: 'Goes on after this change.' })
  token: string;

  @Field(() => ID, { description: 'The id of the article.' })
  item: string;

  @Field(() => Int, {
    description:
      'Of the article when it happened. `article` is as it is now, and may be newer: do nothing about what you have in a newer revision already.',
  })
  revision: number;

  @Field(() => ChangeOps)
  op: SyndicatedOp;

  @Field(() => SyndicationActions)
  action: Action;

  @Field(() => DateTime)
  at: Instant;

  @Field(() => Article, { nullable: true, description: 'For USE and REPLACE.' })
  article: Article | null;

  @Field(() => String, { nullable: true, description: 'Why it was withdrawn, or what was corrected.' })
  note: string | null;

  constructor({ token, articleId, revision, op, action, at, article, note }: ToldChange) {
    this.token = token;
    this.item = globalId('Article', articleId);
    this.revision = revision;
    this.op = op;
    this.action = action;
    this.at = at;
    this.article = article && new Article(article);
    this.note = note;
  }
}

@ObjectType({ simpleResolvers: true })
export class ChangeFeed {
  @Field(() => [Change], { description: 'In the order of commits; at most `first`.' })
  changes!: readonly Change[];

  @Field(() => String, {
    description:
      'Goes on after these, and after what was passed over because you may not see it. Keep it with what you have applied.',
  })
  nextToken!: string;

  @Field(() => Boolean, { description: 'Whether there is more already: ask again without waiting.' })
  hasMore!: boolean;
}

@ObjectType({ simpleResolvers: true })
export class SnapshotPage {
  @Field(() => [Article], {
    description: 'The newest first; at most `first`, and now and then fewer, or none.',
  })
  articles: readonly Article[];

  @Field(() => String, { nullable: true, description: 'Null on the last page.' })
  nextToken: string | null;

  @Field(() => Boolean)
  hasMore: boolean;

  @Field(() => String, {
    description:
      'For `changes(after:)`: goes on from when the snapshot was begun, so that nothing is missed. The same on every page.',
  })
  changesToken: string;

  constructor({ articles, nextToken, hasMore, changesToken }: SnapshotSlice) {
    this.articles = articles.map((row) => new Article(row));
    this.nextToken = nextToken;
    this.hasMore = hasMore;
    this.changesToken = changesToken;
  }
}
