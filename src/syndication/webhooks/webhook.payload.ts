import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { UserError } from '../../graphql/user-errors';
import { Webhook } from './webhook.type';

@ObjectType({ simpleResolvers: true })
export class WebhookPayload {
  @Field(() => Webhook, { nullable: true, description: 'As it is now; null where there are errors.' })
  webhook!: Webhook | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@ObjectType({ simpleResolvers: true })
export class WebhookSecretPayload {
  @Field(() => Webhook, { nullable: true })
  webhook!: Webhook | null;

  @Field(() => String, {
    nullable: true,
    description: 'What messages are signed with. It is told this once: keep it.',
  })
  secret!: string | null;

  @Field(() => [UserError])
  userErrors!: readonly UserError[];
}

@InputType()
export class CreateWebhookInput {
  @Field(() => String, { description: 'https://…, on the internet.' })
  url!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The public id of an API key of the partner; of partners who create their own, theirs.',
  })
  key?: string | null;
}

@InputType()
export class WebhookInput {
  @Field(() => ID)
  id!: string;
}

@InputType()
export class RotateWebhookSecretInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, {
    defaultValue: 24,
    description: 'Hours for which messages are signed with the secret before as well: 0 to 168.',
  })
  overlapHours!: number;
}

@InputType()
export class ReplayWebhookInput {
  @Field(() => ID)
  id!: string;

  @Field(() => Int, {
    nullable: true,
    description:
      'Of the first change to be told again: `sequence` of a delivery. Absent: what comes from now on, for who has taken a snapshot.',
  })
  sequence?: number | null;
}
