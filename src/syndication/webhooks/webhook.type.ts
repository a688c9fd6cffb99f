import { Field, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import type { Instant } from '../../core/clock';
import { globalId } from '../../core/ids';
import type { DeliveryState, WebhookStatus } from '../../database';
import { connectionType } from '../../graphql/connections';
import { DateTime } from '../../graphql/scalars';
import { type DeliveryRow, messageId, type WebhookRow } from './webhook';

export const WebhookStatuses = {
  ACTIVE: 'ACTIVE',
  PAUSED: 'PAUSED',
  DISABLED: 'DISABLED',
} as const satisfies { readonly [S in WebhookStatus]: S };
registerEnumType(WebhookStatuses, {
  name: 'WebhookStatus',
  valuesConfig: {
    PAUSED: { description: 'By somebody. What happens meanwhile comes when it is resumed.' },
    DISABLED: { description: 'By what happened: `reason` says what. It can be resumed.' },
  },
});

export const DeliveryStates = {
  PENDING: 'PENDING',
  DELIVERED: 'DELIVERED',
  FAILED: 'FAILED',
  SUPERSEDED: 'SUPERSEDED',
} as const satisfies { readonly [S in DeliveryState]: S };
registerEnumType(DeliveryStates, {
  name: 'WebhookDeliveryState',
  valuesConfig: {
    FAILED: { description: 'Given up after three days.' },
    SUPERSEDED: { description: 'Not sent: by then the partner could have the article no more.' },
  },
});

@ObjectType({
  description: 'Where a partner is told of changes as they come, by the Standard Webhooks specification.',
  simpleResolvers: true,
})
export class Webhook {
  @Field(() => ID)
  id: string;

  @Field(() => String)
  url: string;

  @Field(() => WebhookStatuses)
  status: WebhookStatus;

  @Field(() => String, { nullable: true, description: 'Why it was disabled.' })
  reason: string | null;

  @Field(() => Int, { description: 'Attempts that failed since one was answered with 2xx.' })
  failures: number;

  @Field(() => Int, { description: 'Up to which entry of the change log there are deliveries.' })
  sequence: number;

  @Field(() => DateTime)
  createdAt: Instant;

  constructor(readonly row: WebhookRow) {
    this.id = globalId('Webhook', row.id);
    this.url = row.url;
    this.status = row.status;
    this.reason = row.reason;
    this.failures = row.failures;
    this.sequence = row.position.seq;
    this.createdAt = row.createdAt;
  }
}

@ObjectType({ description: 'One change that a webhook is told of.', simpleResolvers: true })
export class WebhookDelivery {
  @Field(() => String, { description: 'The header `webhook-id`: the same however often it comes.' })
  messageId: string;

  @Field(() => Int, { description: 'Of the entry of the change log. `replayWebhook` takes it.' })
  sequence: number;

  @Field(() => ID, { description: 'The id of the article.' })
  item: string;

  @Field(() => Int)
  revision: number;

  @Field(() => String, { description: 'As `Change.op` has it.' })
  op: string;

  @Field(() => String, { description: 'As `Change.action` has it.' })
  action: string;

  @Field(() => DeliveryStates)
  state: DeliveryState;

  @Field(() => Int)
  attempts: number;

  @Field(() => DateTime, { nullable: true, description: 'While it is pending.' })
  nextAttemptAt: Instant | null;

  @Field(() => Int, {
    nullable: true,
    description: 'What was answered to the last attempt, if anything was.',
  })
  lastStatus: number | null;

  @Field(() => String, { nullable: true, description: 'What was wrong with the last attempt.' })
  lastError: string | null;

  @Field(() => DateTime)
  createdAt: Instant;

  @Field(() => DateTime, { nullable: true })
  finishedAt: Instant | null;

  constructor(row: DeliveryRow) {
    this.messageId = messageId(row);
    this.sequence = row.sequence;
    this.item = globalId('Article', row.articleId);
    this.revision = row.revision;
    this.op = row.op;
    this.action = row.action;
    this.state = row.state;
    this.attempts = row.attempts;
    this.nextAttemptAt = row.state === 'PENDING' ? row.nextAt : null;
    this.lastStatus = row.lastStatus;
    this.lastError = row.lastError;
    this.createdAt = row.createdAt;
    this.finishedAt = row.finishedAt;
  }
}

export const WebhookDeliveryConnection = connectionType('WebhookDelivery', () => WebhookDelivery);
