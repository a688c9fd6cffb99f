import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../../context';
import { DeletePayload, deletion } from '../../graphql/deletion';
import { given, keyIn } from '../../graphql/input';
import { attempt } from '../../graphql/user-errors';
import type { WebhookRow } from './webhook';
import {
  CreateWebhookInput,
  ReplayWebhookInput,
  RotateWebhookSecretInput,
  WebhookInput,
  WebhookPayload,
  WebhookSecretPayload,
} from './webhook.payload';
import type { WebhookWithSecret } from './webhook.service';
import { Webhook } from './webhook.type';

@Resolver()
export class WebhookMutations {
  @Mutation(() => WebhookSecretPayload, {
    description: 'For partners, of their own, and admins: tells a receiver of all that comes from now on.',
  })
  createWebhook(
    @Arg('input', () => CreateWebhookInput) input: CreateWebhookInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<WebhookSecretPayload> {
    return withSecret(() => services.webhooks.create(actor, given(input)));
  }

  @Mutation(() => WebhookSecretPayload, { description: 'Gives a new secret, with no gap between the two.' })
  rotateWebhookSecret(
    @Arg('input', () => RotateWebhookSecretInput) { id, overlapHours }: RotateWebhookSecretInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<WebhookSecretPayload> {
    return withSecret(() => services.webhooks.rotate(actor, keyIn('Webhook', 'id', id), overlapHours));
  }

  @Mutation(() => WebhookPayload)
  pauseWebhook(
    @Arg('input', () => WebhookInput) { id }: WebhookInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<WebhookPayload> {
    return answer(() => services.webhooks.pause(actor, keyIn('Webhook', 'id', id)));
  }

  @Mutation(() => WebhookPayload, { description: 'Goes on from where it was, also after it was disabled.' })
  resumeWebhook(
    @Arg('input', () => WebhookInput) { id }: WebhookInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<WebhookPayload> {
    return answer(() => services.webhooks.resume(actor, keyIn('Webhook', 'id', id)));
  }

  @Mutation(() => WebhookPayload, {
    description: 'Tells everything again from a change on; 30 days back at most.',
  })
  replayWebhook(
    @Arg('input', () => ReplayWebhookInput) { id, sequence }: ReplayWebhookInput,
    @Ctx() { actor, services }: RequestContext,
  ): Promise<WebhookPayload> {
    return answer(() => services.webhooks.replay(actor, keyIn('Webhook', 'id', id), sequence ?? null));
  }

  @Mutation(() => DeletePayload, { description: 'With all that waits to be sent.' })
  deleteWebhook(
    @Arg('input', () => WebhookInput) input: WebhookInput,
    @Ctx() context: RequestContext,
  ): Promise<DeletePayload> {
    const { actor, services } = context;
    return deletion(context, input, async () =>
      services.webhooks.delete(actor, keyIn('Webhook', 'id', input.id)),
    );
  }
}

async function answer(change: () => Promise<WebhookRow>): Promise<WebhookPayload> {
  const { done, userErrors } = await attempt(async () => change());
  return { webhook: done && new Webhook(done), userErrors };
}

async function withSecret(change: () => Promise<WebhookWithSecret>): Promise<WebhookSecretPayload> {
  const { done, userErrors } = await attempt(async () => change());
  return { webhook: done && new Webhook(done.webhook), secret: done?.secret ?? null, userErrors };
}
